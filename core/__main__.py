"""`python -m core`: the command line without the window, for machines without Qt."""

import sys

from core.cli.interruption import ending_quietly

with ending_quietly():
    from core.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
