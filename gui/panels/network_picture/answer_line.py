"""The line above the picture: what the network answers, and other examples."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from core.values.words import tr
from gui.panels.network_picture.headline import headline
from gui.session.example_steps import neighbour, random_example
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.fonts import role_font
from gui.widgets.accessible.parts import Part, Role
from gui.widgets.icon_button import IconButton
from gui.widgets.scaled_margins import ScaledMargins, ScaledSpacing
from gui.widgets.tooltip_picture import TooltipPicture


class Headline(TooltipPicture):
    """Painted: it changes with each step, and lays nothing out anew."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Answer"))
        self.text = ""

    def show_text(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.update()

    def tip_at(self, point: QPointF) -> str:
        """All of it, where it is cut."""
        del point
        return "" if self._shown() == self.text else self.text

    def _shown(self) -> str:
        elide = Qt.TextElideMode.ElideRight
        metrics = QFontMetricsF(self._font())
        return metrics.elidedText(self.text, elide, self.width())

    def _font(self) -> QFont:
        return theme.figures_font(role_font(self.font(), "read", strong=True))

    def described(self) -> Part:
        return Part(self.accessibleName(), self.text, Role.StaticText)

    def sizeHint(self) -> QSize:
        height = QFontMetricsF(role_font(self.font(), "read", strong=True)).height()
        return QSize(tokens.length("answer_line.width"), round(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(tokens.length("answer_line.least_width"), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            painter.setFont(self._font())
            painter.setPen(theme.colour(theme.colours_of(self).ink1))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(self.rect()), middle, self._shown())


class AnswerLine(QWidget):
    """Signals: example_chosen, with another ShownExample."""

    example_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view: View | None = None
        self._random = np.random.default_rng()
        self.headline = Headline(self)
        names = (tr("Previous example"), tr("Next example"), tr("Random example"))
        self.previous = IconButton("previous", names[0], names[0], self)
        self.next = IconButton("next", names[1], names[1], self)
        self.random = IconButton("random", names[2], names[2], self)
        self.previous.clicked.connect(self._on_previous_clicked)
        self.next.clicked.connect(self._on_next_clicked)
        self.random.clicked.connect(self._on_random_clicked)
        row = QHBoxLayout(self)
        pad = tokens.space("panel_pad")
        ScaledMargins(row, (pad, tokens.space("hair"), pad, 0), self)
        ScaledSpacing(row, tokens.space("hair"), self)
        row.addWidget(self.headline, 1)
        for button in (self.previous, self.next, self.random):
            row.addWidget(button)

    def set_view(self, view: View) -> None:
        """The newest view: other examples are beside its own."""
        self._view = view

    def show_answer(self, view: View) -> None:
        """What the network answers in the view that the picture shows."""
        self.headline.show_text(headline(view))

    def _on_previous_clicked(self) -> None:
        self._step(-1)

    def _on_next_clicked(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        if self._view is not None:
            self.example_chosen.emit(neighbour(self._view, step))

    def _on_random_clicked(self) -> None:
        if self._view is not None:
            self.example_chosen.emit(random_example(self._view, self._random))
