"""Browse the test set with the network's prediction for each example."""

from collections.abc import Sequence
from typing import ClassVar, Final

import numpy as np
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.arrays import IntArray
from core.data.dataset import Dataset
from core.protocol.messages import Evaluated
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.gallery import EXAMPLES
from gui.panels.gallery.answer_texts import errors_of, result_text
from gui.panels.gallery.classified_tiles import ClassifiedTiles
from gui.panels.gallery.example_filter import ExampleFilter, matching, nearest_position
from gui.panels.gallery.example_filter_bar import ExampleFilterBar
from gui.panels.gallery.example_gallery import ExampleGallery
from gui.runtime.layout_items import nest
from gui.session.view_state import ShownExample, View
from gui.style import number_format, theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.widgets.pictures.tiles import position_of
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.scaled_margins import ScaledMargins

NO_RUN: Final = tr("No network yet. Start a run to see its examples.")
NOT_READ: Final = tr("The examples have not been evaluated yet")
NO_MATCH: Final = tr("No example passes these filters.")
ALL_RIGHT: Final = tr("Every example is classified correctly")


class ExamplesPanel(Panel):
    """The test set as a gallery; a click shows the example in every panel."""

    entry: ClassVar[PanelEntry] = EXAMPLES

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter_bar = ExampleFilterBar(self)
        self.gallery = ExampleGallery(tr("Examples"), self)
        self.accuracy_label = QLabel(self)
        self.detail_label = QLabel(self)
        self._dataset: Dataset | None = None
        self._evaluation: Evaluated | None = None
        self._last_index: int | None = None
        self._anchor: tuple[int, int] | None = None
        self._random = np.random.default_rng()
        self._arrange()
        self.filter_bar.filter_changed.connect(self._on_filter_bar_filter_changed)
        self.filter_bar.step_requested.connect(self._on_filter_bar_step_requested)
        self.filter_bar.random_requested.connect(self._on_filter_bar_random_requested)
        self.gallery.position_chosen.connect(self._on_gallery_position_chosen)

    def forget_drawn(self) -> None:
        self._evaluation = None

    def draw(self, view: View | None) -> None:
        if view is None:
            self._dataset = None
            self.accuracy_label.setText("")
            self._layout.show_reason(NO_RUN)
            return
        self._layout.show_content()
        dataset = view.run.dataset
        # Not the run: another learning rate, or a reset, leaves the examples as is.
        has_new_examples = dataset is not self._dataset
        if has_new_examples:
            self._dataset = dataset
            self._last_index = None
            self.filter_bar.set_classes(dataset.class_names)
        if has_new_examples or view.evaluation is not self._evaluation:
            self._evaluation = view.evaluation
            self._show_tiles(view, from_start=has_new_examples)
        self._mark(view)

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        bar = self.filter_bar
        return (self.accuracy_label,), (bar.verdicts, bar.random_button)

    def _arrange(self) -> None:
        self.accuracy_label.setFont(theme.figures_font(self.font()))
        self.accuracy_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.detail_label.setFont(theme.figures_font(self.font()))
        self.detail_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        content = QWidget(self)
        column = QVBoxLayout(content)
        pad = tokens.space("panel_pad")
        ScaledMargins(column, (pad, 0, pad, tokens.space("xs")), content)
        column.setSpacing(tokens.space("xs"))
        header = QHBoxLayout()
        for part in self.header_parts():
            for widget in part:
                header.addWidget(widget)
        nest(column, header)
        # It gives way to the controls, and stands in a tooltip, too.
        self.detail_label.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.detail_label, 1)
        row.addStretch(0)
        row.addWidget(self.filter_bar)
        nest(column, row)
        column.addWidget(self.gallery, 1)
        self._layout = PlaceholderLayout(self, content)
        self._layout.show_reason(NO_RUN)
        self.setMinimumSize(*tokens.lengths("examples_panel.least"))

    def _show_tiles(self, view: View, *, from_start: bool) -> None:
        """Filter again and keep the visible examples in place, or go to the start."""
        chosen = self.filter_bar.example_filter
        dataset, evaluation = view.run.dataset, view.evaluation
        split = dataset.test
        errors = errors_of(dataset, evaluation)
        order = matching(chosen, split.labels, evaluation, errors)
        output = view.spec.activations[-1]
        of = view.run.experiment.data.tested_on
        tiles = ClassifiedTiles(dataset, order, evaluation, output, errors, of)
        self.gallery.set_nothing_text(_nothing_text(chosen, evaluation))
        if from_start:
            self.gallery.set_source(tiles)
            self.gallery.scroll_to_start()
            self._anchor = None
        else:
            self.gallery.set_source(tiles, self._held_position(chosen, order))
            self._hold()
        result = NOT_READ if evaluation is None else result_text(dataset, evaluation)
        is_own = of == "test" or evaluation is None
        self.accuracy_label.setText(
            result if is_own else tr("{result}, of the training data", result=result)
        )
        self.detail_label.setText(_detail_text(len(order), evaluation))
        self.accuracy_label.setToolTip(self.detail_label.text())
        self._fit_detail()

    def _fit_detail(self) -> None:
        """Show the line whole or not at all."""
        pad = round(tokens.space("panel_pad") * scale_of(self.font()))
        room = self.width() - 2 * pad
        wanted = self.detail_label.sizeHint().width() + grown(self, tokens.space("m"))
        fits = room >= wanted + self.filter_bar.sizeHint().width()
        self.detail_label.setVisible(fits)
        # A whole row of images.
        row = self.filter_bar.sizeHint().height() + 3 * grown(self, tokens.space("xs"))
        self.setMinimumHeight(
            max(
                tokens.length("examples_panel.least_height"),
                row + self.gallery.grid.tile_height,
            )
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_detail()

    def _held_position(self, chosen: ExampleFilter, order: IntArray) -> int | None:
        """The position of the grid's top example in the new order.

        The anchor stays the same example until the user scrolls: taking the new first
        one each time would let the picture drift by a row with each evaluation.
        """
        top, source = self.gallery.top_position, self.gallery.source
        if not chosen.in_index_order or top is None or source is None:
            return None
        if self._anchor is None or self._anchor[1] != self.gallery.scroll_value:
            self._anchor = int(source.order[top]), self.gallery.scroll_value
        return nearest_position(order, self._anchor[0])

    def _hold(self) -> None:
        if self._anchor is not None:
            self._anchor = self._anchor[0], self.gallery.scroll_value

    def _mark(self, view: View) -> None:
        index = view.example.index if view.example.origin == "test" else None
        if index is not None:
            self._last_index = index
        source = self.gallery.source
        if source is not None:
            self.gallery.set_current(position_of(source.order, index))

    def _choose(self, position: int) -> None:
        source = self.gallery.source
        if source is None or self._dataset is None:
            return
        index = int(source.order[position])
        self._last_index = index
        split = self._dataset.test
        self.example_chosen.emit(ShownExample.of(split, index, "test"))

    def _on_gallery_position_chosen(self, position: int) -> None:
        self._choose(position)

    def _on_filter_bar_filter_changed(self, chosen: ExampleFilter) -> None:
        del chosen
        if self.view is None or self._dataset is None:
            return
        self._show_tiles(self.view, from_start=True)
        self._mark(self.view)
        if self.gallery.grid.current is not None:
            self.gallery.scroll_to(self.gallery.grid.current)

    def _on_filter_bar_step_requested(self, step: int) -> None:
        source = self.gallery.source
        if source is None or len(source.order) == 0:
            return
        position = position_of(source.order, self._last_index)
        if position is not None:
            target = position + step
        else:
            target = self._position_beside(source.order, step)
        target = min(max(target, 0), len(source.order) - 1)
        self.gallery.scroll_to(target)
        self._choose(target)

    def _position_beside(self, order: IntArray, step: int) -> int:
        """The position to continue from when the filter excludes the shown example."""
        ascending = self.filter_bar.example_filter.in_index_order
        if self._last_index is None or not ascending:
            return self.gallery.top_position or 0
        place = nearest_position(order, self._last_index)
        return place if step > 0 else place - 1

    def _on_filter_bar_random_requested(self) -> None:
        source = self.gallery.source
        if source is not None and len(source.order):
            position = int(self._random.integers(len(source.order)))
            self.gallery.scroll_to(position)
            self._choose(position)


def _nothing_text(chosen: ExampleFilter, evaluation: Evaluated | None) -> str:
    if evaluation is None:
        return NOT_READ
    return ALL_RIGHT if chosen == ExampleFilter("wrong") else NO_MATCH


def _detail_text(shown: int, evaluation: Evaluated | None) -> str:
    text = tr("{shown} shown", shown=number_format.count(shown))
    if evaluation is None:
        return text
    return tr(
        "{text}, as of step {step}",
        text=text,
        step=number_format.count(evaluation.step),
    )
