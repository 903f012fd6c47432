"""The colour bar of signed values: minus the limit, zero, plus the limit."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.style import theme
from gui.style.number_format import short
from gui.style.signed_scale import RULE, code_colours


class SignedScaleBar(QWidget):
    """One line: the numbers at both ends, and the colours between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit = 1.0
        self.setToolTip(RULE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(320)
        self.setFont(theme.figures_font(self.font()))

    @property
    def limit(self) -> float:
        return self._limit

    def set_limit(self, limit: float) -> None:
        """Show the scale from -limit to limit."""
        if limit != self._limit:
            self._limit = limit
            self.setAccessibleName(f"colour scale from {-limit} to {limit}")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, self.fontMetrics().height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(130, self.fontMetrics().height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            metrics = self.fontMetrics()
            low, high = short(-self._limit), short(self._limit)
            # Space for most limits, so that the bar does not move with the limit.
            usual = metrics.horizontalAdvance("\N{MINUS SIGN}0.05")
            margin = max(metrics.horizontalAdvance(low), usual)
            margin += 6
            area = QRectF(self.rect())
            bar = area.adjusted(margin, 3, -margin, -3)
            dark = theme.is_dark(self.palette())
            painter.drawImage(bar, _strip(dark=dark))
            ink = theme.colour(theme.colours(dark=dark).ink3)
            painter.setPen(ink)
            painter.drawRect(bar.adjusted(0, 0, -1, -1))
            middle = round(bar.center().x())
            painter.drawLine(
                middle, round(bar.top()) - 2, middle, round(bar.bottom()) + 1
            )
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            side = Qt.AlignmentFlag.AlignVCenter
            left = QRectF(0, 0, margin - 5, area.height())
            painter.drawText(left, side | Qt.AlignmentFlag.AlignRight, low)
            right = QRectF(area.width() - margin + 5, 0, margin - 5, area.height())
            painter.drawText(right, side | Qt.AlignmentFlag.AlignLeft, high)


def _strip(*, dark: bool) -> QImage:
    pixels = np.ascontiguousarray(code_colours(dark=dark)[1:].reshape(1, -1))
    width = pixels.shape[1]
    image = QImage(pixels.data, width, 1, 4 * width, QImage.Format.Format_RGB32)
    return image.copy()
