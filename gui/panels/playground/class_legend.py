"""The legend of the plane's colours: a scale between two classes, or names."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.values.words import tr
from gui.style import theme, tokens
from gui.style.colours import class_colour, region_table
from gui.style.lengths import grown
from gui.style.marks import class_mark
from gui.widgets.accessible.parts import Part, Role, texts

SWATCH = tokens.fine_length("class_legend.swatch")
GAP = float(tokens.space("tight"))
BAR = float(tokens.space("close"))
TIP = tr(
    "The colour is the class with the largest output; its strength is the lead of "
    "that output over the next one, from 0 (tie) to 1 (certain)."
)


class ClassLegend(QWidget):
    """One line: a scale between two classes, or a swatch for each of more classes."""

    def __init__(self, parent: QWidget | None = None, *, scale: bool = True) -> None:
        super().__init__(parent)
        self._scale = scale
        self._names: tuple[str, ...] = ()
        self.setToolTip(TIP if scale else "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(theme.figures_font(self.font()))

    def set_names(self, names: tuple[str, ...]) -> None:
        if names != self._names:
            self._names = names
            self.update()

    def described(self) -> Part:
        """The names of the classes, in the order of their colours."""
        return Part(tr("Classes"), "", Role.List, None, texts(*self._names))

    def sizeHint(self) -> QSize:
        return QSize(
            tokens.length("class_legend.width"),
            self.fontMetrics().height() + grown(self, tokens.space("xs")),
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(
            tokens.length("class_legend.least_width"),
            self.fontMetrics().height() + grown(self, tokens.space("xs")),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            if len(self._names) == 2 and self._scale:
                self._paint_scale(painter)
            else:
                self._paint_swatches(painter)

    def _paint_scale(self, painter: QPainter) -> None:
        """The first class, its mark, the scale, the mark of the second, its name."""
        metrics = self.fontMetrics()
        left, right = (metrics.horizontalAdvance(name) for name in self._names)
        area = QRectF(self.rect())
        middle = Qt.AlignmentFlag.AlignVCenter
        ink = painter.pen()
        step, gap = grown(self, SWATCH + GAP), grown(self, GAP)
        self._paint_mark(painter, 0, 0.0)
        painter.setPen(ink)
        painter.drawText(
            QRectF(step, 0, left + grown(self, tokens.space("hair")), area.height()),
            middle,
            self._names[0],
        )
        bar = QRectF(area)
        bar.setLeft(step + left + 2 * gap)
        bar.setRight(area.right() - step - right - 2 * gap)
        bar.setHeight(grown(self, BAR))
        bar.moveTop(area.center().y() - bar.height() / 2)
        if bar.width() > grown(self, SWATCH):
            painter.drawImage(bar, _scale_image(dark=theme.is_dark(self.palette())))
        names = QRectF(
            area.right() - step - right - grown(self, tokens.space("hair")),
            0,
            right + grown(self, tokens.space("hair")),
            area.height(),
        )
        painter.drawText(names, middle, self._names[1])
        self._paint_mark(painter, 1, area.right() - grown(self, SWATCH))

    def _paint_mark(self, painter: QPainter, label: int, left: float) -> None:
        """The mark of a class, which the points have, too."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rgb = class_colour(label, dark=theme.is_dark(self.palette()))
        mark = class_mark(label, 0.42 * grown(self, SWATCH))
        at = mark.translated(left + grown(self, SWATCH) / 2, self.height() / 2)
        painter.fillPath(at, theme.colour(rgb))

    def _paint_swatches(self, painter: QPainter) -> None:
        metrics = self.fontMetrics()
        x, height = 0.0, float(self.height())
        for label, name in enumerate(self._names):
            width = metrics.horizontalAdvance(name)
            with_name = len(self._names) <= 5 or len(name) <= 2
            self._paint_mark(painter, label, x)
            x += grown(self, SWATCH + GAP)
            if with_name:
                text = QRectF(x, 0, width + grown(self, tokens.space("hair")), height)
                painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, name)
                x += width + grown(
                    self, tokens.space("m" if len(name) > 2 else "close")
                )


def _scale_image(*, dark: bool) -> QImage:
    table = region_table(dark=dark)
    row = np.ascontiguousarray(np.concatenate([table[0, ::-1], table[1]]))
    width = len(row)
    form = QImage.Format.Format_RGB32
    return QImage(row.data, width, 1, 4 * width, form).copy()
