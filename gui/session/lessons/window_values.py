"""What lessons read, from what the window shows and what was done in it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.experiment.model import Experiment
from core.lessons.expressions.names import MEASURES
from core.lessons.expressions.nodes import Argument
from core.lessons.numbers import Numbers
from core.protocol.side_jobs.compare import Comparison
from core.protocol.side_jobs.descents import GradientAngle
from core.values.parameter import Parameter, Unit
from gui.session.selection import Selection, is_weight
from gui.session.view_state import ShownExample, View


@dataclass(frozen=True, slots=True, eq=False)
class Since:
    """What happened since the step of a lesson began.

    Attributes:
        numbers: at the beginning.
        experiment: at the beginning.
        edited: what had been edited before, with the steps.
        visited: steps of the run that were shown after others.
        earlier: numbers of steps that the text speaks of.
        jobs: kinds of side jobs that were done: "compare", "descent".
        raced: surfaces on which a race was run.
        drawn: the drawing that was there at the beginning.
        comparison: the newest one.
        angle: the newest one of the run that is shown.
    """

    numbers: Numbers
    experiment: Experiment
    edited: Mapping[Parameter, int]
    visited: frozenset[int] = frozenset()
    earlier: Mapping[int, Numbers] | None = None
    jobs: frozenset[str] = frozenset()
    raced: frozenset[str] = frozenset()
    drawn: ShownExample | None = None
    comparison: Comparison | None = None
    angle: GradientAngle | None = None

    def with_view(self, numbers: Numbers, last: int | None) -> "Since":
        """A view was shown, after one of the step `last`."""
        visited = self.visited
        if last is not None and last != numbers.step:
            visited |= {numbers.step}
        return replace(self, visited=visited)


@dataclass(frozen=True, slots=True, eq=False)
class WindowValues:
    """The LiveValues of the window, of one view.

    Attributes:
        view: what is shown; None at an earlier step, of which only numbers are known.
        since: what was done; None for an earlier step.
    """

    numbers: Numbers
    experiment: Experiment
    view: View | None = None
    since: Since | None = None

    def read(self, name: str, arguments: tuple[Argument, ...]) -> float | bool | None:
        """A value by its name; None where it is not known."""
        if name in ("set", "setting"):
            return self._setting(name, str(arguments[0]))
        view, since = self.view, self.since
        if name.startswith("selected."):
            return _of_selection(name, self.numbers, view)
        if name == "diverged":
            return self.numbers.diverged
        if view is None or since is None:
            return self.numbers.read(name, arguments)
        if name in _FLAGS:
            return _FLAGS[name](view, since, arguments)
        if name in _OF_JOBS:
            return _OF_JOBS[name](view, since, arguments)
        return self.numbers.read(name, arguments)

    def _setting(self, name: str, key: str) -> float | bool | None:
        value = setting_of(self.experiment, key)
        if name == "set":
            before = None if self.since is None else self.since.experiment
            return None if before is None else setting_of(before, key) != value
        is_number = isinstance(value, int | float)
        return float(value) if is_number else None  # type: ignore[arg-type]

    def at(self, step: int) -> "WindowValues | None":
        """At an earlier step that the lesson has kept."""
        if step == self.numbers.step:
            return self
        earlier = None if self.since is None else self.since.earlier
        found = None if earlier is None else earlier.get(step)
        return None if found is None else WindowValues(found, self.experiment)

    def at_reading(self) -> "WindowValues":
        """With the step of the newest reading of the test data."""
        return replace(self, numbers=self.numbers.at_reading())

    def begin(self) -> "WindowValues | None":
        """When the step of the lesson began."""
        if self.since is None:
            return None
        return WindowValues(self.since.numbers, self.since.experiment)


def setting_of(experiment: Experiment, key: str) -> object:
    """The value of a dotted key."""
    section, _, name = key.partition(".")
    value: object = getattr(getattr(experiment, section), name)
    return value


def numbers_of(view: View) -> Numbers:
    """The numbers of what is shown."""
    snapshot, batch = view.snapshot, view.snapshot.batch
    evaluation, training = view.evaluation, view.run.experiment.training
    # While it trains, the newest evaluation is a little behind, as in the player.
    if evaluation is not None and not snapshot.playing:
        evaluation = evaluation if evaluation.step == snapshot.step else None
    epoch = snapshot.epoch
    if evaluation is not None:
        epoch -= (snapshot.step - evaluation.step) / max(1, snapshot.steps_per_epoch)
    losses = (None, None) if batch is None else (batch.loss_before, batch.loss_after)
    health = snapshot.health
    return Numbers(
        spec=view.spec,
        dataset=view.run.dataset,
        params=snapshot.params,
        step=snapshot.step,
        epoch=snapshot.epoch,
        rate=snapshot.learning_rate,
        loss=training.loss,
        rho=training.rho,
        trace=view.trace,
        label=view.example.label,
        target=view.target,
        held=view.held,
        gradient=snapshot.gradient,
        before=snapshot.previous_params,
        batch_losses=losses,
        test_loss=None if evaluation is None else evaluation.test_loss,
        test_accuracy=None if evaluation is None else evaluation.test_accuracy,
        validation_loss=None if evaluation is None else evaluation.validation_loss,
        validation_accuracy=(
            None if evaluation is None else evaluation.validation_accuracy
        ),
        health=health if health is None or health.step == snapshot.step else None,
        is_moving=snapshot.playing,
        read_at=None if evaluation is None else (evaluation.step, epoch),
    )


def _of_selection(name: str, numbers: Numbers, view: View | None) -> float | None:
    selection = None if view is None else view.selection
    if not isinstance(selection, Parameter) or not selection.is_in(numbers.spec):
        return None
    if name == "selected.value":
        return selection.value_in(numbers.params)
    if name == "selected.request":
        return numbers.request_of(selection)
    slope = numbers.gradient
    return None if slope is None else 0.0 - selection.value_in(slope)


def _selected(view: View, _since: Since, arguments: tuple[Argument, ...]) -> bool:
    thing, *places = arguments
    found = view.selection
    if found is None or not _is_a(str(thing), found):
        return False
    at: tuple[int, ...] = (found.layer, found.unit)
    if isinstance(found, Parameter) and found.source is not None:
        at = (*at, found.source)
    return at[: len(places)] == tuple(places)


def _is_a(thing: str, found: Selection) -> bool:
    if thing == "unit":
        return isinstance(found, Unit)
    if thing == "weight":
        return is_weight(found)
    if thing == "bias":
        return isinstance(found, Parameter) and found.is_bias
    return isinstance(found, Parameter)


def _edited(view: View, since: Since, arguments: tuple[Argument, ...]) -> bool:
    now, before = view.edited, since.edited
    changed = {p for p, step in now.items() if before.get(p) != step}
    if not arguments:
        return bool(changed)
    return Parameter(*(int(part) for part in arguments)) in changed


def _silenced(view: View, _since: Since, arguments: tuple[Argument, ...]) -> bool:
    found = {(unit.layer, unit.unit) for unit in view.ablated}
    return any(at[: len(arguments)] == arguments for at in found)


def _visited(_view: View, since: Since, arguments: tuple[Argument, ...]) -> bool:
    return arguments[0] in since.visited


def _reads(view: View, _since: Since, arguments: tuple[Argument, ...]) -> bool:
    return view.trace.predicted == arguments[0]


def _drawn(view: View, since: Since, _arguments: tuple[Argument, ...]) -> bool:
    example = view.example
    is_new = example.origin == "drawing" and example is not since.drawn
    return is_new and bool(example.inputs.any())


def _compared(_view: View, since: Since, _arguments: tuple[Argument, ...]) -> bool:
    return "compare" in since.jobs


def _raced(_view: View, since: Since, arguments: tuple[Argument, ...]) -> bool:
    return arguments[0] in since.raced if arguments else bool(since.raced)


def _descended(_view: View, since: Since, _arguments: tuple[Argument, ...]) -> bool:
    return "descent" in since.jobs


def _stopped(view: View, _since: Since, _arguments: tuple[Argument, ...]) -> bool:
    return view.snapshot.stopped_at is not None


def _angle(view: View, since: Since, _arguments: tuple[Argument, ...]) -> float | None:
    found = since.angle
    if found is None or found.step != max(1, view.snapshot.step):
        return None
    return None if math.isnan(found.degrees) else found.degrees


def _member(_view: View, since: Since, arguments: tuple[Argument, ...]) -> float | None:
    place, measure = arguments
    found = since.comparison
    if found is None or not isinstance(place, int) or place >= len(found.members):
        return None
    readings = getattr(found.members[place], MEASURES[str(measure)])
    value = float(readings[-1]) if len(readings) else math.nan
    return None if math.isnan(value) else value


_OF_JOBS = {"angle": _angle, "member": _member}
_FLAGS = {
    "selected": _selected,
    "edited": _edited,
    "silenced": _silenced,
    "visited": _visited,
    "reads": _reads,
    "drawn": _drawn,
    "compared": _compared,
    "raced": _raced,
    "descended": _descended,
    "stopped": _stopped,
}
