"""Transport: how updates come in and replies go out."""
