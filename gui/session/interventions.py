"""What the user tries on the running network: edits, freezing, ablation, holding."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from core.network.numpy.forward import NOTHING_HELD, HeldActivations
from core.protocol.messages import Command, EditParams, SetFrozen
from core.values.parameter import Edit, Parameter, Unit
from gui.session.intervention_history import Intervention, InterventionLog
from gui.session.parameter_names import name_of
from gui.session.view_state import View


class Interventions(QObject):
    """Turns what the user tries into commands, and remembers how to take it back.

    Attributes:
        held: activations of the shown example that are held at a value.

    Signals:
        held_changed: `held` is another one.
        undo_changed: what undo would take back and redo do again, each "" for nothing.
    """

    held_changed = Signal()
    undo_changed = Signal(str, str)

    def __init__(self, post: Callable[[Command], None], parent: QObject) -> None:
        super().__init__(parent)
        self._post = post
        self._view: View | None = None
        self.held: HeldActivations = NOTHING_HELD
        self._frozen: frozenset[Parameter] = frozenset()
        self._awaits_frozen = False
        self._ablations: dict[Unit, Intervention] = {}
        self._log = InterventionLog()
        self._undo_texts = ("", "")

    def begin(self) -> None:
        """Another run: nothing was done to it yet."""
        self._view = None
        self.held, self._frozen = NOTHING_HELD, frozenset()
        self._awaits_frozen = False
        self._ablations.clear()
        self._log.clear()
        self._tell_undo()

    def take(self, view: View) -> None:
        """Look at the newest view: what was done is done to that one."""
        self._view = view
        if self._awaits_frozen and not view.snapshot.playing:
            self._frozen = view.frozen
        self._tell_undo()

    def on_seek(self) -> None:
        """The next view that is at rest tells what is frozen."""
        self._awaits_frozen = True

    def forget_after(self, step: int) -> None:
        """A branch begins at a step: what was done later is not part of it."""
        self._log.forget_after(step)
        self._tell_undo()

    def edit_params(self, edits: tuple[Edit, ...]) -> None:
        """Give weights and biases other values, from which training goes on."""
        if self._view is not None and edits:
            self._intervene(self._change_text(edits), edits, self._frozen)

    def set_frozen(self, parameters: frozenset[Parameter]) -> None:
        """From now on no step changes these parameters, and every other one again."""
        if self._view is not None and parameters != self._frozen:
            self._intervene("freezing", (), parameters)

    def ablate_unit(self, unit: Unit) -> None:
        """Silence an input or hidden unit: outgoing weights 0, and frozen there."""
        view = self._view
        if view is None or unit in view.ablated:
            return
        weights = unit.outgoing_weights(view.spec)
        if not weights:
            return  # what an output unit says is the answer: nothing leads on from it
        text = f"ablation of {name_of(view.run, unit)}"
        edits = tuple(Edit(parameter, 0.0) for parameter in weights)
        done = self._intervene(text, edits, self._frozen | set(weights))
        self._ablations[unit] = done

    def restore_unit(self, unit: Unit) -> None:
        """Give an ablated unit the outgoing weights back that it had."""
        view = self._view
        if view is None or unit not in view.ablated:
            return
        weights = unit.outgoing_weights(view.spec)
        text = f"restoring of {name_of(view.run, unit)}"
        ablation = self._ablations.pop(unit, None)
        if ablation is None:
            self._intervene(text, (), self._frozen - set(weights))
        else:
            thawed = set(weights) - ablation.frozen_before
            self._intervene(text, ablation.before, self._frozen - thawed)

    def hold_activation(self, unit: Unit, value: float | None) -> None:
        """Hold an input or hidden unit of the shown example at a value; None: let go.

        What follows from it on the way forward and back is seen in every panel; the
        weights are not touched.
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
        text = f"held activation of {name_of(view.run, unit)}"
        done = Intervention(
            view.snapshot.step,
            text,
            time.perf_counter(),
            frozen_before=self._frozen,
            frozen_after=self._frozen,
            held=(self.held, held),
        )
        self._log.note(done)
        self._do(done)

    def undo(self) -> None:
        """Take back the last edit, freezing, ablation or held activation."""
        if self._view is not None:
            undone = self._log.undo(self._view.snapshot.step)
            if undone is not None:
                self._do(undone)

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._view is not None:
            done = self._log.redo(self._view.snapshot.step)
            if done is not None:
                self._do(done)

    def _change_text(self, edits: tuple[Edit, ...]) -> str:
        if len(edits) > 1 or self._view is None:
            return f"change of {len(edits)} parameters"
        return f"change of {name_of(self._view.run, edits[0].parameter)}"

    def _intervene(
        self, text: str, edits: tuple[Edit, ...], frozen: frozenset[Parameter]
    ) -> Intervention:
        assert self._view is not None
        params = self._view.params
        before = tuple(
            Edit(edit.parameter, edit.parameter.value_in(params)) for edit in edits
        )
        done = Intervention(
            self._view.snapshot.step,
            text,
            time.perf_counter(),
            before,
            edits,
            self._frozen,
            frozen,
        )
        self._log.note(done)
        self._do(done)
        return done

    def _do(self, done: Intervention) -> None:
        if done.after:
            self._post(EditParams(done.after))
        if done.frozen_after != self._frozen and done.held is None:
            self._frozen = done.frozen_after
            self._awaits_frozen = False
            self._post(SetFrozen(done.frozen_after))
        if done.held is not None:
            self.held = done.held[1]
            self.held_changed.emit()
        self._tell_undo()

    def clear_holds(self) -> None:
        """Held activations belong to the example that was shown."""
        if self.held:
            self.held = NOTHING_HELD
            self._log.forget_holds()
            self._tell_undo()

    def _tell_undo(self) -> None:
        step = 0 if self._view is None else self._view.snapshot.step
        undo = self._log.to_undo(step)
        redo = self._log.to_redo(step)
        text = (undo.text if undo else "", redo.text if redo else "")
        if text != self._undo_texts:
            self._undo_texts = text
            self.undo_changed.emit(*text)
