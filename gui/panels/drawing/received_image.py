"""An image that the network can be given, with what it reads in it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.values.words import tr
from gui.panels.drawing.reading import Reading
from gui.style import theme, tokens
from gui.style.lengths import grown
from gui.widgets.focus.focus_ring import focus_pen
from gui.widgets.pictures.grey_image import PixelImage

LARGEST: int = tokens.length("received_image.largest")


class ReceivedImage(QAbstractButton):
    """Of several the chosen one is what the network receives.

    A bar under the caption says which it is: a frame is the focus's alone.
    """

    def __init__(self, text: str, tip: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setToolTip(tip)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.image = PixelImage(self, at_left=True)
        self.image.setAccessibleName(tr("Image {text}", text=text))
        self.reading = Reading(self)
        self.reading.setAccessibleName(tr("Reading {text}", text=text))
        self._caption = QLabel(text, self)
        self._caption.setToolTip(tip)
        self._caption.setMinimumWidth(1)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Expanding)
        column = QVBoxLayout(self)
        # The ring lies on the image's edge: words and image start at one line.
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.space("s"))
        column.addWidget(self._caption)
        column.addWidget(self.image, 1)
        column.addWidget(self.reading)
        column.addStretch(0)

    def set_caption(self, text: str, tip: str) -> None:
        """Say what the image is."""
        if text == self.text():
            return
        self.setText(text)
        self._caption.setText(text)
        self.image.setAccessibleName(tr("Image {text}", text=text))
        self.reading.setAccessibleName(tr("Reading {text}", text=text))
        for widget in (self, self._caption):
            widget.setToolTip(tip)

    def give_way(self, *, on: bool) -> None:
        """Have the image take the height that is left, however little that is."""
        policy = QSizePolicy.Policy
        # Beside text that wraps Qt takes the hint of an image for the least.
        upright = policy.Ignored if on else policy.Expanding
        self.image.setSizePolicy(policy.Expanding, upright)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """No higher than wide, or the words would stand far from the image."""
        super().resizeEvent(event)
        side = min(grown(self, LARGEST), max(event.size().width(), 1))
        self.image.setMaximumSize(side, side)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.minimumSize()

    def nextCheckState(self) -> None:  # noqa: N802
        # The chosen one stays chosen.
        self.setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar under the caption of the chosen image; the focus has the ring."""
        del event
        ring = focus_pen(self) if self.hasFocus() else None
        if ring is not None:
            ring.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        self.image.set_ring(ring)
        if not self.isChecked():
            return
        below = self._caption.geometry()
        bar = QRectF(
            below.left(),
            below.bottom() + 1,
            self._caption.fontMetrics().horizontalAdvance(self.text()),
            grown(self, tokens.stroke("line")),
        )
        with QPainter(self) as painter:
            painter.fillRect(bar, theme.colour(theme.colours_of(self).accent))
