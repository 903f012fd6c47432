"""Draw a digit and see the network's prediction, stroke by stroke."""

from collections.abc import Sequence
from typing import ClassVar, Final

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.arrays import ByteArray, FloatArray
from core.data.normalise import normalise
from core.network.numpy.forward import forward_trace
from gui.panels.base import Panel, PanelEntry
from gui.panels.drawing import DRAW
from gui.panels.drawing.drawing_pad import DrawingPad
from gui.panels.drawing.ink_canvas import SIDE
from gui.panels.drawing.pad_tools import PadTools
from gui.panels.drawing.reading import Reading
from gui.panels.drawing.received_image import ReceivedImage
from gui.session.view_state import ShownExample, View
from gui.style import tokens
from gui.widgets.pictures.grey_image import PixelImage
from gui.widgets.placeholder import PlaceholderLayout

NETWORK_SIDE: Final = 28
NO_RUN: Final = "Nothing is loaded yet."
NO_IMAGES: Final = "This data set has no images, so there is nothing to draw."
WIDE: Final = 1.1
"""From this width over height on, the pad and what is received are side by side."""
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
        self.averaged = ReceivedImage(
            "as drawn", "Each pixel is the mean of its square of the pad.", self
        )
        self.normalised = ReceivedImage(
            "normalised",
            "The ink is fitted into 20 x 20 pixels and its mass centred, as MNIST "
            "does with its scans.",
            self,
        )
        self.normalised.setChecked(True)
        self.show_button = QPushButton("Show this drawing", self)
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
        for received in (self.averaged, self.normalised):
            received.reading.set_classes(names, view.spec.activations[-1])
        drawn = view.example.origin == "drawing"
        self._read(view, drawn=drawn)
        self.show_button.setVisible(not drawn and not self.pad.is_empty)

    @property
    def received(self) -> PixelImage:
        """The image that the network receives."""
        return self._chosen.image

    @property
    def reading(self) -> Reading:
        """What the network reads in what it receives."""
        return self._chosen.reading

    @property
    def _chosen(self) -> ReceivedImage:
        return self.normalised if self.normalised.isChecked() else self.averaged

    def _read(self, view: View, *, drawn: bool) -> None:
        """The output for both images; none for another example or an empty pad."""
        for received in (self.averaged, self.normalised):
            if not drawn or self._sent is None or self.pad.is_empty:
                received.reading.set_values(None)
            elif received is self._chosen:
                # Not computed again: the trace knows of units that are held.
                trace = view.trace
                received.reading.set_values(trace.output, trace.predicted)
            else:
                inputs = received.image.values.ravel()
                trace = forward_trace(view.spec, view.params, inputs)
                received.reading.set_values(trace.output, trace.predicted)

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (), (self.tools,)

    def _arrange(self) -> None:
        heading = QLabel("What the network receives", self)
        heading.setObjectName("heading")
        heading.setWordWrap(True)
        self.show_button.hide()
        above = QHBoxLayout()
        above.addWidget(heading, 1)
        above.addWidget(self.show_button)
        images = QHBoxLayout()
        images.setSpacing(tokens.space("l"))
        images.addWidget(self.averaged, 1)
        images.addWidget(self.normalised, 1)
        below = QVBoxLayout()
        below.setSpacing(tokens.space("s"))
        below.addLayout(above)
        below.addLayout(images, 1)
        self._outer = QBoxLayout(DOWN)
        self._outer.setSpacing(tokens.space("m"))
        self._outer.addWidget(self.pad, 3)
        self._outer.addLayout(below, 2)
        content = QWidget(self)
        whole = QVBoxLayout(content)
        pad = tokens.space("panel_pad")
        whole.setContentsMargins(pad, tokens.space("xs"), pad, pad)
        whole.setSpacing(tokens.space("xs"))
        whole.addWidget(self.tools)
        whole.addLayout(self._outer, 1)
        self._layout = PlaceholderLayout(self, content)
        self._layout.show_reason(NO_RUN)
        self.setMinimumSize(290, 260)

    def _connect(self) -> None:
        self.pad.ink_changed.connect(self._on_pad_ink_changed)
        self.normalised.toggled.connect(self._on_normalised_toggled)
        self.show_button.clicked.connect(self._send)
        self._frame.timeout.connect(self._on_frame_timeout)

    def _send(self) -> None:
        """Send the drawing now, and the next one after a frame at the earliest."""
        self._waiting = False
        self.averaged.image.set_values(averaged(self.pad.pixels))
        self.normalised.image.set_values(normalise(self.pad.pixels))
        image = self.received.values
        inputs = np.ascontiguousarray(image.ravel(), np.float32)
        self._sent = ShownExample(inputs, None, "drawing", None)
        self.example_chosen.emit(self._sent)
        # The figures have priority over the larger pictures that follow the stroke.
        self.reading.repaint()
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

    def _on_normalised_toggled(self) -> None:
        if self._sent is not None:
            self._send()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() > WIDE * self.height()
        self._outer.setDirection(RIGHT if is_wide else DOWN)
