"""The speed slider: from one step per second to as fast as possible."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from core.values.words import plural, tr
from gui.runtime.layout_items import nest
from gui.style import tokens
from gui.style.fonts import role_font, scale_of
from gui.style.lengths import grown
from gui.style.number_format import count
from gui.widgets.scaled_margins import ScaledSpacing

SPEEDS: Final[tuple[float | None, ...]] = (
    1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4, None,
)  # fmt: skip
DEFAULT_SPEED: Final = SPEEDS.index(50.0)
WIDTH: Final = tokens.length("speed.width")


def speed_text(steps_per_second: float | None) -> str:
    """A speed as text."""
    if steps_per_second is None:
        return tr("full")
    number = int(steps_per_second)
    return plural(number, "{n} step/s", "{n} steps/s", n=count(number))


class SpeedControl(QWidget):
    """A slider over SPEEDS with its value as text.

    Signals:
        speed_chosen: steps per second (float), or None for as fast as possible.
    """

    speed_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = ""
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setRange(0, len(SPEEDS) - 1)
        self._slider.setPageStep(1)
        self._slider.setAccessibleName(tr("Speed"))
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._label = QLabel(self)
        self._caption = QLabel(tr("Speed"), self)
        self._caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        line = QHBoxLayout()
        ScaledSpacing(line, tokens.space("tight"), self)
        line.addWidget(self._caption)
        line.addWidget(self._label)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        ScaledSpacing(column, tokens.space("hair"), self)
        column.addStretch(1)
        nest(column, line)
        column.addWidget(self._slider)
        column.addStretch(1)
        self._slider.setValue(DEFAULT_SPEED)
        self._slider.valueChanged.connect(self._on_slider_moved)
        self._fit_label()
        self._show_text()

    @property
    def speed(self) -> float | None:
        return SPEEDS[self._slider.value()]

    @property
    def position(self) -> int:
        """Index into SPEEDS, for remembering."""
        return self._slider.value()

    def set_position(self, position: int) -> None:
        self._slider.setValue(position)

    def show_keys(self, actions: Mapping[str, QAction]) -> None:
        """Name the keys that do the same in the tooltip."""
        named = [
            tr(
                "{tostring} for {key}",
                tostring=actions[key].shortcut().toString(),
                key=word,
            )
            for key, word in (("slower", tr("slower")), ("faster", tr("faster")))
            if not actions[key].shortcut().isEmpty()
        ]
        self._keys = tr("keys: {named}", named=", ".join(named)) if named else ""
        self._show_text()

    def _on_slider_moved(self) -> None:
        self._show_text()
        self.speed_chosen.emit(self.speed)

    def _fit_label(self) -> None:
        """Space for the longest text, so that nothing moves beside the slider."""
        self._label.setFont(role_font(self.font(), "label", strong=True))
        metrics = self._label.fontMetrics()
        widest = max(metrics.horizontalAdvance(speed_text(speed)) for speed in SPEEDS)
        whole = (
            widest
            + grown(self, tokens.length("speed.between"))
            + self._caption.sizeHint().width()
        )
        self.setFixedWidth(max(whole, round(WIDTH * scale_of(self.font()))))

    def _show_text(self) -> None:
        text = speed_text(self.speed)
        self._label.setText(text)
        fast = tr("as fast as possible") if self.speed is None else text
        self._slider.setToolTip(f"{fast}  ({self._keys})" if self._keys else fast)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_caption"):
            self._fit_label()
