"""What the network reads in one image: a class and its output, in one line."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.arrays import FloatArray
from core.values.words import tr
from gui.style import number_format, theme, tokens
from gui.style.fonts import role_font
from gui.widgets.accessible.parts import Part, Role, texts
from gui.widgets.probability_bars import figure
from gui.widgets.tooltip_picture import TooltipPicture

READS: Final = "reads"
NOTHING: Final = tr("no answer")
MOST_TOLD: Final = 20


class Reading(TooltipPicture):
    """Painted, as it changes with each stroke and each step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._activation = "softmax"
        self._values: FloatArray | None = None
        self._winner: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def values(self) -> FloatArray | None:
        """The outputs; None where nothing is read."""
        return self._values

    @property
    def winner(self) -> int | None:
        """The class that is answered; None where there is no answer."""
        values, winner = self._values, self._winner
        if values is None or winner is None or np.isnan(values).any():
            return None
        return winner if 0 <= winner < len(values) else None

    def set_classes(self, names: tuple[str, ...], activation: str) -> None:
        """The names of the outputs, and the output layer's activation."""
        if (names, activation) != (self._names, self._activation):
            self._names, self._activation = names, activation
            self.set_values(None)

    def set_values(self, values: FloatArray | None, winner: int | None = None) -> None:
        """One output for each class, and the class that is answered; None for none."""
        if values is not None and len(values) != len(self._names):
            msg = tr(
                "{names} classes need as many values, got {values}",
                names=len(self._names),
                values=len(values),
            )
            raise ValueError(msg)
        self._values, self._winner = values, winner
        self.update()

    @property
    def parts(self) -> tuple[str, str, str]:
        """What is written: plain, strong, plain; empty where nothing is read."""
        values, winner = self._values, self.winner
        if values is None:
            return "", "", ""
        if winner is None:
            return NOTHING, "", ""
        output = figure(self._activation, float(values[winner]))
        return READS, self._names[winner], output.strip()

    def described(self) -> Part:
        """What is read, and every output."""
        outputs = texts(*self.tip_at(QPointF()).splitlines())
        value = " ".join(part for part in self.parts if part)
        return Part(self.accessibleName(), value, Role.StaticText, None, outputs)

    def tip_at(self, point: QPointF) -> str:
        """Every output, exactly."""
        del point
        if self._values is None:
            return ""
        shown = zip(self._names, self._values.tolist(), strict=True)
        lines = [f"{name}: {number_format.full(value)}" for name, value in shown]
        more = len(lines) - MOST_TOLD
        return "\n".join(
            lines[:MOST_TOLD] + ([tr("and {more} more", more=more)] if more > 0 else [])
        )

    def sizeHint(self) -> QSize:
        height = QFontMetricsF(role_font(self.font(), "read", strong=True)).height()
        return QSize(tokens.length("reading.width"), round(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(tokens.length("reading.least_width"), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.colours_of(self)
        plain = theme.figures_font(self.font())
        strong = theme.figures_font(role_font(self.font(), "read", strong=True))
        row, gap = QRectF(self.rect()), QFontMetricsF(plain).horizontalAdvance(" ")
        fonts = ((plain, colours.ink2), (strong, colours.ink1), (plain, colours.ink2))
        with QPainter(self) as painter:
            for (font, rgb), text in zip(fonts, self.parts, strict=True):
                metrics = QFontMetricsF(font)
                elide = Qt.TextElideMode.ElideRight
                shown = metrics.elidedText(text, elide, max(row.width(), 0.0))
                painter.setFont(font)
                painter.setPen(theme.colour(rgb))
                painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, shown)
                row.setLeft(row.left() + metrics.horizontalAdvance(shown) + gap)
