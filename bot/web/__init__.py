"""The conversation on a page in a browser on this machine."""
