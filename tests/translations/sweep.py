"""`python -m tests.translations.sweep longer --preset digits`: in a language.

The sweep over the windows (`tests.sweeps.windows`, with its options) where every text
is 40 % longer, or where all runs from right to left (`mirrored`).
"""

import sys

from gui.style.language.spoken import speak_language


def main() -> int:
    """Speak before all that holds texts is imported."""
    speak_language(sys.argv.pop(1))
    from tests.sweeps.windows import main as sweep

    return sweep()


if __name__ == "__main__":
    sys.exit(main())
