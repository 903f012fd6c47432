"""The row of tools over the drawing pad: undo, redo, eraser, clear, brush size."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSlider,
    QWidget,
)

from core.values.words import tr
from gui.panels.drawing.drawing_pad import LARGEST_BRUSH, SMALLEST_BRUSH, DrawingPad
from gui.style import tokens
from gui.style.key_names import key_text
from gui.style.number_format import plain
from gui.widgets.icon_button import IconButton


class BrushDot(QWidget):
    """The brush in the size that it has on the pad, as far as there is space."""

    def __init__(self, pad: DrawingPad) -> None:
        super().__init__()
        self._pad = pad
        self.setFixedSize(QSize(*tokens.lengths("pad_tools.wished")))
        pad.brush_size_changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.WindowText))
            share = self._pad.brush_size / LARGEST_BRUSH
            radius = self.width() / 2 * share
            painter.drawEllipse(self.rect().toRectF().center(), radius, radius)


class PadTools(QWidget):
    """Buttons that act on one pad and follow its state."""

    def __init__(self, pad: DrawingPad, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pad = pad
        self.undo_button = self._icon(
            "undo", tr("Undo"), tr("Undo the last stroke"), "Ctrl+Z"
        )
        self.redo_button = self._icon(
            "redo", tr("Redo"), tr("Draw it again"), "Ctrl+Shift+Z"
        )
        self.eraser_button = self._icon(
            "eraser",
            tr("Eraser"),
            tr("Erase with the left button too; the right button always erases"),
        )
        self.eraser_button.setCheckable(True)
        self.clear_button = QPushButton(tr("Clear"), self)
        self.clear_button.setToolTip(
            tr("Wipe the pad ({value})", value=key_text("Delete"))
        )
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.brush_slider = self._slider()
        self._arrange()
        self._connect()
        self._on_pad_stroke_finished()

    def _icon(self, key: str, name: str, tip: str, keys: str = "") -> IconButton:
        # A click leaves the keyboard focus on the pad; Tab still reaches the button.
        tip = f"{tip} ({key_text(keys)})" if keys else tip
        return IconButton(key, name, tip, self)

    def _slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(SMALLEST_BRUSH, LARGEST_BRUSH)
        slider.setValue(self._pad.brush_size)
        slider.setToolTip(tr("Brush size ([ and ])"))
        slider.setAccessibleName(tr("Brush size"))
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        slider.setMinimumWidth(tokens.length("pad_tools.least_width"))
        slider.setMaximumWidth(tokens.length("pad_tools.most_width"))
        slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return slider

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.space("xs"))
        row.addStretch(0)
        row.addWidget(BrushDot(self._pad))
        row.addWidget(self.brush_slider, 1)
        row.addSpacing(tokens.space("xs"))
        for button in (
            self.undo_button,
            self.redo_button,
            self.eraser_button,
            self.clear_button,
        ):
            row.addWidget(button)

    def _connect(self) -> None:
        pad = self._pad
        self.undo_button.clicked.connect(pad.undo)
        self.redo_button.clicked.connect(pad.redo)
        self.clear_button.clicked.connect(pad.clear)
        self.eraser_button.toggled.connect(pad.set_erasing)
        self.brush_slider.valueChanged.connect(pad.set_brush_size)
        pad.eraser_toggled.connect(self.eraser_button.setChecked)
        pad.brush_size_changed.connect(self._on_pad_brush_size_changed)
        pad.stroke_finished.connect(self._on_pad_stroke_finished)

    def _on_pad_brush_size_changed(self, size: int) -> None:
        self.brush_slider.setValue(size)
        inputs = size / self._pad.pixel_side
        self.brush_slider.setToolTip(
            tr(
                "Brush size ([ and ]): {inputs} of the network's pixels",
                inputs=plain(inputs, 1),
            )
        )

    def _on_pad_stroke_finished(self) -> None:
        self.undo_button.setEnabled(self._pad.can_undo)
        self.redo_button.setEnabled(self._pad.can_redo)
        self.clear_button.setEnabled(not self._pad.is_empty)
