"""Draw a digit and see the network's prediction, stroke by stroke."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Final, NamedTuple

import numpy as np
from PySide6.QtCore import QEvent, Qt, QTimer
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
from core.data.dataset import Dataset
from core.data.normalise import normalise
from core.data.own_picture.picture import OwnPicture
from core.data.own_picture.reading import Received, receive, shrunk
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.answers import per_class
from core.network.numpy.forward import Trace, forward_trace
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.drawing import DRAW
from gui.panels.drawing.drawing_pad import Canvases, DrawingPad
from gui.panels.drawing.pad_tools import PadTools
from gui.panels.drawing.picture_sheet import PictureSheet
from gui.panels.drawing.reading import Reading
from gui.panels.drawing.received_image import ReceivedImage
from gui.runtime.layout_items import nest
from gui.runtime.worker import Keeps, Worker
from gui.session.view_state import ShownExample, View
from gui.style import tokens
from gui.style.fonts import is_seen_from_afar
from gui.widgets.pictures.grey_image import PixelImage
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.scaled_margins import ScaledMargins

NO_RUN: Final = tr("Nothing is loaded yet.")
NO_IMAGES: Final = tr("This data set has no images, so there is nothing to draw")
PRESET: Final = "digits"
IMAGES: Final = tr("A network that reads digits reads what you draw, too")
CHOOSE_IMAGES: Final = tr("Begin with drawn digits")
WIDE: Final = 1.1
"""From this width over height on, the pad and what is received are side by side."""
LEAST_PAD: Final = tokens.length("draw_panel.least_pad")
"""Height in pixels."""
SHARE_FROM_AFAR: Final = 0.65
"""Share of the height that is the pad's where text is large."""
DOWN: Final = QBoxLayout.Direction.TopToBottom
RIGHT: Final = QBoxLayout.Direction.LeftToRight


AS_DRAWN: Final = tr("as drawn"), tr("Each pixel is the mean of its square of the pad.")
NORMALISED: Final = (
    tr("normalised"),
    tr(
        "The ink is fitted into a box of five sevenths of the image and its mass "
        "centred, as MNIST does with its scans."
    ),
)
AS_BROUGHT: Final = tr("as it is"), tr("The whole picture, only made smaller.")
BY_STEPS: Final = (
    tr("by these steps"),
    tr("What is left of the picture after the steps."),
)


def averaged(pixels: ByteArray, shape: tuple[int, int] = (28, 28)) -> FloatArray:
    """The pad as it is: each network pixel is the mean of its square, 0 to 1."""
    rows, columns = shape
    squares = (rows, pixels.shape[0] // rows, columns, pixels.shape[1] // columns)
    means: FloatArray = pixels.reshape(squares).mean(axis=(1, 3), dtype=np.float32)
    return means / np.float32(255)


class Read(NamedTuple):
    """A picture as it is, and by the steps."""

    whole: FloatArray
    received: Received


def read(picture: OwnPicture, dataset: Dataset, choices: Mapping[str, bool]) -> Read:
    """What is done off the main thread."""
    assert dataset.image_shape is not None
    whole = shrunk(picture, dataset.image_shape, coloured=dataset.channels > 1)
    return Read(whole, receive(picture, dataset.image_shape, choices))


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """What is on the pad, or the picture in its place.

    Attributes:
        canvases: of the pad; None for empty ones.
        choices: the steps of the picture that were switched.
        sent: what was shown of it last.
    """

    canvases: Canvases | None
    picture: OwnPicture | None
    choices: Mapping[str, bool]
    sent: ShownExample | None


class DrawPanel(Panel):
    """A drawing is sent on while the pen moves, at most once a screen frame.

    A cleared pad is an example like any other, a black image; only an untouched one
    sends nothing.
    """

    entry: ClassVar[PanelEntry] = DRAW
    in_step = True
    on_chrome = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pad = DrawingPad(self)
        self.tools = PadTools(self.pad, self)
        self.sheet = PictureSheet(self)
        self.averaged = ReceivedImage(*AS_DRAWN, self)
        self.normalised = ReceivedImage(*NORMALISED, self)
        self.normalised.setChecked(True)
        self._picture: OwnPicture | None = None
        self._read_picture: Read | None = None
        self._choices: dict[str, bool] = {}
        self._dataset: Dataset | None = None
        self._reader = Worker(self, Keeps.NEWEST)
        self.show_button = QPushButton(tr("Show this drawing"), self)
        self._sent: ShownExample | None = None
        self._waiting = False
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setTimerType(Qt.TimerType.PreciseTimer)
        self._arrange()
        self._connect()

    def _on_layout_act_requested(self) -> None:
        self.preset_requested.emit(PRESET)

    def draw(self, view: View | None) -> None:
        if view is None:
            self._layout.show_reason(NO_RUN)
            return
        dataset = view.run.dataset
        if dataset.image_shape is None:
            self._layout.show_offer("pen-line", NO_IMAGES, IMAGES, CHOOSE_IMAGES)
            return
        self._layout.show_content()
        self._take(dataset)
        names = dataset.output_names
        digits = all(name.isdigit() for name in names)
        self.pad.set_hint(tr("Draw a digit here") if digits else tr("Draw here"))
        for received in (self.averaged, self.normalised):
            classes = view.run.dataset.class_names or names
            received.reading.set_classes(classes, view.spec.activations[-1])
        drawn = self._is_of_pad(view.example)
        self._read(view, drawn=drawn)
        self.show_button.setVisible(not drawn and not self._is_empty)

    def _is_of_pad(self, example: ShownExample) -> bool:
        """Whether it is what the pad has sent, and no drawing of before."""
        sent = self._sent
        if sent is None or example.origin != "drawing":
            return False
        return example is sent or np.array_equal(example.inputs, sent.inputs)

    def put_aside(self) -> Drawing:
        """What is on the pad, which is empty from now on; nothing is sent."""
        kept = Drawing(
            self.pad.exchange(None), self._picture, dict(self._choices), self._sent
        )
        self._take_up(Drawing(None, None, {}, None))
        return kept

    def bring_back(self, drawing: Drawing) -> None:
        """Show again what was put aside."""
        self.pad.exchange(drawing.canvases)
        self._take_up(drawing)

    def show_empty(self) -> None:
        """Show the network an empty pad."""
        self.put_aside()
        self._send()

    def _take_up(self, drawing: Drawing) -> None:
        self._picture, self._choices = drawing.picture, dict(drawing.choices)
        self._read_picture, self._sent = None, drawing.sent
        if drawing.picture is not None:
            self.sheet.show_picture(drawing.picture)
            self._begin_reading()
        self._show_sheet()
        if drawing.picture is None:
            self._show_images()
        if self.view is not None:
            self.draw(self.view)

    def show_picture(self, picture: OwnPicture) -> None:
        """Put a picture in the place of the pad, and read it."""
        self._picture, self._choices = picture, {}
        self.sheet.show_picture(picture)
        self._show_sheet()
        self._begin_reading()

    @property
    def picture(self) -> OwnPicture | None:
        """The picture in the place of the pad, if there is one."""
        return self._picture

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

    @property
    def _is_empty(self) -> bool:
        """Whether there is neither a drawing nor a picture with something in it."""
        if self._picture is None:
            return self.pad.is_empty
        return self._read_picture is None or not self.received.values.any()

    def _take(self, dataset: Dataset) -> None:
        """Fit the pad to the images of a run."""
        if dataset is self._dataset:
            return
        self._dataset = dataset
        assert dataset.image_shape is not None
        self.pad.set_shape(dataset.image_shape)
        if self._sent is not None and len(self._sent.inputs) != dataset.n_inputs:
            self._sent = None
        if self._picture is None:
            self._show_images()
        if self._picture is not None:
            self._begin_reading()

    def _read(self, view: View, *, drawn: bool) -> None:
        """The output for both images; none for another example or an empty pad."""
        for received in (self.averaged, self.normalised):
            if not drawn or self._sent is None or self._is_empty:
                received.reading.set_values(None)
            elif received is self._chosen:
                # Not computed again: the trace knows of units that are held.
                trace = view.trace
                received.reading.set_values(_said(trace), trace.predicted)
            else:
                inputs = view.run.dataset.inputs_of(received.image.values)
                trace = forward_trace(view.spec, view.params, inputs)
                received.reading.set_values(_said(trace), trace.predicted)

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (), (self.tools,)

    def _arrange(self) -> None:
        heading = QLabel(tr("What the network receives"), self)
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
        self._below = below = QVBoxLayout()
        below.setSpacing(tokens.space("s"))
        nest(below, above)
        nest(below, images, 1)
        self._outer = QBoxLayout(DOWN)
        self._outer.setSpacing(tokens.space("m"))
        self._outer.addWidget(self.pad, 3)
        self._outer.addWidget(self.sheet, 3)
        self.sheet.hide()
        nest(self._outer, below, 2)
        content = QWidget(self)
        self._whole = whole = QVBoxLayout(content)
        pad = tokens.space("panel_pad")
        margins = (pad, tokens.space("xs"), pad, pad)
        ScaledMargins(whole, margins, content, keeps_width=True)
        whole.setSpacing(tokens.space("xs"))
        whole.addWidget(self.tools)
        nest(whole, self._outer, 1)
        self._layout = PlaceholderLayout(self, content)
        self._layout.act_requested.connect(self._on_layout_act_requested)
        self._layout.show_reason(NO_RUN)
        self.setMinimumSize(*tokens.lengths("draw_panel.least"))

    def _connect(self) -> None:
        self.pad.ink_changed.connect(self._on_pad_ink_changed)
        self.normalised.toggled.connect(self._on_normalised_toggled)
        self.show_button.clicked.connect(self._send)
        self._frame.timeout.connect(self._on_frame_timeout)
        self.sheet.switched.connect(self._on_sheet_switched)
        self.sheet.closed.connect(self._on_sheet_closed)

    def _show_sheet(self) -> None:
        is_picture = self._picture is not None
        self.pad.setVisible(not is_picture)
        self.tools.setEnabled(not is_picture)
        self.sheet.setVisible(is_picture)
        self.averaged.set_caption(*(AS_BROUGHT if is_picture else AS_DRAWN))
        self.normalised.set_caption(*(BY_STEPS if is_picture else NORMALISED))

    def _begin_reading(self) -> None:
        if self._picture is None or self._dataset is None:
            return
        job = partial(read, self._picture, self._dataset, dict(self._choices))
        self._reader.submit(job, partial(self._on_read, self._picture, self._dataset))

    def _on_read(self, picture: OwnPicture, dataset: Dataset, read: Read) -> None:
        if picture is not self._picture or dataset is not self._dataset:
            return
        self._read_picture = read
        self.sheet.show_steps(read.received.steps, read.received.problem)
        self._send()

    def _on_sheet_switched(self, key: str, on: bool) -> None:
        self._choices[key] = on
        self._begin_reading()

    def _on_sheet_closed(self) -> None:
        self._picture = self._read_picture = None
        self._show_sheet()
        self.pad.setFocus()
        self._send()

    def _send(self) -> None:
        """Send the drawing now, and the next one after a frame at the earliest."""
        self._waiting = False
        if self._dataset is None:
            return
        self._show_images()
        inputs = self._dataset.inputs_of(self.received.values)
        self._sent = ShownExample(inputs, None, "drawing", None)
        self.example_chosen.emit(self._sent)
        # The figures have priority over the larger pictures that follow the stroke.
        self.reading.repaint()
        self._frame.start(self._frame_milliseconds())

    def _show_images(self) -> None:
        """Show what the network would receive of what is on the pad."""
        shape = None if self._dataset is None else self._dataset.image_shape
        # A drawing may have come back before the images that it was made for.
        if shape is None or not (self._read_picture or self.pad.fits(shape)):
            return
        whole, fitted = self._images()
        self.averaged.image.set_values(whole)
        self.normalised.image.set_values(fitted)

    def _images(self) -> tuple[FloatArray, FloatArray]:
        """As it is, and normalised."""
        if self._read_picture is not None:
            return self._read_picture.whole, self._read_picture.received.image
        assert self._dataset is not None
        shape = self._dataset.image_shape
        assert shape is not None
        pixels = self.pad.pixels
        return averaged(pixels, shape), normalise(pixels, shape)

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
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_layout"):
            self._fit()

    def _fit(self) -> None:
        """Where text is large, the pad goes before what is received.

        It is what is looked at then, and all bars of the window are higher.
        """
        is_wide = self.width() > WIDE * self.height()
        self._outer.setDirection(RIGHT if is_wide else DOWN)
        is_first = is_seen_from_afar(self.font()) and not is_wide
        for received in (self.averaged, self.normalised):
            received.give_way(on=is_first)
        least = LEAST_PAD
        if is_first:
            room = self.rect().marginsRemoved(self._whole.contentsMargins())
            rest = self._below.minimumSize().height() + self._outer.spacing()
            most = min(round(SHARE_FROM_AFAR * room.height()), room.height() - rest)
            least = max(least, min(room.width(), most))
        self.pad.setMinimumHeight(least)
        # In the midst of a new size Qt would lay out only with the next one.
        self._whole.activate()


def _said(trace: Trace) -> FloatArray:
    """What the network says for each class."""
    record = ACTIVATIONS[trace.spec.activations[-1]]
    return np.array(per_class(record, trace.output.tolist()), np.float32)
