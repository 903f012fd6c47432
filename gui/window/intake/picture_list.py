"""Some pictures of the file, each above its class."""

from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from core.arrays import ByteArray
from core.data.examples import Pictures
from core.values.words import tr
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.widgets.pictures.grey_image import pixel_qimage
from gui.widgets.plain_text import tip

_SIDE: Final = tokens.length("picture_list.side")


class PictureList(QListWidget):
    """Nothing can be changed in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Some examples of the file"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self._pictures: Pictures | None = None

    def show_pictures(self, pictures: Pictures | None) -> None:
        """Show other pictures."""
        self._pictures = pictures
        self._draw()

    def _draw(self) -> None:
        self.clear()
        if self._pictures is None:
            return
        side = round(_SIDE * scale_of(self.font()))
        line = self.fontMetrics().height() + grown(self, tokens.space("m"))
        self.setIconSize(QSize(side, side))
        self.setGridSize(QSize(round(1.5 * side), side + line))
        dark = theme.is_dark(self.palette())
        for image, label in zip(
            self._pictures.images, self._pictures.labels, strict=True
        ):
            item = QListWidgetItem(QIcon(_pixmap(image, side, dark=dark)), label)
            item.setToolTip(tip(label))
            self.addItem(item)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and hasattr(self, "_pictures"):
            self._draw()


def _pixmap(levels: ByteArray, side: int, *, dark: bool) -> QPixmap:
    if levels.ndim == 2:
        image = pixel_qimage(levels, dark=dark)
    else:
        pixels = np.ascontiguousarray(levels)
        rows, columns = pixels.shape[:2]
        kind = QImage.Format.Format_RGB888
        image = QImage(pixels.data, columns, rows, 3 * columns, kind).copy()
    keep = Qt.AspectRatioMode.KeepAspectRatio
    is_small = max(levels.shape[:2]) <= side
    modes = Qt.TransformationMode
    how = modes.FastTransformation if is_small else modes.SmoothTransformation
    return QPixmap.fromImage(image.scaled(side, side, keep, how))
