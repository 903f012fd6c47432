"""A picture as a PNG file."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from core.platform import atomic
from core.values.errors import FileError
from core.values.words import tr


def write_png(image: QImage, path: Path) -> None:
    """Write a picture whole or not at all.

    Raises:
        FileError: the path cannot be written, or there is nothing to write.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        msg = tr(
            "{path}: not written: a picture of {width} by {height} pixels cannot be "
            "made a PNG file",
            path=path,
            width=image.width(),
            height=image.height(),
        )
        raise FileError(msg)
    atomic.write_bytes(path, bytes(buffer.data().data()))
