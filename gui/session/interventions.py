"""Interventions in the running network: edits, freezing, ablation, held activations."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from core.network.numpy.forward import NOTHING_HELD, HeldActivations
from core.protocol.messages import Command, EditParams, SetFrozen
from core.values.parameter import Edit, Parameter, Unit
from core.values.words import tr
from gui.session.document.document import ExperimentDocument
from gui.session.intervention_commands import HoldCommand, InterventionCommand
from gui.session.intervention_log import Intervention
from gui.session.parameter_names import name_of
from gui.session.view_state import View
from gui.style.key_names import key_text
from gui.style.number_format import count


class Interventions(QObject):
    """Turns what the user tries into commands that the document's undo takes back.

    Attributes:
        held: activations of the shown example that are held at a value.

    Signals:
        held_changed: `held` is another one.
        went_back: text for the user, and the step that the run has gone back to.
        changed: something else is true of the weights than what was told.
    """

    held_changed = Signal()
    went_back = Signal(str, int)
    changed = Signal()

    def __init__(
        self,
        post: Callable[[Command], None],
        when_shown: Callable[[Callable[[], None]], None],
        go_to_step: Callable[[int], None],
        document: ExperimentDocument,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._post = post
        self._when_shown = when_shown
        self._go_to_step = go_to_step
        self._document = document
        self._view: View | None = None
        self.held: HeldActivations = NOTHING_HELD
        self._frozen: frozenset[Parameter] = frozenset()
        self._awaits_frozen = False

    def begin(self) -> None:
        """Another run: its first view tells what is frozen."""
        self._view = None
        self.clear_holds()
        self._frozen = frozenset()
        self._awaits_frozen = True

    def take(self, view: View) -> None:
        """Look at the newest view: what was done is done to that one."""
        is_first = self._view is None
        self._view = view
        if self._awaits_frozen and (is_first or not view.snapshot.playing):
            self._frozen = view.frozen

    def on_seek(self) -> None:
        """After a seek: the next paused view tells what is frozen."""
        self._awaits_frozen = True

    def edit_params(self, edits: tuple[Edit, ...]) -> None:
        """Give weights and biases other values, from which training goes on."""
        self._when_shown(lambda: self._edit_params(edits))

    def _edit_params(self, edits: tuple[Edit, ...]) -> None:
        view = self._running
        if view is not None and edits:
            self._intervene(view, _change_text(view, edits), edits, self._frozen)

    def set_frozen(self, parameters: frozenset[Parameter]) -> None:
        """From now on no step changes these parameters, and every other one again."""
        self._when_shown(lambda: self._set_frozen(parameters))

    def _set_frozen(self, parameters: frozenset[Parameter]) -> None:
        view = self._running
        if view is not None and parameters != self._frozen:
            self._intervene(view, "freezing", (), parameters)

    def ablate_unit(self, unit: Unit) -> None:
        """Silence an input or hidden unit: outgoing weights 0, and frozen there."""
        self._when_shown(lambda: self._ablate_unit(unit))

    def _ablate_unit(self, unit: Unit) -> None:
        view = self._running
        if view is None or unit in view.ablated:
            return
        weights = unit.outgoing_weights(view.spec)
        if not weights:
            return  # what an output unit says is the answer: nothing leads on from it
        text = tr("ablation of {run}", run=name_of(view.run, unit))
        edits = tuple(Edit(parameter, 0.0) for parameter in weights)
        frozen = self._frozen | set(weights)
        done = self._intervene(view, text, edits, frozen)
        view.run.interventions.ablations[unit] = done

    def restore_unit(self, unit: Unit) -> None:
        """Give an ablated unit the outgoing weights back that it had."""
        self._when_shown(lambda: self._restore_unit(unit))

    def _restore_unit(self, unit: Unit) -> None:
        view = self._running
        if view is None or unit not in view.ablated:
            return
        weights = unit.outgoing_weights(view.spec)
        text = tr("restoring of {run}", run=name_of(view.run, unit))
        ablation = view.run.interventions.ablations.get(unit)
        if ablation is None:
            self._intervene(view, text, (), self._frozen - set(weights))
        else:
            thawed = set(weights) - ablation.frozen_before
            self._intervene(view, text, ablation.before, self._frozen - thawed)
            view.run.interventions.ablations.pop(unit, None)

    def hold_activation(self, unit: Unit, value: float | None) -> None:
        """Hold a unit of the shown example at a value; None releases it.

        The effect on the forward and backward pass is seen in every panel; the weights
        are not touched.
        """
        view = self._view
        if (
            view is None
            or not unit.is_in(view.spec)
            or unit.layer == view.spec.n_layers
        ):
            return
        held = {k: v for k, v in self.held.items() if k != unit}
        if value is not None:
            held[unit] = value
        text = tr("held activation of {run}", run=name_of(view.run, unit))
        command = HoldCommand(text, view.run.run_id, (self.held, held), self._hold)
        self._document.undo_stack.push(command)

    def clear_holds(self) -> None:
        """Held activations belong to the example that was shown."""
        if self.held:
            self.held = NOTHING_HELD
        self._document.undo_stack.forget(lambda c: isinstance(c, HoldCommand))

    @property
    def _running(self) -> View | None:
        """The view, unless it is of a run that is about to be replaced."""
        view = self._view
        if view is None or view.run.run_id != self._document.situation.run_id:
            return None
        return view

    def _intervene(
        self,
        view: View,
        text: str,
        edits: tuple[Edit, ...],
        frozen: frozenset[Parameter],
    ) -> Intervention:
        before = tuple(
            Edit(edit.parameter, edit.parameter.value_in(view.params)) for edit in edits
        )
        if view.snapshot.is_past:
            view.run.interventions.leave()
        view.run.interventions.note_originals(before, view.edited)
        change = Intervention(before, edits, self._frozen, frozen)
        place = (view.run.run_id, view.snapshot.step)
        command = InterventionCommand(text, place, change, self._do)
        self._document.undo_stack.push(command)
        return change

    def _do(
        self, change: Intervention, command: InterventionCommand, side: str
    ) -> None:
        self.changed.emit()
        view = self._view
        if view is not None and command.step is not None:
            place = (view.run.run_id, view.snapshot.step)
            if command.leads_back_from(*place):
                view.run.interventions.leave()
                self._go_to_step(command.step)
                text = _told_of_going_back(command, place[1], side)
                self.went_back.emit(text, command.step)
        if change.after:
            self._post(EditParams(change.after))
        if change.frozen_after != change.frozen_before:
            self._frozen = change.frozen_after
            self._awaits_frozen = False
            self._post(SetFrozen(change.frozen_after))

    def _hold(self, held: HeldActivations) -> None:
        self.held = held
        self.held_changed.emit()


def _told_of_going_back(command: InterventionCommand, left: int, side: str) -> str:
    assert command.step is not None
    return tr(
        "Back at step {step}, {side} the {text}. The steps after it, up to {left}, "
        "are kept: {value} goes there.",
        step=count(command.step),
        side=side,
        text=command.text(),
        left=count(left),
        value=key_text("Ctrl+B"),
    )


def _change_text(view: View, edits: tuple[Edit, ...]) -> str:
    if len(edits) > 1:
        return tr("change of {edits} parameters", edits=len(edits))
    return tr("change of {run}", run=name_of(view.run, edits[0].parameter))
