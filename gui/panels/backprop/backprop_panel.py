"""One example forward and backward through the network, stage by stage."""

import dataclasses
from typing import ClassVar, Final

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.panels.backprop import BACKPROP
from gui.panels.backprop.forward_backward import (
    ForwardBackward,
    backward_of,
    chosen_units,
)
from gui.panels.backprop.stage_list import StageList
from gui.panels.backprop.stage_page import StagePage
from gui.panels.backprop.stages import Stage, position_of, short_title, stages_of
from gui.panels.backprop.stepper import Stepper
from gui.panels.base import Panel, PanelEntry
from gui.session.selection import Selection
from gui.session.view_state import View
from gui.widgets.placeholder import PlaceholderLayout

NOTHING_YET: Final = "No network yet. Start a run to follow an example through it."


class BackpropPanel(Panel):
    """Keeps the stage; everything else comes with the view."""

    entry: ClassVar[PanelEntry] = BACKPROP

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[Stage, ...] = ()
        self._shown: tuple[object, ...] = ()
        self._chosen: dict[int, int] = {}
        content = QWidget(self)
        self.stepper = Stepper(content)
        self.list = StageList(content)
        self.page = StagePage(content)
        parts = QHBoxLayout()
        parts.setSpacing(6)
        parts.addWidget(self.list)
        parts.addWidget(self.page, 1)
        column = QVBoxLayout(content)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(6)
        column.addWidget(self.stepper)
        column.addLayout(parts, 1)
        self._stack = PlaceholderLayout(self, content)
        self._stack.show_reason(NOTHING_YET)
        self._connect()

    def _connect(self) -> None:
        self.stepper.position_changed.connect(self._on_stepper_position_changed)
        self.list.stage_chosen.connect(self.stepper.go_to)
        self.list.walked.connect(self._on_list_walked)
        self.page.selection_clicked.connect(self._on_page_selection_clicked)
        self.page.class_chosen.connect(self._on_page_class_chosen)

    @property
    def stage(self) -> Stage | None:
        """The stage that is shown."""
        return self._stages[self.stepper.position] if self._stages else None

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

    def _renew_stages(self, view: View) -> None:
        stages = stages_of(view.spec)
        titles = [short_title(view.spec, stage) for stage in stages]
        if stages != self._stages:
            stage, before = self.stage, self._stages
            self._stages = stages
            position = 0 if stage is None else position_of(stage, before, stages)
            self.stepper.set_count(len(stages), position)
        self.list.set_titles(titles)
        self.list.show_position(self.stepper.position)

    def _on_stepper_position_changed(self, position: int) -> None:
        self.list.show_position(position)
        if self.view is not None and self.isVisible():
            self.draw(self.view)

    def _on_list_walked(self, direction: int) -> None:
        self.stepper.go_to(self.stepper.position + direction)

    def _on_page_selection_clicked(self, selection: Selection) -> None:
        self.selection_made.emit(selection)

    def _on_page_class_chosen(self, label: int) -> None:
        if self.view is not None:
            example = dataclasses.replace(self.view.example, label=label)
            self.example_chosen.emit(example)

    def hideEvent(self, event: QHideEvent) -> None:
        self.stepper.stop()
        super().hideEvent(event)
