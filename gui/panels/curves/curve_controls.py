"""The controls beside the curves: log scale, smoothing, which steps, follow."""

from typing import Final, Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QWidget,
)

from gui.style.number_format import count
from gui.widgets.live_label import LiveLabel

Arrangement = Literal["column", "short column", "row", "two rows"]

HALF_LIVES: Final = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
DEFAULT_HALF_LIFE: Final = 20
_COLUMNS: Final = 12
_MARGIN: Final = 2
_SPACING: Final = 4
WINDOWS: Final = (None, 100_000, 10_000, 1_000, 100)


class CurveControls(QWidget):
    """Arranged in a column beside wide plots, in one or two rows above narrow ones.

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
        super().__init__(parent)
        self._arrangement: Arrangement | None = None
        self._build_switches()
        self._build_smoothing()
        self._position = LiveLabel(self)
        # Only the feature is set, so that the size goes with the window's.
        figures = QFont()
        figures.setFeature(QFont.Tag("tnum"), 1)
        self._position.setFont(figures)
        self._position_texts: tuple[str, str] = ("", "")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(4, _MARGIN, 4, _MARGIN)
        self._grid.setSpacing(_SPACING)
        self.arrange("column")

    def _build_switches(self) -> None:
        self._log = QCheckBox("Log scale", self)
        self._log.setToolTip("Draw the loss on a logarithmic scale")
        self._log.toggled.connect(self.log_toggled)
        self._window = QComboBox(self)
        for window in WINDOWS:
            text = "all steps" if window is None else f"last {count(window)}"
            self._window.addItem(text, window)
        self._window.setToolTip("How many of the newest steps are shown")
        self._window.setAccessibleName("Steps shown")
        self._window.currentIndexChanged.connect(self._on_window_chosen)
        self._follow = QPushButton("Follow", self)
        self._follow.setCheckable(True)
        self._follow.setChecked(True)
        self._follow.setToolTip(
            "Keep the newest step visible. Dragging or zooming a plot turns this "
            "off; a double-click in a plot turns it on again."
        )
        self._follow.toggled.connect(self.follow_toggled)

    def _build_smoothing(self) -> None:
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setRange(0, len(HALF_LIVES) - 1)
        self._slider.setPageStep(1)
        self._slider.setValue(HALF_LIVES.index(DEFAULT_HALF_LIFE))
        self._slider.setMinimumWidth(60)
        self._slider.setAccessibleName("Smoothing")
        self._smoothing = QLabel(self)
        self._fit_smoothing()
        for widget in (self._slider, self._smoothing):
            widget.setToolTip(
                "Half-life of the exponential moving average in steps: a batch that "
                "many steps back has half the weight"
            )
        self._slider.valueChanged.connect(self._on_slider_moved)
        self._name_smoothing()

    def _fit_smoothing(self) -> None:
        metrics = self._smoothing.fontMetrics()
        self._smoothing.setMinimumWidth(metrics.horizontalAdvance("Smoothing 10,000"))

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

    def arrange(self, arrangement: Arrangement) -> None:
        """Arrange the controls for the available space."""
        if arrangement == self._arrangement:
            return
        self._arrangement = arrangement
        places = _PLACES[arrangement]
        for widget, place in zip(
            (*self._switches, self._position), places, strict=True
        ):
            self._grid.removeWidget(widget)
            self._grid.addWidget(widget, *place)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, int(arrangement == "two rows"))
        is_column = arrangement in ("column", "short column")
        self._grid.setRowStretch(6, 1 if is_column else 0)
        wide = QSizePolicy.Policy.Ignored
        across = QSizePolicy.Policy.Fixed if is_column else wide
        self.setSizePolicy(across, wide if is_column else QSizePolicy.Policy.Fixed)
        self._write_position()
        self._position.forget_size()

    @property
    def _switches(self) -> tuple[QWidget, ...]:
        return self._follow, self._window, self._smoothing, self._slider, self._log

    def column_height(self, *, is_short: bool) -> int:
        """What a column needs; a short one does without the line of the epoch."""
        lines = (1 if is_short else 2) * self._position.fontMetrics().lineSpacing()
        rows = [widget.sizeHint().height() for widget in self._switches]
        around = 2 * _MARGIN + len(rows) * _SPACING
        return sum(rows) + lines + around

    @property
    def position_text(self) -> str:
        return self._position.text()

    def show_position(self, step: str, epoch: str) -> None:
        """Show which step the values beside the curves' names belong to."""
        if (step, epoch) != self._position_texts:
            self._position_texts = (step, epoch)
            self._write_position()

    def _write_position(self) -> None:
        step, epoch = self._position_texts
        texts: dict[Arrangement | None, str] = {
            "column": f"{step}\n{epoch}",
            "two rows": f"{step} · {epoch}",
        }
        # Elsewhere there is no room for the epoch, which the status bar shows too.
        self._position.setText(texts.get(self._arrangement, step))

    def _name_smoothing(self) -> None:
        steps = count(self.half_life) if self.half_life else "off"
        self._smoothing.setText(f"Smoothing {steps}")

    def _on_slider_moved(self) -> None:
        self._name_smoothing()
        self.half_life_changed.emit(self.half_life)

    def _on_window_chosen(self) -> None:
        self.window_changed.emit(self._window.currentData())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_smoothing()


_PLACES: Final[dict[Arrangement, tuple[tuple[int, int, int, int], ...]]] = {
    "column": tuple((row, 0, 1, 1) for row in range(6)),
    "short column": tuple((row, 0, 1, 1) for row in range(6)),
    "row": tuple((0, column, 1, 1) for column in (1, 2, 4, 5, 3, 0)),
    "two rows": (
        (0, 0, 1, 3),
        (0, 3, 1, 5),
        (1, 6, 1, 4),
        (1, 10, 1, 2),
        (0, 8, 1, 4),
        (1, 0, 1, 6),
    ),
}
