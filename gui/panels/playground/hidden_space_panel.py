"""The hidden space: the examples as a layer represents them, separated by learning."""

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.arrays import FloatArray, IntArray
from core.data.dataset import Dataset
from core.values.network_spec import NetworkSpec
from core.values.parameter import Unit
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.playground import HIDDEN_SPACE
from gui.panels.playground.class_legend import ClassLegend
from gui.panels.playground.hidden_canvas import HiddenCanvas
from gui.panels.playground.hidden_points import MOST_POINTS, HiddenRequest, run_to_layer
from gui.runtime.layout_items import nest
from gui.session.parameter_names import name_in_layer
from gui.session.view_state import View
from gui.style import tokens
from gui.style.number_format import count
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.scaled_margins import ScaledMargins

NOTHING_YET = tr("No network yet. Start a run to see it here.")
NO_CLASSES = tr(
    "The hidden space is coloured by class, and this data set has no classes"
)
PRESET = "spiral"
CLASSES = tr("Two classes in a spiral, which hidden layers pull apart")
CHOOSE_CLASSES = tr("Begin with the spiral")
_SAMPLE_SEED = 1
_MOST_LISTED = 200
_FEW = 300


class HiddenSpacePanel(Panel):
    """Examples over two or three units of a layer, coloured by their class."""

    entry: ClassVar[PanelEntry] = HIDDEN_SPACE
    in_step = True
    yields_to_training = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = QWidget(self)
        self.canvas = HiddenCanvas(self._content)
        self._legend = ClassLegend(self._content, scale=False)
        self._dataset: Dataset | None = None
        self._inputs: FloatArray = np.empty((0, 0), np.float32)
        self._labels: IntArray = np.empty(0, np.int32)
        self._shown_spec: NetworkSpec | None = None
        column = QVBoxLayout(self._content)
        pad = tokens.space("panel_pad")
        ScaledMargins(column, (pad, 0, pad, tokens.space("xs")), self._content)
        column.setSpacing(tokens.space("xs"))
        self._make_choices()
        # What the header takes, where the panel has one.
        above, below = QHBoxLayout(), QHBoxLayout()
        for widget in self.header_parts()[1]:
            above.addWidget(widget)
        below.setSpacing(tokens.space("xs"))
        for axis, box in zip(self._axes, self.unit_boxes, strict=True):
            below.addWidget(axis)
            below.addWidget(box, 1)
        below.addSpacing(tokens.space("xs"))
        below.addWidget(self.widest)
        nest(column, above)
        column.addWidget(self.canvas, 1)
        column.addWidget(self._legend)
        nest(column, below)
        self._stack = PlaceholderLayout(self, self._content)
        self._stack.show_reason(NOTHING_YET)
        self._stack.act_requested.connect(self._on_stack_act_requested)

    def _on_stack_act_requested(self) -> None:
        self.preset_requested.emit(PRESET)

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (), (self.layer_box,)

    def _make_choices(self) -> None:
        self.layer_box = self._box(tr("The layer whose units are the axes"))
        self.unit_boxes = tuple(
            self._box(tr("The unit of the {name} axis", name=name))
            for name in (tr("first"), tr("second"), tr("third"))
        )
        self.layer_box.activated.connect(self._on_layer_box_activated)
        self.layer_box.setMinimumContentsLength(7)
        self._axes = tuple(QLabel(name, self._content) for name in ("x", "y", "z"))
        for box in self.unit_boxes:
            box.activated.connect(self._on_unit_box_activated)
        self.widest = QPushButton(tr("Widest"), self._content)
        self.widest.setToolTip(
            tr("Take the units that differ most between the examples")
        )
        self.widest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.widest.clicked.connect(self._on_widest_clicked)

    def _box(self, tip: str) -> QComboBox:
        box = QComboBox(self._content)
        box.setToolTip(tip)
        box.setAccessibleName(tip)
        box.setMinimumWidth(tokens.length("hidden_space_panel.least_width"))
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        box.setSizeAdjustPolicy(policy)
        return box

    def draw(self, view: View | None) -> None:
        is_seen = view is not None and view.run.dataset.has_classes
        # It would go on naming the layers of another network.
        self.layer_box.setVisible(is_seen)
        if view is None or not is_seen:
            if view is None:
                self._stack.show_reason(NOTHING_YET)
            else:
                offer = (NO_CLASSES, CLASSES, CHOOSE_CLASSES)
                self._stack.show_offer("chart-scatter", *offer)
            self.canvas.show_request(None, playing=False)
            return
        self._stack.show_content()
        if view.run.dataset is not self._dataset or view.spec != self._shown_spec:
            self._take_examples(view.run.dataset)
            self._show_layers(view)
        self._show(view)

    def _show_layers(self, view: View) -> None:
        """Keep the choice if possible, else take the last hidden layer."""
        old, spec = self.layer_box.currentIndex(), view.spec
        self._shown_spec = spec
        self.layer_box.clear()
        for layer in range(spec.n_layers + 1):
            self.layer_box.addItem(spec.layer_name(layer))
        kept = 0 <= old <= spec.n_layers and old != 0
        self.layer_box.setCurrentIndex(old if kept else max(spec.n_layers - 1, 0))
        self._show_units(view)

    def _show_units(self, view: View) -> None:
        layer = self.layer_box.currentIndex()
        units = min(view.spec.layer_sizes[layer], _MOST_LISTED)
        shown = (Unit(layer, k) for k in range(units))
        names = [name_in_layer(view.run, unit, bare=True) for unit in shown]
        for axis, box in enumerate(self.unit_boxes):
            old = box.currentIndex()
            box.clear()
            box.addItems([*(["\N{EN DASH}"] if axis == 2 else []), *names])
            known = 0 <= old < box.count()
            box.setCurrentIndex(old if known else min(axis % 2, box.count() - 1))
        if self.unit_boxes[0].currentIndex() == self.unit_boxes[1].currentIndex():
            self.unit_boxes[1].setCurrentIndex(min(1, units - 1))

    def _take_examples(self, dataset: Dataset) -> None:
        """The test set or a sample of it; for points also the training points."""
        self._dataset = dataset
        is_points = dataset.space is not None
        has_test = dataset.test is not dataset.train
        is_both = is_points and has_test
        splits = (dataset.test, dataset.train) if is_both else (dataset.test,)
        inputs, labels, total = [], [], 0
        for split in splits:
            n, most = len(split), MOST_POINTS // len(splits)
            random = np.random.default_rng(_SAMPLE_SEED)
            chosen = np.sort(random.permutation(n)[:most])
            inputs.append(split.network_inputs(chosen))
            labels.append(split.labels[chosen])
            total += n
        self._inputs = np.concatenate(inputs)
        self._labels = np.concatenate(labels)
        self._legend.set_names(dataset.class_names)
        what = tr("test examples") if has_test and not is_points else tr("examples")
        self.setToolTip(
            tr(
                "{labels} of {total} {what}",
                labels=count(len(self._labels)),
                total=count(total),
                what=what,
            )
        )

    @property
    def units(self) -> tuple[int, ...]:
        """The chosen units: two, or three when the third axis is in use."""
        x, y, z = (box.currentIndex() for box in self.unit_boxes)
        return (x, y) if z <= 0 else (x, y, z - 1)

    def _show(self, view: View) -> None:
        layer, units = self.layer_box.currentIndex(), self.units
        names = tuple(name_in_layer(view.run, Unit(layer, unit)) for unit in units)
        request = HiddenRequest(
            view.spec, view.params, self._inputs, self._labels, layer, units, names
        )
        self.canvas.show_request(request, playing=view.snapshot.playing)

    def _on_layer_box_activated(self) -> None:
        if self.view is not None:
            self._show_units(self.view)
            self._show(self.view)

    def _on_widest_clicked(self) -> None:
        view = self.view
        if view is None:
            return
        layer, few = self.layer_box.currentIndex(), slice(_FEW)
        n_units = self.unit_boxes[0].count()
        request = HiddenRequest(
            view.spec,
            view.params,
            self._inputs[few],
            self._labels[few],
            layer,
            tuple(range(n_units)),
        )
        spread = np.nan_to_num(np.std(run_to_layer(request).places, axis=0))
        order = np.argsort(-spread, kind="stable").tolist()
        x, y, z = self.unit_boxes
        x.setCurrentIndex(order[0])
        y.setCurrentIndex(order[1] if n_units > 1 else order[0])
        if z.currentIndex() > 0 and n_units > 2:
            z.setCurrentIndex(order[2] + 1)
        self._show(view)

    def _on_unit_box_activated(self) -> None:
        if self.view is not None:
            self._show(self.view)
