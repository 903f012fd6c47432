"""One example forward and backward through the network, stage by stage."""

import dataclasses
from typing import ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.values.parameter import Parameter
from core.values.words import tr
from gui.panels.backprop import BACKPROP
from gui.panels.backprop.forward_backward import ForwardBackward, chosen_units
from gui.panels.backprop.stage_chips import StageChips
from gui.panels.backprop.stage_page import StagePage
from gui.panels.backprop.stages import Stage, position_of, stage_names, stages_of
from gui.panels.backprop.stepper import Stepper
from gui.panels.base import Panel, PanelEntry
from gui.session.example_backward import backward_of
from gui.session.first_selection import asks_nothing, first_selection
from gui.session.selection import Selection
from gui.session.view_state import View
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.strips.strip import Strip

NOTHING_YET: Final = tr("No network yet. Start a run to follow an example through it.")


class BackpropPanel(Panel):
    """Keeps the stage; everything else comes with the view."""

    entry: ClassVar[PanelEntry] = BACKPROP
    in_step = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[Stage, ...] = ()
        self._wanted: Stage | None = None
        self._shown: tuple[object, ...] = ()
        self._chosen: dict[int, int] = {}
        self._selected_for: int | None = None
        self._own: Selection | None = None
        self._select_soon = QTimer(self)
        self._select_soon.setSingleShot(True)
        content = QWidget(self)
        self.strip = Strip("stage_strip", content)
        self.stepper = Stepper(self.strip)
        self.chips = StageChips(self.strip)
        self.strip.row.addWidget(self.stepper)
        self.strip.row.addWidget(self.chips, 1)
        self.page = StagePage(content)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.page, 1)
        self._stack = PlaceholderLayout(self, content)
        self._stack.show_reason(NOTHING_YET)
        self._connect()

    def strip_part(self) -> QWidget:
        return self.strip

    def _connect(self) -> None:
        self.stepper.position_changed.connect(self._on_stepper_position_changed)
        self.chips.stage_chosen.connect(self.stepper.go_to)
        self.chips.walked.connect(self._on_chips_walked)
        self._select_soon.timeout.connect(self._on_select_soon_timeout)
        self.page.selection_clicked.connect(self._on_page_selection_clicked)
        self.page.class_chosen.connect(self._on_page_class_chosen)

    @property
    def stage(self) -> Stage | None:
        """The stage that is shown."""
        return self._stages[self.stepper.position] if self._stages else None

    def choose(self, stage: Stage) -> None:
        """Show a stage, at the latest when there is a network that has it."""
        self._wanted = stage
        if self.view is not None and self.isVisible():
            self.draw(self.view)

    def draw(self, view: View | None) -> None:
        if view is None:
            self._stack.show_reason(NOTHING_YET)
            return
        self._stack.show_content()
        example = view.example
        shown = (view.run.run_id, example.origin, example.index, example.label)
        if shown != self._shown:
            # Other units matter in another example; the selection stays.
            self._shown, self._chosen = shown, {}
        self._renew_stages(view)
        backward = backward_of(view)
        self._chosen = chosen_units(view, backward, self._chosen)
        stage = self.stage
        if stage is not None:
            self.page.show_stage(ForwardBackward(view, backward, self._chosen), stage)
        if self._selects(view):
            # Later: not all panels have this view yet.
            self._select_soon.start()

    def _selects(self, view: View) -> bool:
        """Whether the panel has to select: at first, and where that shows nothing now.

        What the user selects stays, and so does everything while training goes on.
        """
        if self._selected_for != view.run.run_id:
            self._selected_for, self._own = view.run.run_id, None
            return view.selection is None
        own = view.selection
        if not isinstance(own, Parameter) or own != self._own:
            return False
        return not view.snapshot.playing and asks_nothing(view, own)

    def _renew_stages(self, view: View) -> None:
        stages = stages_of(view.spec)
        self.chips.set_names(stage_names(view.spec, stages))
        if stages != self._stages:
            stage, before = self.stage, self._stages
            self._stages = stages
            position = 0 if stage is None else position_of(stage, before, stages)
            self.stepper.set_count(len(stages), position)
        if self._wanted in stages:
            # Forgotten first: going there draws.
            wanted, self._wanted = stages.index(self._wanted), None
            self.stepper.go_to(wanted)
        self.chips.show_position(self.stepper.position)

    def _on_stepper_position_changed(self, position: int) -> None:
        self.chips.show_position(position)
        if (
            self.view is not None
            and self._own is not None
            and (self.view.selection == self._own)
        ):
            self._select_soon.start()
        if self.view is not None and self.isVisible():
            self.draw(self.view)

    def _on_chips_walked(self, direction: int) -> None:
        self.stepper.go_to(self.stepper.position + direction)

    def _on_select_soon_timeout(self) -> None:
        """Have something to look at, so that no formula is empty at the first look."""
        view, stage = self.view, self.stage
        if view is None or stage is None or not self.isVisible():
            return
        if view.selection is None or view.selection == self._own:
            # The first weights are those of the input.
            chosen = first_selection(view, max(1, stage.layer))
            if chosen != view.selection:
                self._own = chosen
                self.selection_made.emit(chosen)

    def _on_page_selection_clicked(self, selection: Selection) -> None:
        self.selection_made.emit(selection)

    def _on_page_class_chosen(self, label: int) -> None:
        if self.view is not None:
            example = dataclasses.replace(self.view.example, label=label)
            self.example_chosen.emit(example)

    def hideEvent(self, event: QHideEvent) -> None:
        self.stepper.stop()
        super().hideEvent(event)
