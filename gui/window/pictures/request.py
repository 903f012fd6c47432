"""A picture that was taken, on its way into a file."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage

from core.platform import atomic
from core.values.words import tr
from gui.session.save_request import FileKind, SaveRequest
from gui.widgets.pictures.png import write_png
from gui.window.pictures.choice import KINDS

Taken = QImage | bytes
"""An image, or a whole SVG or PDF file."""


def picture_request(
    taken: Taken, name: str, kind: FileKind = KINDS["png"], said: str = ""
) -> SaveRequest:
    """To write a picture as it was taken.

    Args:
        taken: the picture.
        name: of the file, without its ending.
        kind: of the file.
        said: what there is to say of the picture.
    """
    write = partial(_write, taken, said)
    return SaveRequest(tr("Picture"), f"{name}{kind.ending}", (kind,), write)


def _write(taken: Taken, said: str, path: Path) -> str:
    if isinstance(taken, QImage):
        write_png(taken, path)
    else:
        atomic.write_bytes(path, taken)
    return said
