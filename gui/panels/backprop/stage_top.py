"""The head of a stage: the example beside what happens, in words and as a formula."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.values.words import tr
from gui.panels.backprop.forward_backward import ForwardBackward
from gui.runtime.layout_items import nest
from gui.session.example_name import example_name
from gui.style import tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.widgets.pictures.grey_image import PixelImage

IMAGE_SIDE: Final = tokens.length("stage_top.image_side")


class StageTop(QWidget):
    """Four texts, and the example where it is an image."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_tight = self._has_image = False
        self.image = PixelImage(self)
        self.image.setAccessibleName(tr("Shown example"))
        self.title = QLabel(self)
        self.example = QLabel(self)
        self.sentence = QLabel(self)
        self.formula = QLabel(self)
        self.title.setObjectName("title")
        self.formula.setObjectName("readout")
        self.example.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self.title, self.example, self.sentence, self.formula):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setMinimumWidth(tokens.length("stage_top.least_width"))
            label.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(tokens.space("xs"))
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        words.addWidget(self.formula)
        words.addWidget(self.example)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.image, 0, Qt.AlignmentFlag.AlignTop)
        nest(self._row, words, 1)
        self._restyle()

    def show_stage(
        self, passes: ForwardBackward, title: str, sentence: str, formula: str
    ) -> None:
        """Show what happens to the example."""
        shape = passes.view.run.dataset.image_shape
        self._has_image = shape is not None
        self.image.setVisible(self._has_image and not self._is_tight)
        if shape is not None:
            dataset, example = passes.view.run.dataset, passes.view.example
            self.image.set_values(dataset.pictures(example.inputs))
        _set_text(self.title, title)
        _set_text(self.sentence, sentence)
        _set_text(self.formula, formula)
        _set_text(self.example, example_name(passes.view))
        self.formula.setVisible(bool(formula))
        self.sentence.setVisible(bool(sentence))

    def set_tight(self, *, tight: bool) -> None:
        """Leave out what stands in the network's picture too."""
        self._is_tight = tight
        self.image.setVisible(self._has_image and not tight)
        self.example.setVisible(not tight)

    def _restyle(self) -> None:
        scale = scale_of(self.font())
        side = round(IMAGE_SIDE * scale)
        self.image.setFixedSize(side, side)
        pad = round(tokens.space("panel_pad") * scale)
        self._row.setContentsMargins(
            pad, grown(self, tokens.space("xs")), pad, round(tokens.space("m") * scale)
        )
        self._row.setSpacing(pad)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_row"):
            self._restyle()
        super().changeEvent(event)


def _set_text(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
