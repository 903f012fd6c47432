"""Lessons without a window: a network trained by the core, and its live values.

A lesson is played in the order of its steps, by the actions of "Show me".
"""

from dataclasses import replace
from functools import cache

import numpy as np

from core.data.dataset import Dataset
from core.data.load import load_dataset
from core.experiment.model import DataSettings, Experiment
from core.files.weights import load_weights
from core.lessons.actions import (
    Action,
    EditParameter,
    GoTo,
    Reset,
    Restore,
    Select,
    SetValue,
    ShowExample,
    ShowPoint,
    Silence,
    TakeSteps,
)
from core.lessons.expressions.evaluate import evaluate, holds
from core.lessons.expressions.names import NAMES
from core.lessons.expressions.nodes import Argument, reads_of
from core.lessons.expressions.parse import parse
from core.lessons.model import Lesson, LessonStep, Scene, Turn
from core.lessons.numbers import Numbers
from core.lessons.reading.lesson_file import read_lesson
from core.lessons.tasks import done_now
from core.network.numpy.costs import target_of
from core.network.numpy.forward import forward_trace
from core.platform.asset_files import asset_path
from core.platform.devices import choose_device
from core.probes.batch import batch_after, gradient_at
from core.probes.health import read_health
from core.protocol.snapshot import Need
from core.side_jobs.compare.variants import VARIATIONS
from core.side_jobs.descents.full_gradient import angle_in_parts
from core.training.evaluate import evaluate as read_all
from core.training.run import TrainingRun, to_numpy
from core.values.parameter import Edit, Parameter, Unit
from tests.core.lessons.claims import CLAIMS, COMPARED


@cache
def dataset_of(settings: DataSettings) -> Dataset:
    """Loaded once: equal settings are equal data."""
    return load_dataset(settings)


class PlainNetwork:
    """Mutable: what the window would do, done by the core alone."""

    def __init__(
        self,
        scene: Scene,
        seed: int | None = None,
        needs: frozenset[Need] = frozenset(),
    ) -> None:
        self._reads_health = "health" in needs
        experiment = scene.experiment
        if seed is not None:
            experiment = experiment.with_values({"training.seed": seed})
        self._params = None
        if scene.weights is not None:
            self._params = load_weights(scene.weights).params
        self.experiment = experiment
        self._selection: Unit | Parameter | None = scene.selection
        self._example = scene.example
        self._point: tuple[float, ...] | None = None
        self._silenced: dict[Unit, tuple[Edit, ...]] = {}
        self._begin_run()
        self.train(scene.step)
        self.begin_step()

    def _begin_run(self) -> None:
        dataset = dataset_of(self.experiment.data)
        device = choose_device("cpu")
        self.run = TrainingRun(self.experiment, dataset, device, self._params)

    def begin_step(self) -> None:
        """What is there now is the beginning of a step of the lesson."""
        self.since = self.numbers()
        self._experiment_then = self.experiment
        self._edited_then = dict(self.run.edited)
        self._visited: set[int] = set()
        self.earlier = {self.since.step: self.since}

    def train(self, count: int) -> None:
        """Take so many steps."""
        end = self.run.step + count
        while self.run.step < end and not self.run.is_over:
            self.run.advance(end - self.run.step)
        if self.run.is_over:
            self.run.go_to_best()

    def act(self, action: Action) -> None:
        """Do what "Show me" does."""
        if isinstance(action, TakeSteps):
            self.train(action.count)
        elif isinstance(action, GoTo):
            self.run.go_to(action.step)
        elif isinstance(action, SetValue):
            self._set(action)
        elif isinstance(action, EditParameter):
            self.run.edit_params((action.edit,))
        elif isinstance(action, ShowExample | ShowPoint):
            self._show(action)
        elif isinstance(action, Reset):
            self._begin_run()
        elif isinstance(action, Select):
            self._selection = action.selection
        elif isinstance(action, Silence):
            self._silence(action.unit)
        elif isinstance(action, Restore):
            self.run.set_frozen(frozenset())
            self.run.edit_params(self._silenced.pop(action.unit))
        self._visited.add(self.run.step)
        self.earlier[self.run.step] = self.numbers()

    def _show(self, action: ShowExample | ShowPoint) -> None:
        if isinstance(action, ShowPoint):
            self._point = action.point
        else:
            self._example, self._point = (action.split, action.index), None

    def _set(self, action: SetValue) -> None:
        before = self.experiment
        self.experiment = before.with_values({action.key: action.value})
        same = (before.data, before.network, before.training.seed) == (
            self.experiment.data,
            self.experiment.network,
            self.experiment.training.seed,
        )
        if same:
            self.run.change_training(self.experiment.training)
        else:
            self._begin_run()

    def _silence(self, unit: Unit) -> None:
        params, weights = self.run.params, unit.outgoing_weights(self.run.spec)
        host = to_numpy(params)
        self._silenced[unit] = tuple(Edit(p, p.value_in(host)) for p in weights)
        self.run.edit_params(tuple(Edit(p, 0.0) for p in weights))
        self.run.set_frozen(frozenset(weights))

    def numbers(self) -> Numbers:
        """As the window reads them from its view."""
        run, training = self.run, self.experiment.training
        spec, params = run.spec, to_numpy(run.params)
        before = run.before_last_step()
        batch = batch_after(run, before)
        split = getattr(run.dataset, self._example[0])
        index = self._example[1]
        inputs = split.network_inputs(index)
        label = int(split.labels[index]) if split.targets is None else None
        target = (
            target_of(int(label or 0), spec.n_outputs, spec.activations[-1])
            if split.targets is None
            else split.targets[index]
        )
        if self._point is not None and run.dataset.space is not None:
            place = np.array([self._point], np.float32)
            inputs, label, target = run.dataset.space.inputs(place)[0], None, None
        read = read_all(run.program, run.params, run.test_examples)
        kept = run.validation_examples
        held = None if kept is None else read_all(run.program, run.params, kept)
        return Numbers(
            spec=spec,
            dataset=run.dataset,
            params=params,
            step=run.step,
            epoch=run.epoch,
            rate=run.learning_rate,
            loss=training.loss,
            rho=training.rho,
            trace=forward_trace(spec, params, inputs),
            label=label,
            target=target,
            gradient=gradient_at(run, before),
            before=to_numpy(before.state.params),
            batch_losses=(batch.loss_before, batch.loss_after),
            test_loss=float(read.loss),
            test_accuracy=read.accuracy,
            validation_loss=None if held is None else float(held.loss),
            validation_accuracy=None if held is None else held.accuracy,
            health=read_health(run, before) if self._reads_health else None,
        )

    # --- LiveValues -------------------------------------------------------------

    def read(self, name: str, arguments: tuple[Argument, ...]) -> float | bool | None:
        """A value by its name."""
        if name in ("set", "setting"):
            key = str(arguments[0])
            now = _setting(self.experiment, key)
            if name == "set":
                return now != _setting(self._experiment_then, key)
            return float(now) if isinstance(now, int | float) else None  # type: ignore[arg-type]
        if name == "selected":
            return self._is_selected(arguments)
        if name == "edited":
            changed = {
                p for p, s in self.run.edited.items() if self._edited_then.get(p) != s
            }
            places = tuple(int(part) for part in arguments)
            return Parameter(*places) in changed if places else bool(changed)
        if name == "silenced":
            at = {(unit.layer, unit.unit)[: len(arguments)] for unit in self._silenced}
            return arguments in at if arguments else bool(at)
        if name == "visited":
            return arguments[0] in self._visited
        if name in ("diverged", "stopped", "angle"):
            return self._of_run(name)
        if name.startswith("selected."):
            return self._of_selection(name)
        return self.numbers().read(name, arguments)

    def _of_run(self, name: str) -> float | bool | None:
        if name == "diverged":
            return self.numbers().diverged
        if name == "stopped":
            return self.run.stopped_at is not None
        *_, found = angle_in_parts(self.run)
        return None if found is None else found.degrees

    def _of_selection(self, name: str) -> float | None:
        found = self._selection
        if not isinstance(found, Parameter):
            return None
        if name == "selected.value":
            return found.value_in(to_numpy(self.run.params))
        if name == "selected.request":
            return self.numbers().request_of(found)
        return -found.value_in(gradient_at(self.run, self.run.before_last_step()))

    def _is_selected(self, arguments: tuple[Argument, ...]) -> bool:
        thing, *places = arguments
        found = self._selection
        if found is None:
            return False
        kinds = {"unit": Unit, "weight": Parameter, "bias": Parameter}
        if not isinstance(found, kinds.get(str(thing), Parameter)):
            return False
        at: tuple[int | None, ...] = (found.layer, found.unit)
        if isinstance(found, Parameter):
            if thing in ("weight", "bias") and found.is_bias != (thing == "bias"):
                return False
            at = (*at, found.source)
        return at[: len(places)] == tuple(places)

    def at(self, step: int) -> "Then | None":
        """At a step that was passed."""
        found = self.earlier.get(step)
        return None if found is None else Then(found, self.experiment)

    def begin(self) -> "Then":
        """When the step of the lesson began."""
        return Then(self.since, self._experiment_then)

    def at_reading(self) -> "PlainNetwork":
        """The test data are read at every step."""
        return self

    def value(self, text: str) -> float:
        """The value of an expression, which must be known."""
        found = evaluate(parse(text), self)
        assert found is not None, f"{text} is not known"
        return float(found)

    def holds(self, text: str) -> bool:
        return holds(parse(text), self)


class Then:
    """The values of an earlier time."""

    def __init__(self, numbers: Numbers, experiment: Experiment) -> None:
        self._numbers = numbers
        self._experiment = experiment

    def read(self, name: str, arguments: tuple[Argument, ...]) -> float | bool | None:
        if name == "setting":
            value = _setting(self._experiment, str(arguments[0]))
            return float(value) if isinstance(value, int | float) else None
        return self._numbers.read(name, arguments)

    def at(self, step: int) -> "Then | None":
        return self if step == self._numbers.step else None

    def begin(self) -> "Then":
        return self

    def at_reading(self) -> "Then":
        return self


def _setting(experiment: Experiment, key: str) -> object:
    section, _, name = key.partition(".")
    value: object = getattr(getattr(experiment, section), name)
    return value


def our_lesson(key: str) -> Lesson:
    """One that ships with Glassbox."""
    return read_lesson(asset_path("lessons", key))


def lesson_keys() -> tuple[str, ...]:
    return tuple(
        sorted(p.parent.name for p in asset_path("lessons").glob("*/lesson.md"))
    )


class Played:
    """A step, and what has become of its tasks."""

    def __init__(self, step: LessonStep, network: PlainNetwork) -> None:
        self.step = step
        self.network = network
        nothing = [False] * len(step.turns)
        self.done_before = done_now(step.turns, nothing, network)

    def play(self) -> list[Turn]:
        """Do what "Show me" does; returns the tasks that are not done then."""
        done = list(self.done_before)
        for action in self.step.show.actions:
            self.network.act(action)
            done = done_now(self.step.turns, done, self.network)
        return [turn for k, turn in enumerate(self.step.turns) if not done[k]]


def play(lesson: Lesson, seed: int | None = None) -> list[str]:
    """Play a whole lesson; returns what is wrong, step by step."""
    wrong: list[str] = []
    needs = frozenset(need for step in lesson.steps for need in step.needs)
    network: PlainNetwork | None = None
    for step in lesson.steps:
        if step.scene is not None:
            network = PlainNetwork(step.scene, seed, needs)
        assert network is not None
        network.begin_step()
        found = Played(step, network)
        if any(found.done_before):
            wrong.append(f"{step.title}: done before it begins")
        if step.show.actions:
            wrong += [f"{step.title}: not reached" for _ in found.play()]
        question = step.question
        if question is not None and question.number is not None:
            value = evaluate(question.number, network)
            if value is None or not np.isfinite(value):
                wrong.append(f"{step.title}: what is to be typed is not known")
    return wrong


def untrue(key: str, seeds: int | None = None) -> list[str]:
    """The claims of a lesson that do not hold.

    Args:
        key: of the lesson.
        seeds: how many to try at the most; None tries all that a claim is meant for.
    """
    steps, wrong = our_lesson(key).steps, []
    claimed = [parse(text) for claim in CLAIMS.get(key, ()) for text in claim.holds]
    reads = [found for text in claimed for found in reads_of(text)]
    needs = frozenset(need for found in reads for need in NAMES[found.name].needs)
    networks: dict[tuple[int, int], PlainNetwork] = {}
    for claim in CLAIMS.get(key, ()):
        scene = steps[claim.scene].scene
        assert scene is not None
        for seed in range(min(claim.seeds, seeds or claim.seeds)):
            network = networks.get((claim.scene, seed))
            if network is None or network.run.step > claim.at:
                begun = replace(scene, step=min(scene.step, claim.at))
                own = seed if claim.seeds > 1 else None
                network = PlainNetwork(begun, own, needs)
                networks[claim.scene, seed] = network
            network.train(claim.at - network.run.step)
            wrong += [
                f"{key}, step {claim.at}, seed {seed}: {text}"
                for text in claim.holds
                if not network.holds(text)
            ]
    return wrong


class Members:
    """What a lesson reads of a comparison, trained one member after the other."""

    def __init__(self, members: list[Numbers]) -> None:
        self._members = members

    def read(self, name: str, arguments: tuple[Argument, ...]) -> float | bool | None:
        assert name == "member"
        place, measure = arguments
        return self._members[int(place)].read(str(measure), ())

    def at(self, step: int) -> None:
        """Of the end alone."""

    def begin(self) -> None:
        """Of the end alone."""

    def at_reading(self) -> "Members":
        return self


def untrue_of_comparisons(key: str, seeds: int | None = None) -> list[str]:
    """The claims over the comparisons of a lesson that do not hold."""
    steps, wrong = our_lesson(key).steps, []
    for claim in COMPARED.get(key, ()):
        scene = steps[claim.scene].scene
        assert scene is not None
        for seed in range(min(claim.seeds, seeds or claim.seeds)):
            members = [
                PlainNetwork(
                    replace(scene, experiment=member.experiment, step=claim.at), seed
                ).numbers()
                for member in VARIATIONS[claim.kind].members(scene.experiment)
            ]
            wrong += [
                f"{key}, {claim.kind}, seed {seed}: {text}"
                for text in claim.holds
                if not holds(parse(text), Members(members))
            ]
    return wrong
