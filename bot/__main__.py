"""`python -m bot`."""

import os
import sys

# Before numpy is imported: what it works out is small, and threads that wait for it cost more.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bot.cli import main

if __name__ == "__main__":
    sys.exit(main())
