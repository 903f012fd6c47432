"""Makes the pictures of the documents anew.

Run as `python -m tests.pictures [--half] [--still | --moving] [--out FOLDER]`. Look at
what has changed before it is committed: a test compares the window with them.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtGui import QImage

import core.runner.loop  # noqa: F401  # two threads must not parse at once
from tests.pictures.scenes import THEMES, one_theme_each, scenes
from tests.pictures.taking import as_image, take_learning, take_pictures, write_picture

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "pictures"
MOVING: Final = "learning.webp"
LEARNING: Final = (*range(0, 20, 2), *range(20, 100, 5), *range(100, 401, 12))
"""Steps that the moving picture shows: most of it is learned soon."""
MILLISECONDS: Final = 110
LAST_MILLISECONDS: Final = 2_500
QUALITY: Final = 70
WIDTH: Final = 1120


def main() -> int:
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)

    def taken(name: str, picture: QImage) -> None:
        write_picture(options.out, name, picture)

    themes = one_theme_each()
    if not options.half:
        themes = dict.fromkeys(themes, THEMES)
    if not options.moving:
        take_pictures(scenes(), themes, taken)
    if not options.still:
        _write_moving(options.out / MOVING)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", action="store_true", help="one theme for each")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--still", action="store_true", help="none that moves")
    which.add_argument("--moving", action="store_true", help="only the one that moves")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where to write them")
    return parser.parse_args()


def _write_moving(path: Path) -> None:
    frames: list[Image.Image] = []

    def taken(picture: QImage) -> None:
        whole = as_image(picture)
        height = round(WIDTH * whole.height / whole.width)
        frames.append(whole.resize((WIDTH, height), Image.Resampling.LANCZOS))

    take_learning(LEARNING, taken)
    pauses = [MILLISECONDS] * (len(frames) - 1) + [LAST_MILLISECONDS]
    frames[0].save(
        path,
        save_all=True,
        append_images=frames[1:],
        duration=pauses,
        loop=0,
        quality=QUALITY,
        method=4,
    )


if __name__ == "__main__":
    sys.exit(main())
