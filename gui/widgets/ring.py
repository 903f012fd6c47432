"""A ring around a control that is meant, over everything and in nobody's way."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from gui.style import theme, tokens

AROUND: Final = tokens.space("thin")
WIDTH: Final = tokens.length("ring.width")


class Ring(QWidget):
    """Follows its control; goes when that goes, or by `point_at(None)`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def target(self) -> QWidget | None:
        return self._target

    def point_at(self, target: QWidget | None) -> None:
        """Surround this control; None none."""
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        if self._target is not None:
            self._target.destroyed.disconnect(self._on_target_destroyed)
        self._target = target
        self._watched = [] if target is None else self._way_to(target)
        for widget in self._watched:
            widget.installEventFilter(self)
        if target is not None:
            target.destroyed.connect(self._on_target_destroyed)
        self._follow()

    def _way_to(self, target: QWidget) -> list[QWidget]:
        """The target and what it lies in: it moves with all of these."""
        window, found = self.parentWidget(), [target]
        while (parent := found[-1].parentWidget()) is not None and parent is not window:
            found.append(parent)
        return found

    def _on_target_destroyed(self) -> None:
        self._target = None
        self._watched = [w for w in self._watched if isValid(w)]
        self.hide()

    def _follow(self) -> None:
        target, window = self._target, self.parentWidget()
        if target is None or window is None or not target.isVisible():
            self.hide()
            return
        box = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
        around = box.adjusted(-AROUND, -AROUND, AROUND, AROUND)
        self.setGeometry(around.intersected(window.rect()))
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type
        moves = (kinds.Resize, kinds.Move, kinds.Show, kinds.Hide, kinds.LayoutRequest)
        if watched in self._watched and event.type() in moves:
            self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        round_ = tokens.radius("control") + AROUND
        half = WIDTH / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour(theme.colours_of(self).accent), WIDTH))
            box = QRectF(self.rect()).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(box, round_, round_)
