"""`python -m tests.translations de`: the texts of a language, old translations kept.

Writes assets/translations/glassbox_de.ts, for Qt Linguist, and makes of it the file
that the program reads, glassbox_de.qm. What is not translated yet stays English.
"""

import subprocess
import sys

from tests.translations.catalogue import write_catalogue
from tests.translations.marked import ROOT, marked_texts


def main(languages: list[str]) -> None:
    """Renew the files of these languages."""
    for language in languages:
        path = ROOT / "assets" / "translations" / f"glassbox_{language}.ts"
        path.parent.mkdir(exist_ok=True)
        write_catalogue(path, language, marked_texts())
        subprocess.run(["pyside6-lrelease", str(path)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
