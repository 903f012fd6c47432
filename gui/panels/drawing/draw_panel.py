"""Draw a digit and see the network's prediction, stroke by stroke."""

from typing import ClassVar, Final

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.arrays import ByteArray, FloatArray
from core.data.normalise import normalise
from core.network.numpy.activations.table import ACTIVATIONS
from gui.panels.base import Panel, PanelEntry
from gui.panels.drawing import DRAW
from gui.panels.drawing.drawing_pad import DrawingPad
from gui.panels.drawing.ink_canvas import SIDE
from gui.panels.drawing.pad_tools import PadTools
from gui.session.view_state import ShownExample, View
from gui.style import theme
from gui.widgets.pictures.grey_image import PixelImage
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.probability_bars import ProbabilityBars

NETWORK_SIDE: Final = 28
NO_RUN: Final = "Nothing is loaded yet."
NO_IMAGES: Final = "This data set has no images, so there is nothing to draw."
WIDE: Final = 1.1
"""From this width over height on, pad and outputs are side by side."""
VERY_WIDE: Final = 1.6
"""From this width over height on, both kinds of output are side by side too."""
SMALLEST_BARS: Final = 48
SPACINGS: Final = 44
"""Margins and gaps between everything above the bars."""
DOWN: Final = QBoxLayout.Direction.TopToBottom
RIGHT: Final = QBoxLayout.Direction.LeftToRight


def averaged(pixels: ByteArray) -> FloatArray:
    """The pad as it is: each network pixel is the mean of its square, 0 to 1."""
    square = SIDE // NETWORK_SIDE
    shape = (NETWORK_SIDE, square, NETWORK_SIDE, square)
    means: FloatArray = pixels.reshape(shape).mean(axis=(1, 3), dtype=np.float32)
    return means / np.float32(255)


class DrawPanel(Panel):
    """A drawing is sent on while the pen moves, at most once a screen frame.

    A cleared pad is an example like any other, a black image; only an untouched one
    sends nothing.
    """

    entry: ClassVar[PanelEntry] = DRAW
    on_chrome = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pad = DrawingPad(self)
        self.tools = PadTools(self.pad, self)
        self.received = PixelImage(self)
        self.normalise_switch = QCheckBox("Normalise like MNIST", self)
        self.bars = ProbabilityBars(self)
        self.show_button = QPushButton("Show this drawing", self)
        self._bars_title = _heading("", self)
        self._sent: ShownExample | None = None
        self._waiting = False
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setTimerType(Qt.TimerType.PreciseTimer)
        self._arrange()
        self._connect()

    def draw(self, view: View | None) -> None:
        if view is None:
            self._layout.show_reason(NO_RUN)
            return
        if view.run.dataset.image_shape != (NETWORK_SIDE, NETWORK_SIDE):
            self._layout.show_reason(NO_IMAGES)
            return
        self._layout.show_content()
        names = view.run.dataset.output_names
        digits = all(name.isdigit() for name in names)
        self.pad.set_hint("Draw a digit here" if digits else "Draw here")
        activation = view.spec.activations[-1]
        shares = ACTIVATIONS[activation].is_over_layer
        title = "Probability" if shares else f"Output ({activation})"
        if self._bars_title.text() != title:
            self._bars_title.setText(title)
        self.bars.set_classes(names, activation)
        drawn = view.example.origin == "drawing"
        if drawn:
            self.bars.set_values(view.trace.output, view.trace.predicted)
        else:
            self.bars.set_values(None)
        offered = not drawn and not self.pad.is_empty
        if offered != self.show_button.isVisibleTo(self):
            self.show_button.setVisible(offered)
            self._fit_bars()

    def _arrange(self) -> None:
        received = _column(_heading("Network receives", self))
        received.addWidget(self.received, 1)
        self.normalise_switch.setChecked(True)
        self.normalise_switch.setToolTip(
            "Fit the ink into 20 x 20 pixels and centre its mass, as MNIST does with "
            "its scans. Off: each pixel is the mean of its square of the pad."
        )
        received.addWidget(self.normalise_switch)
        readings = _column(self._bars_title)
        readings.addWidget(self.bars, 1)
        readings.addWidget(self.show_button)
        self.show_button.hide()
        self._inner = QBoxLayout(DOWN)
        self._inner.setSpacing(10)
        self._inner.addLayout(received, 1)
        self._inner.addLayout(readings, 1)
        self._outer = QBoxLayout(RIGHT)
        self._outer.setSpacing(12)
        self._outer.addWidget(self.pad, 3)
        self._outer.addLayout(self._inner, 2)
        content = QWidget(self)
        whole = QVBoxLayout(content)
        whole.setSpacing(6)
        whole.setContentsMargins(8, 6, 8, 8)
        whole.addWidget(self.tools)
        whole.addLayout(self._outer, 1)
        self._layout = PlaceholderLayout(self, content)
        self._layout.show_reason(NO_RUN)
        self.setMinimumSize(290, 260)

    def _shape(self) -> tuple[bool, bool]:
        """Whether the panel is wide, and very wide."""
        ratio = self.width() / max(self.height(), 1)
        return ratio > WIDE, ratio > VERY_WIDE

    def _fit_bars(self) -> None:
        """Room for the classes comes before a large picture of the network's input."""
        wide, very_wide = self._shape()
        share = 0.45 if wide else 0.4
        wanted = min(self.bars.sizeHint().height(), int(share * self.height()))
        if wide and not very_wide:
            wanted = min(wanted, self.height() - self._height_beside_bars())
        self.bars.setMinimumHeight(max(wanted, SMALLEST_BARS))

    def _height_beside_bars(self) -> int:
        """Height in pixels of tools, headings, switch and the smallest picture."""
        widgets = (
            self.tools,
            self._bars_title,
            self._bars_title,
            self.normalise_switch,
        )
        text = sum(part.sizeHint().height() for part in widgets)
        button = self.show_button.sizeHint().height()
        shown = button if self.show_button.isVisibleTo(self) else 0
        return text + shown + self.received.minimumHeight() + SPACINGS

    def _connect(self) -> None:
        self.pad.ink_changed.connect(self._on_pad_ink_changed)
        self.normalise_switch.toggled.connect(self._on_normalise_switch_toggled)
        self.show_button.clicked.connect(self._send)
        self._frame.timeout.connect(self._on_frame_timeout)

    def _network_inputs(self) -> FloatArray:
        if self.normalise_switch.isChecked():
            return normalise(self.pad.pixels)
        return averaged(self.pad.pixels)

    def _send(self) -> None:
        """Send the drawing now, and the next one after a frame at the earliest."""
        self._waiting = False
        image = self._network_inputs()
        self.received.set_values(image)
        inputs = np.ascontiguousarray(image.ravel(), np.float32)
        self._sent = ShownExample(inputs, None, "drawing", None)
        self.example_chosen.emit(self._sent)
        # The figures have priority over the larger pictures that follow the stroke.
        self.bars.repaint()
        self._frame.start(self._frame_milliseconds())

    def _frame_milliseconds(self) -> int:
        rate = self.screen().refreshRate()
        return int(1000 / rate) if rate > 0 else 16

    def _on_pad_ink_changed(self) -> None:
        if self._frame.isActive():
            self._waiting = True
        else:
            self._send()

    def _on_frame_timeout(self) -> None:
        if self._waiting:
            self._send()

    def _on_normalise_switch_toggled(self) -> None:
        if self._sent is not None:
            self._send()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, very_wide = self._shape()
        self._outer.setDirection(RIGHT if wide else DOWN)
        self._inner.setDirection(RIGHT if very_wide or not wide else DOWN)
        self._fit_bars()


def _heading(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setFont(theme.figures_font(parent.font()))
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def _column(first: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(first)
    return column
