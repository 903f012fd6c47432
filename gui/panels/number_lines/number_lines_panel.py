"""Drag a weight and see z, a and the cost follow; intervene and compare."""

import time
from typing import ClassVar, Final

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from core.network.numpy.number_lines import (
    MOST_IN_FLOAT64,
    LineValues,
    ParameterProbe,
    as_float32,
)
from core.values.parameter import Edit, Parameter, Unit
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.number_lines import NUMBER_LINES
from gui.panels.number_lines.change_list import ChangeList
from gui.panels.number_lines.changes import (
    Ablated,
    Frozen,
    Held,
    Intervention,
    changes_of,
)
from gui.panels.number_lines.cost_curve import CostCurve
from gui.panels.number_lines.line_stack import LineStack
from gui.panels.number_lines.lines import Curve, curve_of, lines_of
from gui.panels.number_lines.parameter_probe import (
    first_reach,
    ground_of,
    moved_parameter,
)
from gui.panels.number_lines.sensitivity_box import SensitivityBox
from gui.panels.number_lines.what_if_bar import WhatIfBar
from gui.session.first_selection import first_selection
from gui.session.parameter_names import short_name_of
from gui.session.view_state import View
from gui.style import tokens
from gui.style.symbols import of_parameter
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.scaled_margins import ScaledMargins, ScaledSpacing

NOTHING_YET: Final = tr("No network yet. Start a run to move its weights.")
NOTHING_SELECTED: Final = tr(
    "Select a weight, a bias or a unit in any panel to see what it does to the cost"
)
MOVE: Final = tr("Move it, and everything that depends on it moves along")
SELECT: Final = tr("Select a weight for me")
NO_LABEL: Final = tr(
    "The cost needs a target. Choose it in the Backpropagation panel, at stage Cost."
)
EDIT_MILLISECONDS: Final = 30
"""Minimum time between two values that are sent to the run while dragging."""
CATCH_UP_SECONDS: Final = 0.6
"""How long the released value is shown before the run has it."""
STEPS_ACROSS: Final = 200
LIVE_SECONDS: Final = 0.1
"""Minimum time between two updates for a large network while it trains."""


class NumberLinesPanel(Panel):
    """Keeps the range, the pinned parameter, and the value being dragged."""

    entry: ClassVar[PanelEntry] = NUMBER_LINES
    in_step = True
    is_dear = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run_id: int | None = None
        self._ground: ParameterProbe | None = None
        self._ground_of: tuple[object, ...] = ()
        self._ground_at = 0.0
        self._centre = 0.0
        self._reach = 1.0
        self._curve: Curve | None = None
        self._now: LineValues | None = None
        self._moved: float | None = None
        self._moved_at = 0.0
        self._pending: Edit | None = None
        self._send_timer = QTimer(self)
        self._send_timer.setSingleShot(True)
        self._send_timer.setInterval(EDIT_MILLISECONDS)
        self._send_timer.timeout.connect(self._send)
        self._pinned: Parameter | None = None
        content = QWidget(self)
        self.bar = WhatIfBar(content)
        self.changes = ChangeList(content)
        self.stack = LineStack(content)
        self.curve = CostCurve(content)
        self.sensitivity = SensitivityBox(content)
        self._build(content)
        self._stack = PlaceholderLayout(self, content)
        self._stack.show_reason(NOTHING_YET)
        self._stack.act_requested.connect(self._on_stack_act_requested)
        self._connect()

    def _on_stack_act_requested(self) -> None:
        if self.view is not None:
            self.selection_made.emit(first_selection(self.view))

    def _build(self, content: QWidget) -> None:
        scroll = QScrollArea(content)
        scroll.setWidget(self.stack)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        parts = QSplitter(Qt.Orientation.Horizontal, content)
        parts.addWidget(scroll)
        parts.addWidget(self.curve)
        parts.setChildrenCollapsible(False)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        column = QVBoxLayout(content)
        pad = tokens.space("panel_pad")
        ScaledMargins(column, (pad, 0, pad, tokens.space("xs")), content)
        ScaledSpacing(column, tokens.space("xs"), self)
        column.addWidget(self.bar)
        column.addWidget(self.changes)
        column.addWidget(parts, 1)
        column.addWidget(self.sensitivity)

    def _connect(self) -> None:
        self.bar.value_entered.connect(self._on_bar_value_entered)
        self.bar.stepped.connect(self._on_bar_stepped)
        self.bar.freezing_requested.connect(self._on_bar_freezing_requested)
        self.bar.ablation_requested.connect(self._on_bar_ablation_requested)
        self.bar.release_requested.connect(self._on_bar_release_requested)
        self.bar.pin_requested.connect(self._on_bar_pin_requested)
        self.bar.zoomed.connect(self._on_zoomed)
        self.curve.zoomed.connect(self._on_zoomed)
        self.curve.dragged.connect(self._on_curve_dragged)
        self.stack.dragged.connect(self._on_stack_dragged)
        self.stack.stepped.connect(self._on_stack_stepped)
        self.stack.released.connect(self._on_stack_released)
        self.changes.take_back_requested.connect(self._on_take_back_requested)
        self.sensitivity.unpin_requested.connect(self._on_unpin_requested)
        self.sensitivity.wiggle_changed.connect(self._on_wiggle_changed)

    def draw(self, view: View | None) -> None:
        run_id = None if view is None else view.run.run_id
        if run_id != self._run_id:
            self._begin(run_id)
        selection = None if view is None else view.selection
        if view is None or view.target is None or selection is None:
            self._show_nothing_to_move()
            if view is not None and selection is None:
                offer = (NOTHING_SELECTED, MOVE, SELECT)
                self._stack.show_offer("sliders-horizontal", *offer)
            else:
                self._stack.show_reason(NOTHING_YET if view is None else NO_LABEL)
            return
        self._stack.show_content()
        parameter = moved_parameter(view, selection)
        self.changes.show_changes(view, changes_of(view))
        self.bar.show_selection(view, selection, parameter)
        if parameter is None:
            self._show_nothing_to_move()
            return
        self._renew_ground(view, parameter)
        self._show_moved(view)
        self._show_sensitivity(view)

    def _begin(self, run_id: int | None) -> None:
        self._run_id = run_id
        self._ground, self._ground_of = None, ()
        self._pinned, self._moved, self._pending = None, None, None

    def _show_nothing_to_move(self) -> None:
        self._ground, self._ground_of = None, ()
        self.stack.show_lines(())
        self.curve.hide()
        self.sensitivity.hide()

    def _renew_ground(self, view: View, parameter: Parameter) -> None:
        """Read the network again, and choose a range that contains the value."""
        is_other = self._ground is None or self._ground.parameter != parameter
        of = (view.params, view.example, view.held, view.run.experiment, parameter)
        now = time.perf_counter()
        if is_other:
            self._moved = None
        elif _is_large(view) and now - self._ground_at < LIVE_SECONDS:
            return
        elif (
            self._moved is not None and self._is_dragging and not view.snapshot.playing
        ):
            return  # the value before dragging stays visible
        if not is_other and all(
            new is old for new, old in zip(of[:-1], self._ground_of[:-1], strict=True)
        ):
            return
        self._ground = ground_of(view, parameter)
        self._ground_of, self._ground_at = of, now
        value = self._ground.value
        if is_other:
            self._centre, self._reach = 0.0, first_reach(value)
        self._keep_in_range(value)
        self._forget_caught_up(view, value)

    def _keep_in_range(self, value: float) -> None:
        if np.isfinite(value) and abs(value - self._centre) > self._reach:
            self._centre = value
        self._curve = None

    def _forget_caught_up(self, view: View, value: float) -> None:
        if self._moved is None or self._is_dragging:
            return
        waited = time.perf_counter() - self._moved_at > CATCH_UP_SECONDS
        if as_float32(self._moved) == value or waited or view.snapshot.playing:
            self._moved = None

    def _show_moved(self, view: View) -> None:
        ground = self._ground
        if ground is None:
            return
        if self._curve is None:
            low, high = self._centre - self._reach, self._centre + self._reach
            self._curve = curve_of(ground, low, high)
        now = ground.still
        if self._moved is not None:
            now = ground.reading(as_float32(self._moved))
        self._now = now
        self.curve.show()
        self.curve.show_curve(self._curve, now, str(of_parameter(ground.parameter)))
        self.stack.show_lines(lines_of(view, ground, now, self._curve))

    def _show_sensitivity(self, view: View) -> None:
        pinned, ground = self._pinned, self._ground
        self.sensitivity.setVisible(pinned is not None)
        if pinned is None or ground is None:
            return
        other = ground_of(view, pinned)
        this = None if pinned == ground.parameter else ground
        run, here = view.run, ground.parameter
        names = (
            short_name_of(run, here),
            tr("pinned: {short_name}", short_name=short_name_of(run, pinned)),
        )
        self.sensitivity.show_pair(names, this, other)

    @property
    def _drawn(self) -> View | None:
        """The newest view, if it is of the run whose values are shown.

        A panel that is held back shows those of the run before for a moment, whose
        network may have had other layers.
        """
        view = self.view
        return None if view is None or view.run.run_id != self._run_id else view

    @property
    def _is_dragging(self) -> bool:
        return self.stack.is_dragging or self.curve.is_dragging

    @property
    def _selected_unit(self) -> Unit | None:
        selection = None if self._drawn is None else self._drawn.selection
        return selection if isinstance(selection, Unit) else None

    @property
    def now(self) -> LineValues | None:
        """The values that the lines show."""
        return self._now

    def _edit(
        self, parameter: Parameter, value: float, *, at_once: bool = True
    ) -> None:
        """Set a parameter: here at once, in the run a little later."""
        view, ground = self._drawn, self._ground
        if view is None or not np.isfinite(as_float32(value)):
            return
        now = time.perf_counter()
        if ground is not None and parameter == ground.parameter:
            self._moved, self._moved_at = value, now
            if abs(value - self._centre) > self._reach:
                self._keep_in_range(value)
            self._show_moved(view)
        else:
            self._moved = None
        is_resting = not self._send_timer.isActive()
        self._pending = Edit(parameter, as_float32(value))
        if at_once or is_resting:
            self._send()
            self._send_timer.start()

    def _send(self) -> None:
        """Send the newest value to the run."""
        if self._pending is not None:
            edit, self._pending = self._pending, None
            self.edits_made.emit((edit,))

    def _on_stack_dragged(self, row: int, value: float, done: bool) -> None:
        line = self.stack.lines[row]
        if line.parameter is not None:
            self._edit(line.parameter, value, at_once=done)
        elif line.unit is not None:
            self._hold(line.unit, value)

    def _hold(self, unit: Unit, value: float) -> None:
        """Hold an activation at a value that a float32 has; others say nothing."""
        if self._drawn is not None and np.isfinite(as_float32(value)):
            self.hold_requested.emit(unit, as_float32(value))

    def _on_curve_dragged(self, value: float, done: bool) -> None:
        if self._ground is not None:
            self._edit(self._ground.parameter, value, at_once=done)

    def _on_stack_stepped(self, row: int, steps: float) -> None:
        line = self.stack.lines[row]
        value = line.value + steps * (line.high - line.low) / STEPS_ACROSS
        self._on_stack_dragged(row, value, True)

    def _on_stack_released(self, row: int) -> None:
        unit = self.stack.lines[row].unit
        if self._drawn is not None and unit is not None:
            self.hold_requested.emit(unit, None)

    def _on_bar_value_entered(self, value: float) -> None:
        unit = self._selected_unit
        if unit is not None:
            self._hold(unit, value)
        elif self._ground is not None:
            self._edit(self._ground.parameter, value)

    def _on_bar_stepped(self, steps: float) -> None:
        view, unit = self._drawn, self._selected_unit
        if view is not None and unit is not None:
            value = float(view.trace.layer(unit.layer)[unit.unit])
            self._on_bar_value_entered(value + steps * 0.01)
        elif self._ground is not None:
            value = self._ground.value if self._moved is None else self._moved
            self._edit(
                self._ground.parameter, value + steps * 2 * self._reach / STEPS_ACROSS
            )

    def _on_zoomed(self, direction: int) -> None:
        view, ground = self._drawn, self._ground
        if view is None or ground is None:
            return
        factor = 0.5 if direction > 0 else 2.0
        self._reach = min(1e4, max(1e-4, self._reach * factor))
        self._centre = ground.value if np.isfinite(ground.value) else 0.0
        self._curve = None
        self._show_moved(view)

    def _on_bar_freezing_requested(self, on: bool) -> None:
        view, ground = self._drawn, self._ground
        if view is not None and ground is not None:
            one, frozen = frozenset({ground.parameter}), view.frozen
            self.freeze_requested.emit(frozen | one if on else frozen - one)

    def _on_bar_ablation_requested(self, on: bool) -> None:
        if self._selected_unit is not None:
            self.ablation_requested.emit(self._selected_unit, on)

    def _on_bar_release_requested(self) -> None:
        if self._selected_unit is not None:
            self.hold_requested.emit(self._selected_unit, None)

    def _on_take_back_requested(self, change: Intervention) -> None:
        view = self._drawn
        if view is None:
            return
        if isinstance(change, Held):
            self.hold_requested.emit(change.unit, None)
        elif isinstance(change, Ablated):
            self.ablation_requested.emit(change.unit, False)
        elif isinstance(change, Frozen):
            self.freeze_requested.emit(view.frozen - {change.parameter})
        elif change.original is not None:
            self._edit(change.parameter, change.original)

    def _on_bar_pin_requested(self) -> None:
        view, ground = self._drawn, self._ground
        if view is not None and ground is not None:
            self._pinned = ground.parameter
            self._show_sensitivity(view)

    def _on_unpin_requested(self) -> None:
        self._pinned = None
        self.sensitivity.hide()

    def _on_wiggle_changed(self, _wiggle: float) -> None:
        view = self._drawn
        if view is not None:
            self._show_sensitivity(view)

    def minimumSizeHint(self) -> QSize:
        return QSize(*tokens.lengths("number_lines_panel.least"))


def _is_large(view: View) -> bool:
    """Whether the network is training and too large to be read in every frame."""
    large = view.spec.parameter_count > MOST_IN_FLOAT64
    return view.snapshot.playing and large
