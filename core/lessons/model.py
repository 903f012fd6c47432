"""A lesson as frozen values, as its file says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from core.experiment.model import Experiment
from core.lessons.actions import Action
from core.lessons.expressions.names import NAMES
from core.lessons.expressions.nodes import Expression, reads_now, reads_of
from core.protocol.snapshot import Need
from core.values.parameter import Parameter, Unit

_SET: Final = {"rate", "setting"}
"""What is set and does not come about."""


@dataclass(frozen=True, slots=True)
class LiveText:
    """HTML of a text with gaps for values that are read from the network.

    Attributes:
        parts: HTML around the values, one more than there are values.
        values: what stands between the parts.
    """

    parts: tuple[str, ...] = ("",)
    values: tuple[Expression, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.values and not self.parts[0]


@dataclass(frozen=True, slots=True)
class Scene:
    """What the window shows when a step begins.

    Attributes:
        experiment: what runs.
        origin: the preset or the file that it was made from, for the menu.
        weights: a file in the lesson's folder with weights that were trained before.
        workspace: its key.
        panels: keys of its panels that stay open.
        step: training steps that were taken.
        playing: whether it trains.
        speed: steps per second; None is as fast as possible.
        example: the split and the place of the shown example.
        selection: what is selected everywhere.
        mode: of the network picture: weights, nudges or signal; "" leaves it.
        plane: of the loss landscape: path, random or weights; "" leaves it.
        rows: of the table of requests: largest, unit or sample; "" leaves them.
        stage: of Backprop: its kind and its layer; None leaves it.
        measure: of a comparison, the curve that is drawn, such as "accuracy.test"; ""
            leaves it.
    """

    experiment: Experiment
    origin: str = ""
    weights: Path | None = None
    workspace: str = "train"
    panels: tuple[str, ...] = ()
    step: int = 0
    playing: bool = False
    speed: float | None = 50.0
    example: tuple[str, int] = ("test", 0)
    selection: Unit | Parameter | None = None
    mode: str = ""
    plane: str = ""
    rows: str = ""
    stage: tuple[str, int] | None = None
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question, and what is told to whoever has chosen it."""

    text: LiveText
    reveal: LiveText


@dataclass(frozen=True, slots=True)
class Question:
    """A prediction, with answers to choose from or a number to type.

    Attributes:
        ask: the question.
        answers: to choose from; none where a number is typed.
        right: the right one's place, counted from 0.
        number: what is to be typed, else None.
        within: how far a typed number may be from it.
        reveal: what is told after a typed number, or to whoever chose none.
    """

    ask: LiveText
    answers: tuple[Answer, ...] = ()
    right: int = 0
    number: Expression | None = None
    within: float = 0.0
    reveal: LiveText = field(default_factory=LiveText)

    @property
    def tells_of_now(self) -> bool:
        """Whether what is told has values that the tasks of the step bring about."""
        texts = [self.reveal, *(answer.reveal for answer in self.answers)]
        reads = {r.name for t in texts for value in t.values for r in reads_now(value)}
        return bool(reads - _SET)


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that the reader does.

    Attributes:
        task: what.
        until: when it was done.
        hint: told after a while without it.
        controls: names of controls that "Show me" points at while it is the next one;
            none where those of the step are meant.
    """

    task: LiveText
    until: Expression
    hint: LiveText = field(default_factory=LiveText)
    controls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Show:
    """What "Show me" points at, and what it does when it is pressed once more.

    Attributes:
        controls: names of controls, see core.lessons.places.
        actions: what does the tasks of the step.
    """

    controls: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class LessonStep:
    """One idea, one picture.

    Attributes:
        title: its heading.
        line: of the heading in the file.
        scene: what is set up before; None goes on from what is there.
        text: paragraphs.
        question: asked before anything moves.
        turns: tasks, all of which are to be done.
        show: what "Show me" points at.
    """

    title: str
    line: int
    text: LiveText
    scene: Scene | None = None
    question: Question | None = None
    turns: tuple[Turn, ...] = ()
    show: Show = field(default_factory=Show)

    @property
    def tells_after_task(self) -> bool:
        """Whether the answer is told only once the first task has shown it.

        Before, it would speak of what has not happened yet.
        """
        is_asked = self.question is not None and self.question.tells_of_now
        return is_asked and bool(self.turns)

    def controls(self, done: Sequence[bool]) -> tuple[str, ...]:
        """What "Show me" points at, for the first task that was not done."""
        to_do = [
            turn for turn, is_done in zip(self.turns, done, strict=True) if not is_done
        ]
        return (to_do[0].controls if to_do else ()) or self.show.controls

    @property
    def all_controls(self) -> tuple[str, ...]:
        """What "Show me" points at in the course of the step."""
        named = [*self.show.controls, *(c for t in self.turns for c in t.controls)]
        return tuple(dict.fromkeys(named))

    @property
    def texts(self) -> tuple[LiveText, ...]:
        """Every text with live values."""
        found = [self.text]
        for turn in self.turns:
            found += [turn.task, turn.hint]
        question = self.question
        if question is not None:
            found += [question.ask, question.reveal]
            found += [t for a in question.answers for t in (a.text, a.reveal)]
        return tuple(found)

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Everything that is read from the network."""
        found = [value for text in self.texts for value in text.values]
        found += [turn.until for turn in self.turns]
        if self.question is not None and self.question.number is not None:
            found.append(self.question.number)
        return tuple(found)

    @property
    def needs(self) -> frozenset[Need]:
        """What snapshots must have for it."""
        reads = [r for found in self.expressions for r in reads_of(found)]
        return frozenset(need for r in reads for need in NAMES[r.name].needs)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A folder with its lesson.md.

    Attributes:
        key: name of the folder.
        courses: names of the courses that it is part of, with its place in each.
        minutes: how long it takes.
        steps: at least one; the first has a scene.
    """

    key: str
    folder: Path
    title: str
    courses: Mapping[str, int]
    minutes: int
    steps: tuple[LessonStep, ...]
