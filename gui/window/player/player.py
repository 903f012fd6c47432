"""The player: transport, speed, timeline and readouts in one bar of 64 pixels."""

from collections.abc import Collection, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.values.words import tr
from gui.session.view_state import View
from gui.style import tokens
from gui.style.fonts import scale_of
from gui.widgets.scaled_margins import ScaledSpacing
from gui.window.first_start.hints import HintStrip
from gui.window.messages.message_bar import MessageBar
from gui.window.player.figures import Figures
from gui.window.player.hairline import Hairline
from gui.window.player.job_bar import JobBar
from gui.window.player.speed import SpeedControl
from gui.window.player.timeline import Timeline

STEPS: Final = ("step_back", "step_batch", "step_epoch")
STARTS: Final = ("reset", "new_seed")
TIMELINE_LEAST: Final = tokens.length("player.least_timeline")
PAD: Final = tokens.space("panel_pad")
GAP: Final = tokens.space("m")


class Player(QWidget):
    """One row; what is needed least leaves it first where there is no room."""

    def __init__(
        self, window: QWidget, actions: Mapping[str, QAction], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QToolButton] = {}
        self._kept: tuple[QWidget, ...] = ()
        self.speed = SpeedControl(self)
        self.timeline = Timeline(self)
        self.timeline.notes_changed.connect(self._fit)
        self.figures = Figures(window, self)
        self._row = QHBoxLayout(self)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._row.addWidget(self._play_button(actions["toggle_playing"]))
        self._row.addWidget(self._group(actions, STEPS))
        self._starts = self._group(actions, STARTS, rule=True)
        self._row.addWidget(self._starts)
        self._row.addWidget(self.speed)
        self._row.addWidget(Hairline(self))
        self._row.addWidget(self.timeline, 1)
        self._row.addWidget(Hairline(self))
        self._row.addWidget(self.figures)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Ignored, policy.Fixed)
        self._restyle()

    def button(self, key: str) -> QToolButton:
        """The button of an action."""
        return self._buttons[key]

    def set_view(self, view: View | None, seek_target: int | None) -> None:
        self.figures.set_view(view)
        self.timeline.set_view(view, seek_target)

    def _play_button(self, action: QAction) -> QToolButton:
        button = self._button("toggle_playing", action)
        button.setObjectName("play")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return button

    def _group(
        self,
        actions: Mapping[str, QAction],
        keys: tuple[str, ...],
        *,
        rule: bool = False,
    ) -> QWidget:
        group = QWidget(self)
        row = QHBoxLayout(group)
        row.setContentsMargins(0, 0, 0, 0)
        ScaledSpacing(row, tokens.space("hair"), self)
        if rule:
            row.addWidget(Hairline(group))
        for key in keys:
            button = self._button(key, actions[key])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            row.addWidget(button)
        return group

    def _button(self, key: str, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._buttons[key] = button
        return button

    def _restyle(self) -> None:
        scale = scale_of(self.font())
        pad = round(PAD * scale)
        self._row.setContentsMargins(pad, 0, pad, 0)
        self._row.setSpacing(round(GAP * scale))
        self.setFixedHeight(round((tokens.size("player") - 1) * scale))
        for key, button in self._buttons.items():
            is_play = key == "toggle_playing"
            side = round(tokens.icon_size("play" if is_play else "player") * scale)
            button.setIconSize(QSize(side, side))
            if is_play:
                whole = round(tokens.size("play") * scale)
                button.setFixedSize(whole, whole)
            else:
                button.setFixedHeight(round(tokens.size("player_button") * scale))
        self._fit()

    def keep_in_sight(self, keys: Collection[str]) -> None:
        """Show the buttons of these actions, or "speed", whatever room there is."""
        starts = (self._starts,) if not {*STARTS}.isdisjoint(keys) else ()
        self._kept = (*starts, *((self.speed,) if "speed" in keys else ()))
        self._fit()

    def _fit(self) -> None:
        """Leave out what is needed least, until the timeline has its room."""
        scale = scale_of(self.font())
        figures = self.figures
        optional = (figures.pace, self._starts, self.speed, figures.loss)
        is_lecture = scale >= tokens.SCALE_OF_LECTURES
        shown = [w for w in optional if w in self._kept or not is_lecture]
        room = self.width() - round(TIMELINE_LEAST * scale) - self._fixed_width()
        while sum(_width(w) for w in shown) > room:
            gives = next((w for w in shown if w not in self._kept), None)
            if gives is None:
                break
            shown.remove(gives)
        # The pace also gives way to what the timeline has to say of the run.
        room = self.width() - self.timeline.wanted_width - self._fixed_width()
        if figures.pace in shown and sum(_width(w) for w in shown) > room:
            shown.remove(figures.pace)
        changed = [w for w in optional if w.isHidden() == (w in shown)]
        for widget in changed:
            widget.setVisible(widget in shown)
        if changed:
            # Else one frame shows the timeline in what the hidden have left.
            for layout in (figures.layout(), self._row):
                assert layout is not None
                layout.activate()

    def _fixed_width(self) -> int:
        keys = ("toggle_playing", *STEPS)
        widths = [_width(self._buttons[key]) for key in keys]
        return sum(widths) + _width(self.figures.accuracy) + 6 * self._row.spacing()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and hasattr(self, "_row"):
            # A figure has become longer.
            self._fit()
        return done

    def sizeHint(self) -> QSize:
        return QSize(0, self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_row"):
            self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class PlayerBar(QToolBar):
    """The player at an edge of the window, with messages and progress over it."""

    def __init__(self, window: QWidget, actions: Mapping[str, QAction]) -> None:
        super().__init__(tr("Player"), window)
        self.setObjectName("player")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.toggleViewAction().setVisible(False)
        content = QWidget(self)
        content.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.jobs = JobBar(content)
        self.messages = MessageBar(content)
        self.hints = HintStrip(content)
        self.player = Player(window, actions, content)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.jobs, self.messages, self.hints, self.player):
            column.addWidget(widget)
        self.addWidget(content)


def _width(widget: QWidget) -> int:
    return widget.sizeHint().width() + GAP
