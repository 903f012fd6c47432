"""The batch of the newest step: its examples, and their loss before and after it."""

from collections.abc import Sequence
from typing import ClassVar, Final

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.protocol.snapshot import BatchRecord, Need
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.gallery import BATCH
from gui.panels.gallery.batch_tiles import (
    ARROW,
    LEFT,
    BatchSorting,
    BatchTiles,
    dropout_text,
    loss_text,
)
from gui.panels.gallery.example_gallery import ExampleGallery
from gui.runtime.layout_items import nest
from gui.session.view_state import ShownExample, View
from gui.style import number_format, theme, tokens
from gui.style.number_format import counted
from gui.widgets.live_label import LiveLabel
from gui.widgets.pictures.tiles import position_of
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.scaled_margins import ScaledMargins, ScaledSpacing

NO_RUN: Final = tr("No network yet. Start a run to see its batches.")
NO_BATCH: Final = tr("Computing the batch\N{HORIZONTAL ELLIPSIS}")
CALM_MILLISECONDS: Final = 340
"""Minimum time between two batches while playing: no more than 3 flashes a second."""
SORTINGS: Final[tuple[tuple[str, BatchSorting], ...]] = (
    (tr("Batch order"), "batch"),
    (tr("Largest loss first"), "largest loss"),
    (tr("Largest decrease first"), "fell most"),
    (tr("Largest increase first"), "rose most"),
)


def title_text(batch: BatchRecord) -> str:
    """The step of the batch, and whether that step has been taken."""
    examples = counted(len(batch.labels), "example")
    step = number_format.count(batch.step)
    if batch.losses_after is None:
        return tr(
            "Next batch, for step {step}: {examples}", step=step, examples=examples
        )
    return tr("Batch of step {step}: {examples}", step=step, examples=examples)


class BatchPanel(Panel):
    """The current batch as a gallery; a click shows the example in every panel."""

    entry: ClassVar[PanelEntry] = BATCH

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title_label = LiveLabel(self)
        self.title_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.scale_label = _label(self)
        self.dropout_label = _label(self)
        self.sorting_box = QComboBox(self)
        self.gallery = ExampleGallery(tr("Examples of the batch"), self)
        self._batch: BatchRecord | None = None
        self._run_id: int | None = None
        self._since_shown = QElapsedTimer()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._arrange()
        self._calm.timeout.connect(self._on_calm_timeout)
        self.sorting_box.currentIndexChanged.connect(self._on_sorting_box_changed)
        self.gallery.position_chosen.connect(self._on_gallery_position_chosen)

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (self.title_label,), (self.sorting_box,)

    def needs(self) -> frozenset[Need]:
        return frozenset({"batch"})

    def forget_drawn(self) -> None:
        self._batch = None

    def draw(self, view: View | None) -> None:
        if view is None or view.snapshot.batch is None:
            self._batch = None
            # It stands in the header, beside whatever the panel says now.
            self.title_label.setText("")
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
        self.sorting_box.setToolTip(tr("Order of the examples"))
        self.sorting_box.setAccessibleName(tr("Order of the examples"))
        self.title_label.setToolTip(
            tr("While playing, a new batch is shown at most three times a second.")
        )
        self.scale_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.scale_label.setMinimumWidth(1)
        self.dropout_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.dropout_label.setWordWrap(True)
        self.dropout_label.hide()
        content = QWidget(self)
        column = QVBoxLayout(content)
        pad = tokens.space("panel_pad")
        ScaledMargins(column, (pad, 0, pad, tokens.space("s")), content)
        ScaledSpacing(column, tokens.space("xs"), self)
        controls = QHBoxLayout()
        controls.addWidget(self.title_label)
        controls.addStretch(1)
        controls.addWidget(self.sorting_box)
        nest(column, controls)
        column.addWidget(self.gallery, 1)
        column.addWidget(self.scale_label)
        column.addWidget(self.dropout_label)
        self._layout = PlaceholderLayout(self, content)
        self._layout.show_reason(NO_RUN)
        self.setMinimumSize(*tokens.lengths("batch_panel.least"))

    def _show_batch(self, view: View, batch: BatchRecord) -> None:
        self._calm.stop()
        self._since_shown.start()
        self._batch = batch
        self._run_id = view.run.run_id
        tiles = BatchTiles.of(view.run.dataset, batch, self.sorting_box.currentData())
        self.gallery.set_source(tiles)
        self.title_label.setText(title_text(batch))
        pictures = tiles.image_shape is not None and batch.losses_after is not None
        self.scale_label.setVisible(pictures)
        longest = loss_text(tiles.largest_change, 4)
        self.scale_label.setText(
            tr(
                "Loss decreased {left} {arrow} increased, longest bar: {longest}; the "
                "answers are those after the step",
                left=LEFT,
                arrow=ARROW,
                longest=longest,
            )
        )
        dropout = dropout_text(batch)
        self.dropout_label.setVisible(bool(dropout))
        self.dropout_label.setText(dropout)

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


def _label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setFont(theme.figures_font(parent.font()))
    return label
