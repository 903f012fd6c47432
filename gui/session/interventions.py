"""Interventions in the running network: edits, freezing, ablation, held activations."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from core.network.numpy.forward import NOTHING_HELD, HeldActivations
from core.protocol.messages import Command, EditParams, SetFrozen
from core.values.parameter import Edit, Parameter, Unit, outgoing_weights
from gui.session.intervention_history import Intervention, InterventionLog, value_in
from gui.session.parameter_names import parameter_name, unit_name
from gui.session.view_state import View


class Interventions(QObject):
    """Turns interventions into commands, and remembers how to undo them.

    Attributes:
        held: activations of the shown example that are held at a value.

    Signals:
        held_changed: `held` has changed.
        undo_changed: texts of what undo and redo would do, each "" for nothing.
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
        self._undo_words = ("", "")

    def begin(self) -> None:
        """Another run begins, without interventions."""
        self._view = None
        self.held, self._frozen = NOTHING_HELD, frozenset()
        self._awaits_frozen = False
        self._ablations.clear()
        self._log.clear()
        self._tell_undo()

    def take(self, view: View) -> None:
        """Take over the newest view, to which interventions apply."""
        self._view = view
        if self._awaits_frozen and not view.snapshot.playing:
            self._frozen = view.frozen
        self._tell_undo()

    def on_seek(self) -> None:
        """After a seek: the next paused view tells what is frozen."""
        self._awaits_frozen = True

    def forget_after(self, step: int) -> None:
        """A branch begins at a step: later interventions are not part of it."""
        self._log.forget_after(step)
        self._tell_undo()

    def edit_params(self, edits: tuple[Edit, ...]) -> None:
        """Set weights and biases to new values, from which training continues."""
        if self._view is not None and edits:
            self._intervene(self._change_words(edits), edits, self._frozen)

    def set_frozen(self, parameters: frozenset[Parameter]) -> None:
        """Freeze exactly these parameters from now on."""
        if self._view is not None and parameters != self._frozen:
            self._intervene("freezing", (), parameters)

    def ablate_unit(self, layer: int, unit: int) -> None:
        """Ablate an input or hidden unit: outgoing weights 0, and frozen there."""
        view, which = self._view, Unit(layer, unit)
        if view is None or which in view.ablated:
            return
        weights = outgoing_weights(which, view.spec.layer_sizes)
        if not weights:
            return  # an output unit has no outgoing weights
        words = f"ablation of {unit_name(view.spec, layer, unit)}"
        edits = tuple(Edit(parameter, 0.0) for parameter in weights)
        done = self._intervene(words, edits, self._frozen | set(weights))
        self._ablations[which] = done

    def restore_unit(self, layer: int, unit: int) -> None:
        """Restore the outgoing weights of an ablated unit."""
        view, which = self._view, Unit(layer, unit)
        if view is None or which not in view.ablated:
            return
        weights = outgoing_weights(which, view.spec.layer_sizes)
        words = f"restore {unit_name(view.spec, layer, unit)}"
        ablation = self._ablations.pop(which, None)
        if ablation is None:
            self._intervene(words, (), self._frozen - set(weights))
        else:
            thawed = set(weights) - ablation.frozen_before
            self._intervene(words, ablation.before, self._frozen - thawed)

    def hold_activation(self, layer: int, unit: int, value: float | None) -> None:
        """Hold an input or hidden unit of the example at a value; None releases it.

        The effect on the forward and backward pass is seen in every panel; the weights
        are not touched.
        """
        view, which = self._view, Unit(layer, unit)
        if view is None or not 0 <= layer < view.spec.n_layers:
            return
        held = {k: v for k, v in self.held.items() if k != which}
        if value is not None:
            held[which] = value
        words = f"held activation of {unit_name(view.spec, layer, unit)}"
        done = Intervention(
            view.snapshot.step,
            words,
            time.perf_counter(),
            frozen_before=self._frozen,
            frozen_after=self._frozen,
            held=(self.held, held),
        )
        self._log.note(done)
        self._do(done)

    def undo(self) -> None:
        """Undo the last edit, freezing, ablation or held activation."""
        if self._view is not None:
            undone = self._log.undo(self._view.snapshot.step)
            if undone is not None:
                self._do(undone)

    def redo(self) -> None:
        """Redo what was undone last."""
        if self._view is not None:
            done = self._log.redo(self._view.snapshot.step)
            if done is not None:
                self._do(done)

    def _change_words(self, edits: tuple[Edit, ...]) -> str:
        if len(edits) > 1 or self._view is None:
            return f"change of {len(edits)} parameters"
        where = edits[0].parameter
        name = parameter_name(self._view.run, where.layer, where.unit, where.source)
        return f"change of {name}"

    def _intervene(
        self, words: str, edits: tuple[Edit, ...], frozen: frozenset[Parameter]
    ) -> Intervention:
        assert self._view is not None
        params = self._view.params
        before = tuple(
            Edit(edit.parameter, value_in(params, edit.parameter)) for edit in edits
        )
        done = Intervention(
            self._view.snapshot.step,
            words,
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
        """Release all activations: they belong to the example that was shown."""
        if self.held:
            self.held = NOTHING_HELD
            self._log.forget_holds()
            self._tell_undo()

    def _tell_undo(self) -> None:
        step = 0 if self._view is None else self._view.snapshot.step
        undo = self._log.to_undo(step)
        redo = self._log.to_redo(step)
        words = (undo.words if undo else "", redo.words if redo else "")
        if words != self._undo_words:
            self._undo_words = words
            self.undo_changed.emit(*words)
