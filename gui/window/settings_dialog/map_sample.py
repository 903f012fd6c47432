"""What the colours of the signs look like: a bar from negative to positive."""

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from core.values.words import tr
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown

HEIGHT: Final = tokens.length("map_sample.height")
BAR: Final = tokens.length("map_sample.bar")


class MapSample(QWidget):
    """Painted anew with each change of the theme and of the maps."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("The colours from negative to positive"))

    def sizeHint(self) -> QSize:
        return QSize(
            tokens.length("map_sample.width"), round(HEIGHT * scale_of(self.font()))
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        scale, dark = scale_of(self.font()), theme.is_dark(self.palette())
        row = np.ascontiguousarray(theme.diverging_table(dark=dark)[None])
        form = QImage.Format.Format_RGB888
        image = QImage(row.data, row.shape[1], 1, 3 * row.shape[1], form)
        box = QRectF(0, 0, self.width(), round(BAR * scale))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shape, round_ = QPainterPath(), tokens.radius("data") * scale
            shape.addRoundedRect(box, round_, round_)
            painter.save()
            painter.setClipPath(shape)
            painter.drawImage(box, image)
            painter.restore()
            self._paint_words(painter, box)

    def _paint_words(self, painter: QPainter, bar: QRectF) -> None:
        colours = theme.colours_of(self)
        words = QRectF(
            0,
            bar.bottom() + grown(self, tokens.space("xs")),
            self.width(),
            self.height() - bar.height(),
        )
        edges, top = Qt.AlignmentFlag, Qt.AlignmentFlag.AlignTop
        for text, side, ink in (
            (tr("negative"), edges.AlignLeft, colours.negative_text),
            ("0", edges.AlignHCenter, colours.ink2),
            (tr("positive"), edges.AlignRight, colours.positive_text),
        ):
            painter.setPen(theme.colour(ink))
            painter.drawText(words, side | top, text)
