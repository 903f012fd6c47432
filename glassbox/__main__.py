"""`python -m glassbox`: the program, as the command `glassbox` starts it."""

import sys

from glassbox.program import main

if __name__ == "__main__":
    sys.exit(main())
