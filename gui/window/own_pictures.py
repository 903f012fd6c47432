"""Pictures of the user's own: dropped, pasted or opened, they go to the drawing pad."""

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from core.arrays import ByteArray
from core.values.words import tr
from gui.panels.drawing import DRAW

if TYPE_CHECKING:
    from core.data.own_picture.picture import OwnPicture
    from gui.window.main_window import MainWindow

DIGITS: Final = "digits"
"""The workspace that has the pad."""
NO_IMAGES: Final = tr(
    "A picture needs a network for images. Choose a data set of images first, such as "
    "the drawn digits, and bring the picture once more."
)


class OwnPictures(QObject):
    """Shows a picture on the pad, in a workspace that has it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def show(self, picture: "OwnPicture") -> None:
        """Show a picture that was read."""
        window = self._window
        view = window.session.view
        if view is None or view.run.dataset.image_shape is None:
            window.message_bar.show_notice(NO_IMAGES)
            return
        if not window.docks[DRAW.key].isVisible():
            window.show_workspace(DIGITS)
            window.docks[DRAW.key].show()
        from gui.panels.drawing.draw_panel import DrawPanel

        panel = window.panels[DRAW.key]
        assert isinstance(panel, DrawPanel)
        panel.show_picture(picture)

    def paste(self, image: QImage) -> None:
        """Show a picture of the clipboard."""
        from core.data.own_picture.picture import own_picture

        self.show(own_picture(pixels_of(image)))


def pixels_of(image: QImage) -> ByteArray:
    """(rows, columns, 4) red, green, blue and opacity."""
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows, columns = rgba.height(), rgba.width()
    lines = np.frombuffer(rgba.constBits(), np.uint8).reshape(rows, -1)
    pixels: ByteArray = lines[:, : 4 * columns].reshape(rows, columns, 4).copy()
    return pixels
