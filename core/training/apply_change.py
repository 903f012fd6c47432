"""The start of a run and the effect of each change: from one state to the next."""

from dataclasses import dataclass, replace

import jax
import jax.numpy as jnp
import numpy as np

from core.arrays import HostParams
from core.experiment.model import Experiment, TrainingSettings
from core.history.changes import Change, TrainOn
from core.protocol.messages import ChangeTraining, EditParams, SetFrozen
from core.training.batches import BatchOrder
from core.training.initial import initial_params
from core.training.interventions import edited_params, freeze_mask
from core.training.program import Program
from core.training.run_state import RunState, Settings
from core.training.step import TrainState, rates_of, with_params
from core.values.network_spec import NetworkSpec


def keeps_batch(experiment: Experiment, change: Change) -> bool:
    """Whether the last batch still explains the newest step."""
    if isinstance(change, SetFrozen | TrainOn):
        return True
    if isinstance(change, EditParams):
        return False
    old, new = experiment.training, change.training
    return old == replace(new, learning_rate=old.learning_rate)


@dataclass(frozen=True, slots=True, eq=False)
class Steering:
    """Changes of one run; pure functions, so that a replay has the same result.

    Attributes:
        n_examples: of the training split.
    """

    spec: NetworkSpec
    device: jax.Device
    n_examples: int

    def start(self, experiment: Experiment, params: HostParams | None) -> RunState:
        """The run before its first step, with weights of the seed or given ones."""
        settings = self.make_settings(experiment, first_step=0, first_epoch=0)
        return RunState(0, self._initial_state(settings, params), settings)

    def after(self, point: RunState, change: Change) -> RunState:
        """The run after a change at this point."""
        if isinstance(change, ChangeTraining):
            return self._with_training(point, change.training)
        if isinstance(change, TrainOn):
            return replace(point, watch=point.watch.waiting_anew())
        if isinstance(change, SetFrozen):
            mask = freeze_mask(self.spec, change.parameters, self.device)
            settings = point.settings
            settings = settings._replace(
                rates=settings.rates._replace(frozen=mask), frozen=change.parameters
            )
            return replace(point, settings=settings)
        params = edited_params(point.state.params, change.edits, self.device)
        edited = dict(point.edited)
        edited.update((edit.parameter, point.step) for edit in change.edits)
        return replace(point, state=point.state._replace(params=params), edited=edited)

    def _with_training(self, point: RunState, training: TrainingSettings) -> RunState:
        order, old = point.settings.order, point.settings.experiment
        start = (order.first_step, order.first_epoch)
        if (old.training.batch_size, old.training.seed) != (
            training.batch_size,
            training.seed,
        ):
            start = (point.step, int(np.ceil(order.epoch_at(point.step))))
        settings = self.make_settings(replace(old, training=training), *start)
        mask = point.settings.rates.frozen
        settings = settings._replace(
            rates=settings.rates._replace(frozen=mask), frozen=point.settings.frozen
        )
        if old.training.schedule == training.schedule:
            start_step = point.settings.schedule_start
        else:
            start_step = point.step
        settings = settings._replace(schedule_start=start_step)
        state = point.state
        if old.training.optimizer != training.optimizer:
            with jax.default_device(self.device):
                state = with_params(settings.program, state.params)
        watch = point.watch.changed(old.training, training)
        return replace(point, state=state, settings=settings, watch=watch)

    def make_settings(
        self, experiment: Experiment, first_step: int, first_epoch: int
    ) -> Settings:
        training = experiment.training
        order = BatchOrder(
            self.n_examples,
            min(training.batch_size, self.n_examples),
            training.seed,
            first_step,
            first_epoch,
        )
        with jax.default_device(self.device):
            rates = rates_of(training)
        program = Program.of(experiment, self.spec)
        return Settings(program, rates, order, experiment)

    def _initial_state(
        self, settings: Settings, params: HostParams | None
    ) -> TrainState:
        with jax.default_device(self.device):
            begin = (
                initial_params(settings.experiment, self.spec)
                if params is None
                else jax.tree.map(jnp.array, params)
            )
            state: TrainState = with_params(settings.program, begin)
        # Placed on this device, like the state after a step: otherwise training
        # would be compiled twice.
        placed: TrainState = jax.device_put(state, self.device)
        return placed
