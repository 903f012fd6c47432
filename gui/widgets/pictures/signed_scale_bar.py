"""The colour bar of signed values: minus the limit, zero, plus the limit."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.values.words import tr
from gui.style import theme, tokens
from gui.style.lengths import grown
from gui.style.number_format import short
from gui.style.signed_scale import RULE, code_colours
from gui.widgets.accessible.parts import Part, Role

_HEIGHT = tokens.length("signed_scale_bar.height")


class SignedScaleBar(QWidget):
    """One line: the numbers at both ends, and the colours between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit = 1.0
        self.setToolTip(RULE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(theme.figures_font(self.font()))

    @property
    def limit(self) -> float:
        return self._limit

    def set_limit(self, limit: float) -> None:
        """Show the scale from -limit to limit."""
        if limit != self._limit:
            self._limit = limit
            self.update()

    def described(self) -> Part:
        """The numbers at both ends."""
        low, high = self._ends()
        return Part(
            tr("Colour scale"),
            tr("from {low} to {high}", low=low, high=high),
            Role.Graphic,
        )

    def _ends(self) -> tuple[str, str]:
        return short(-self._limit), short(self._limit)

    def sizeHint(self) -> QSize:
        return QSize(
            tokens.length("signed_scale_bar.width"),
            self.fontMetrics().height() + grown(self, tokens.space("xs")),
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(
            tokens.length("signed_scale_bar.least_width"),
            self.fontMetrics().height() + grown(self, tokens.space("xs")),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            metrics = self.fontMetrics()
            low, high = self._ends()
            # Space for most limits, so that the bar does not move with the limit.
            usual = metrics.horizontalAdvance("\N{MINUS SIGN}0.05")
            margin = max(metrics.horizontalAdvance(low), usual)
            margin += grown(self, tokens.space("close"))
            area = QRectF(self.rect())
            height = grown(self, _HEIGHT)
            top = (area.height() - height) / 2
            bar = QRectF(margin, top, area.width() - 2 * margin, height)
            dark = theme.is_dark(self.palette())
            painter.drawImage(bar, _strip(dark=dark))
            painter.setPen(theme.colour(theme.colours(dark=dark).ink2))
            side = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area, side | Qt.AlignmentFlag.AlignLeft, low)
            painter.drawText(area, side | Qt.AlignmentFlag.AlignRight, high)


def _strip(*, dark: bool) -> QImage:
    pixels = np.ascontiguousarray(code_colours(dark=dark)[1:].reshape(1, -1))
    width = pixels.shape[1]
    image = QImage(pixels.data, width, 1, 4 * width, QImage.Format.Format_RGB32)
    return image.copy()
