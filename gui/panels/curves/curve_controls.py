"""The controls of the curves: log scale, smoothing, which steps, follow."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from core.values.words import tr
from gui.style import tokens
from gui.style.number_format import count
from gui.widgets.live_label import LiveLabel
from gui.widgets.scaled_margins import ScaledMargins

HALF_LIVES: Final = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
DEFAULT_HALF_LIFE: Final = 20
WINDOWS: Final = (None, 100_000, 10_000, 1_000, 100)


class CurveControls(QFrame):
    """A popup below the icon of the panel's header.

    Signals:
        log_toggled: whether the loss is on a log scale.
        half_life_changed: smoothing in steps, 0 for none.
        window_changed: how many of the newest steps to follow, None for all.
        follow_toggled: the user turned following on or off.
    """

    log_toggled = Signal(bool)
    half_life_changed = Signal(int)
    window_changed = Signal(object)
    follow_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._build_switches()
        self._build_smoothing()
        self._position = LiveLabel(self)
        # Only the feature is set, so that the size goes with the window's.
        figures = QFont()
        figures.setFeature(QFont.Tag("tnum"), 1)
        self._position.setFont(figures)
        column = QVBoxLayout(self)
        pad = tokens.space("panel_pad")
        ScaledMargins(column, (pad, pad, pad, pad), self)
        column.setSpacing(tokens.space("s"))
        for widget in (
            self._follow,
            self._window,
            self._smoothing,
            self._slider,
            self._log,
            self._position,
        ):
            column.addWidget(widget)

    def _build_switches(self) -> None:
        self._log = QCheckBox(tr("Log scale"), self)
        self._log.setToolTip(tr("Draw the loss on a logarithmic scale"))
        self._log.toggled.connect(self.log_toggled)
        self._window = QComboBox(self)
        for window in WINDOWS:
            text = (
                tr("all steps")
                if window is None
                else tr("last {window}", window=count(window))
            )
            self._window.addItem(text, window)
        self._window.setToolTip(tr("How many of the newest steps are shown"))
        self._window.setAccessibleName(tr("Steps shown"))
        self._window.currentIndexChanged.connect(self._on_window_chosen)
        self._follow = QPushButton(tr("Follow"), self)
        self._follow.setCheckable(True)
        self._follow.setChecked(True)
        self._follow.setToolTip(
            tr(
                "Keep the newest step visible. Dragging or zooming a plot turns this "
                "off; a double-click in a plot turns it on again."
            )
        )
        self._follow.toggled.connect(self.follow_toggled)

    def _build_smoothing(self) -> None:
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setRange(0, len(HALF_LIVES) - 1)
        self._slider.setPageStep(1)
        self._slider.setValue(HALF_LIVES.index(DEFAULT_HALF_LIFE))
        self._slider.setMinimumWidth(tokens.length("curve_controls.least_width"))
        self._slider.setAccessibleName(tr("Smoothing"))
        self._smoothing = QLabel(self)
        self._fit_smoothing()
        for widget in (self._slider, self._smoothing):
            widget.setToolTip(
                tr(
                    "Half-life of the exponential moving average in steps: a batch "
                    "that many steps back has half the weight"
                )
            )
        self._slider.valueChanged.connect(self._on_slider_moved)
        self._name_smoothing()

    def _fit_smoothing(self) -> None:
        metrics = self._smoothing.fontMetrics()
        self._smoothing.setMinimumWidth(
            metrics.horizontalAdvance(tr("Smoothing 10,000"))
        )

    @property
    def half_life(self) -> int:
        return HALF_LIVES[self._slider.value()]

    def set_following(self, following: bool) -> None:
        """Show whether the newest step is followed, without emitting a signal."""
        self._follow.blockSignals(True)
        self._follow.setChecked(following)
        self._follow.blockSignals(False)

    def toggle_log(self) -> None:
        self._log.toggle()

    @property
    def position_text(self) -> str:
        return self._position.text()

    def show_position(self, step: str, epoch: str) -> None:
        """Show which step the values beside the curves' names belong to."""
        self._position.setText(f"{step}\n{epoch}")

    def open_below(self, button: QWidget) -> None:
        """Open at the right end of a button, within its screen."""
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(button.width(), button.height()))
        screen = button.screen().availableGeometry()
        left = max(screen.left(), corner.x() - self.width())
        top = min(corner.y(), screen.bottom() - self.height())
        self.move(left, max(screen.top(), top))
        self.show()
        self._window.setFocus(Qt.FocusReason.PopupFocusReason)

    def _name_smoothing(self) -> None:
        steps = count(self.half_life) if self.half_life else tr("off")
        self._smoothing.setText(tr("Smoothing {steps}", steps=steps))

    def _on_slider_moved(self) -> None:
        self._name_smoothing()
        self.half_life_changed.emit(self.half_life)

    def _on_window_chosen(self) -> None:
        self.window_changed.emit(self._window.currentData())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_smoothing()
