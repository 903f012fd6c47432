"""The batch of the newest step: its examples, and their loss before and after it."""

from typing import ClassVar, Final

import numpy as np
from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from core.arrays import IntArray
from core.protocol.snapshot import BatchRecord, Need
from gui.panels.base import Panel, PanelEntry
from gui.panels.gallery import BATCH
from gui.panels.gallery.batch_tiles import (
    ARROW,
    LEFT,
    BatchSorting,
    BatchTiles,
    loss_text,
)
from gui.panels.gallery.example_gallery import ExampleGallery
from gui.session.view_state import ShownExample, View
from gui.style import number_format, theme
from gui.widgets.pictures.tiles import position_of
from gui.widgets.placeholder import PlaceholderLayout

NO_RUN: Final = "No network yet. Start a run to see its batches."
NO_BATCH: Final = "The batch is shown after the next step."
CALM_MILLISECONDS: Final = 340
"""Minimum time between two batches while playing: no more than 3 flashes a second."""
SORTINGS: Final[tuple[tuple[str, BatchSorting], ...]] = (
    ("Batch order", "batch"),
    ("Largest loss first", "largest loss"),
    ("Largest decrease first", "fell most"),
    ("Largest increase first", "rose most"),
)


def title_text(batch: BatchRecord) -> str:
    """The step of the batch, and whether that step has been taken."""
    size = number_format.count(len(batch.labels))
    examples = "1 example" if size == "1" else f"{size} examples"
    step = number_format.count(batch.step)
    if batch.losses_after is None:
        return f"Next batch, for step {step}: {examples}"
    return f"Batch of step {step}: {examples}"


def mean_loss_text(batch: BatchRecord) -> str:
    """Mean loss before and after the step, and their difference."""
    before, after = batch.loss_before, batch.loss_after
    text = f"{loss_text(before, 4)} {ARROW} {loss_text(after, 4)}"
    if after is None:
        return text
    sign = "+" if after > before else ""
    return f"{text}  ({sign}{loss_text(after - before, 4)})"


def right_text(batch: BatchRecord) -> str:
    """How many are classified correctly before and after the step."""
    before = number_format.count(_right(batch, batch.predicted_before))
    after = loss_text(None)
    if batch.predicted_after is not None:
        after = number_format.count(_right(batch, batch.predicted_after))
    return f"{before} {ARROW} {after} of {number_format.count(len(batch.labels))}"


class BatchPanel(Panel):
    """The current batch as a gallery; a click shows the example in every panel."""

    entry: ClassVar[PanelEntry] = BATCH

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title_label = _label(self, bold=True)
        self.loss_label = _label(self)
        self.right_label = _label(self)
        self.scale_label = _label(self)
        self.sorting_box = QComboBox(self)
        self.gallery = ExampleGallery(self)
        self._batch: BatchRecord | None = None
        self._run_id: int | None = None
        self._since_shown = QElapsedTimer()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._arrange()
        self._calm.timeout.connect(self._on_calm_timeout)
        self.sorting_box.currentIndexChanged.connect(self._on_sorting_box_changed)
        self.gallery.position_chosen.connect(self._on_gallery_position_chosen)

    def needs(self) -> frozenset[Need]:
        return frozenset({"batch"})

    def draw(self, view: View | None) -> None:
        if view is None or view.snapshot.batch is None:
            self._batch = None
            self._layout.show_reason(NO_RUN if view is None else NO_BATCH)
            return
        self._layout.show_content()
        if view.snapshot.batch is not self._batch:
            wait = self._milliseconds_to_wait(view)
            if wait > 0:
                if not self._calm.isActive():
                    self._calm.start(wait)
                return
            self._show_batch(view, view.snapshot.batch)
        self._mark(view)

    def _milliseconds_to_wait(self, view: View) -> int:
        """How long this batch must wait while playing; 0 shows it at once."""
        new = self._batch is None or view.run.run_id != self._run_id
        if new or not view.snapshot.playing:
            return 0
        return max(0, CALM_MILLISECONDS - self._since_shown.elapsed())

    def _arrange(self) -> None:
        for text, sorting in SORTINGS:
            self.sorting_box.addItem(text, sorting)
        self.sorting_box.setToolTip("Order of the examples")
        self.sorting_box.setAccessibleName("Order of the examples")
        self.title_label.setToolTip(
            "While playing, a new batch is shown at most three times a second."
        )
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(8, 6, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.title_label)
        column.addLayout(self._figures())
        column.addWidget(self.gallery, 1)
        column.addWidget(self.scale_label)
        self._layout = PlaceholderLayout(self, content)
        self._layout.show_reason(NO_RUN)
        self.setMinimumSize(260, 240)

    def _figures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        for row, text in enumerate(("Mean loss", "Correct")):
            name = _label(self)
            name.setText(text)
            name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            grid.addWidget(name, row, 0)
            self.right_name = name  # of the last row
        grid.addWidget(self.loss_label, 0, 1, 1, 2)
        grid.addWidget(self.right_label, 1, 1)
        grid.addWidget(self.sorting_box, 1, 2)
        grid.setColumnStretch(1, 1)
        self.scale_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.scale_label.setMinimumWidth(1)
        return grid

    def _show_batch(self, view: View, batch: BatchRecord) -> None:
        self._calm.stop()
        self._since_shown.start()
        self._batch = batch
        self._run_id = view.run.run_id
        tiles = BatchTiles.of(view.run.dataset, batch, self.sorting_box.currentData())
        self.gallery.set_source(tiles)
        self.title_label.setText(title_text(batch))
        self.loss_label.setText(mean_loss_text(batch))
        has_classes = view.run.dataset.has_classes
        self.right_name.setVisible(has_classes)
        self.right_label.setText(right_text(batch) if has_classes else "")
        pictures = tiles.image_shape is not None and batch.losses_after is not None
        self.scale_label.setVisible(pictures)
        longest = loss_text(tiles.largest_change, 4)
        self.scale_label.setText(
            f"Loss decreased {LEFT} {ARROW} increased; longest bar: {longest}"
        )

    def _mark(self, view: View) -> None:
        source = self.gallery.source
        if source is None or self._batch is None:
            return
        place = None
        if view.example.origin == "train":
            place = position_of(self._batch.indices, view.example.index)
        self.gallery.set_current(position_of(source.order, place))

    def _on_calm_timeout(self) -> None:
        if self.isVisible():
            self.draw(self.view)

    def _on_sorting_box_changed(self) -> None:
        if self.view is not None and self._batch is not None:
            self._show_batch(self.view, self._batch)
            self.gallery.scroll_to_start()
            self._mark(self.view)

    def _on_gallery_position_chosen(self, position: int) -> None:
        source, batch = self.gallery.source, self._batch
        if source is None or batch is None:
            return
        place = int(source.order[position])
        self.example_chosen.emit(ShownExample.of_batch(batch, place))


def _label(parent: QWidget, *, bold: bool = False) -> QLabel:
    label = QLabel(parent)
    label.setFont(theme.figures_font(parent.font(), bold=bold))
    return label


def _right(batch: BatchRecord, predicted: IntArray) -> int:
    return int(np.count_nonzero(predicted == batch.labels))
