"""`python -m core`: the command line without the window, where Qt is not installed."""

import sys

from core.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
