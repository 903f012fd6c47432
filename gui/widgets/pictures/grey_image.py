"""Images for Qt: arrays as QImages, and a widget for one enlarged image."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.arrays import ByteArray, FloatArray
from core.values.words import tr
from gui.style import number_format, theme, tokens
from gui.style.tokens import of_colours
from gui.widgets.accessible.parts import LazyParts, Part, Role
from gui.widgets.tooltip_picture import TooltipPicture


def grey_levels(values: npt.NDArray[np.uint8] | FloatArray) -> ByteArray:
    """0 to 255 for the screen; floats are 0 to 1, and values outside are clipped."""
    if values.dtype == np.uint8:
        return np.ascontiguousarray(values, np.uint8)
    scaled = np.clip(np.nan_to_num(values, nan=0.0), 0, 1) * np.float32(255)
    return np.ascontiguousarray(np.rint(scaled), np.uint8)


@of_colours
def _words(*, dark: bool) -> npt.NDArray[np.uint32]:
    """(256,) 0xffRRGGBB of each level."""
    red, green, blue = theme.image_table(dark=dark).astype(np.uint32).T
    words: npt.NDArray[np.uint32] = (
        np.uint32(0xFF000000) | red << 16 | green << 8 | blue
    )
    return words


def pixel_words(levels: ByteArray, *, dark: bool) -> npt.NDArray[np.uint32]:
    """0xffRRGGBB of each pixel of a grey or coloured image."""
    if levels.ndim == 2:
        return _words(dark=dark)[levels]
    red, green, blue = (levels[..., k].astype(np.uint32) for k in range(3))
    coloured: npt.NDArray[np.uint32] = np.asarray(
        np.uint32(0xFF000000) | red << 16 | green << 8 | blue, np.uint32
    )
    return coloured


def pixel_qimage(levels: ByteArray, *, dark: bool) -> QImage:
    """A copy in the screen's own format.

    Args:
        levels: (rows, columns) in the theme's colours for ink, or (rows, columns, 3)
            in their own.
        dark: whether the theme is.
    """
    pixels = np.ascontiguousarray(pixel_words(levels, dark=dark))
    rows, columns = pixels.shape
    kind = QImage.Format.Format_RGB32
    return QImage(pixels.data, columns, rows, 4 * columns, kind).copy()


class PixelImage(TooltipPicture):
    """One image with square pixels, 0 is the plane and 1 full ink; values on hover."""

    def __init__(self, parent: QWidget | None = None, *, at_left: bool = False) -> None:
        super().__init__(parent)
        self._at_left = at_left
        self._ring: QPen | None = None
        self._values: FloatArray = np.zeros((28, 28), np.float32)
        self._levels = grey_levels(self._values)
        self.setMinimumSize(*tokens.lengths("grey_image.least"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def values(self) -> FloatArray:
        """(rows, columns), or (rows, columns, 3) of colours; 0 to 1."""
        return self._values

    def set_ring(self, ring: QPen | None) -> None:
        """Frame the image with this pen, on its edge; None for the usual line."""
        if ring != self._ring:
            self._ring = ring
            self.update()

    def set_values(self, values: FloatArray) -> None:
        if not np.array_equal(values, self._values):
            self._values = values
            self._levels = grey_levels(values)
            self.update()

    def tip_at(self, point: QPointF) -> str:
        """For example "row 3, column 14: 0.53", or nothing outside of the image."""
        square = self.square
        if not square.contains(point.toPoint()):
            return ""
        rows, columns = self._values.shape[:2]
        row = int((point.y() - square.y()) / square.height() * rows)
        column = int((point.x() - square.x()) / square.width() * columns)
        row, column = min(row, rows - 1), min(column, columns - 1)
        values = np.atleast_1d(self._values[row, column]).tolist()
        told = " ".join(number_format.full(value) for value in values)
        return tr(
            "row {row}, column {column}: {told}", row=row, column=column, told=told
        )

    def described(self) -> Part:
        """The image in words: a row of grey levels after the other."""
        rows, columns = self._values.shape[:2]
        size = tr(
            "{rows} \N{MULTIPLICATION SIGN} {columns} pixels",
            rows=rows,
            columns=columns,
        )
        lines = LazyParts(rows, self._described_row)
        return Part(self.accessibleName(), size, Role.Graphic, None, lines)

    def _described_row(self, place: int) -> Part:
        row = self._values[place].ravel().tolist()
        levels = [number_format.short(value) for value in row]
        return Part(tr("row {place}", place=place), " ".join(levels), Role.Row)

    @property
    def square(self) -> QRect:
        """Where the image stands in the widget."""
        rows, columns = self._values.shape[:2]
        scale = min(self.width() / columns, self.height() / rows)
        width, height = int(columns * scale), int(rows * scale)
        left, top = (self.width() - width) // 2, (self.height() - height) // 2
        if self._at_left:
            left, top = 0, 0
        return QRect(left, top, width, height)

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("grey_image.wished"))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            square = self.square
            dark = theme.is_dark(self.palette())
            painter.drawImage(square, pixel_qimage(self._levels, dark=dark))
            painter.setPen(QPen(self.palette().mid().color(), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(square.adjusted(0, 0, -1, -1))
            if self._ring is not None:
                half = self._ring.widthF() / 2
                painter.setPen(self._ring)
                painter.drawRect(QRectF(square).adjusted(half, half, -half, -half))
