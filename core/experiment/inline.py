"""Examples that are written in the experiment itself: their checks and their size."""

from dataclasses import dataclass
from typing import Final

from core.experiment.rows import Rows, are_rectangular, shape_text
from core.values.counts import counted
from core.values.errors import ExperimentError
from core.values.words import tr

INLINE: Final = "inline"
KEYS: Final = (
    "inputs",
    "targets",
    "labels",
    "class_names",
    "test_inputs",
    "test_targets",
    "test_labels",
)
"""Keys of the data section that belong to inline data only."""

MAX_CLASSES: Final = 1_000

Labels = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InlineExamples:
    """Examples with real-valued targets, or with the labels of classes.

    Exactly one of `targets` and `labels` is given; the test examples, where there are
    any, have the same one.
    """

    inputs: Rows
    targets: Rows | None = None
    labels: Labels | None = None
    class_names: tuple[str, ...] | None = None
    test_inputs: Rows | None = None
    test_targets: Rows | None = None
    test_labels: Labels | None = None

    def __post_init__(self) -> None:
        if not are_rectangular(self.inputs):
            msg = tr(
                "data.inputs: {shape_text}; expected rows of equal "
                "length, one for each example",
                shape_text=shape_text(self.inputs),
            )
            raise ExperimentError(msg)
        _check_answers("", self.inputs, self.targets, self.labels)
        if self.targets is not None:
            _check_width("data.targets", self.targets, None)
            if self.class_names is not None:
                msg = tr("data.class_names: only data.labels have classes, not targets")
                raise ExperimentError(msg)
        if self.labels is not None:
            self._check_labels("labels", self.labels)
        self._check_test()

    @property
    def names(self) -> tuple[str, ...]:
        """Of the classes; empty for real-valued targets."""
        if self.class_names is not None or self.labels is None:
            return self.class_names or ()
        return tuple(str(k) for k in range(max(2, max(self.labels) + 1)))

    @property
    def size(self) -> tuple[int, int, int]:
        """Numbers of inputs, outputs and examples."""
        n_outputs = len(self.names) if self.targets is None else len(self.targets[0])
        n_examples = len(self.inputs) + len(self.test_inputs or ())
        return len(self.inputs[0]), n_outputs, n_examples

    def _check_labels(self, key: str, labels: Labels) -> None:
        if self.class_names is None and labels and max(labels) >= MAX_CLASSES:
            msg = tr(
                "data.{key}: {max} is not possible; allowed are whole "
                "numbers from 0 to {max_classes}",
                key=key,
                max=max(labels),
                max_classes=MAX_CLASSES - 1,
            )
            raise ExperimentError(msg)
        count = len(self.names)
        if count < 2 or len(set(self.names)) < count:
            msg = tr(
                "data.class_names: invalid value {list!r}; expected "
                "two or more different names",
                list=list(self.names),
            )
            raise ExperimentError(msg)
        wrong = [label for label in labels if not 0 <= label < count]
        if wrong:
            msg = tr(
                "data.{key}: invalid label {wrong}; expected whole "
                "numbers from 0 to {count}, one for each of the classes",
                key=key,
                wrong=wrong[0],
                count=count - 1,
            )
            raise ExperimentError(msg)

    def _check_test(self) -> None:
        if self.test_inputs is None:
            for key in ("test_targets", "test_labels"):
                if getattr(self, key) is not None:
                    msg = tr("data.{key}: needs data.test_inputs too", key=key)
                    raise ExperimentError(msg)
            return
        _check_width("data.test_inputs", self.test_inputs, len(self.inputs[0]))
        wrong = "test_labels" if self.labels is None else "test_targets"
        if getattr(self, wrong) is not None:
            msg = tr(
                "data.{wrong}: the training examples have none; leave it out",
                wrong=wrong,
            )
            raise ExperimentError(msg)
        _check_answers("test_", self.test_inputs, self.test_targets, self.test_labels)
        if self.test_targets is not None and self.targets is not None:
            _check_width("data.test_targets", self.test_targets, len(self.targets[0]))
        if self.test_labels is not None:
            self._check_labels("test_labels", self.test_labels)


def _check_answers(
    prefix: str, inputs: Rows, targets: Rows | None, labels: Labels | None
) -> None:
    if (targets is None) == (labels is None):
        given = "neither" if targets is None else "both"
        msg = tr(
            "data.{prefix}inputs: {given} of data.{prefix}targets and "
            "data.{prefix}labels are given; give exactly one",
            prefix=prefix,
            given=given,
        )
        raise ExperimentError(msg)
    key = "labels" if targets is None else "targets"
    count = len(labels or ()) if targets is None else len(targets)
    if count != len(inputs):
        msg = tr(
            "data.{prefix}{key}: {values} for {examples} "
            "in data.{prefix}inputs; expected one for each example",
            prefix=prefix,
            key=key,
            values=counted(count, "value"),
            examples=counted(len(inputs), "example"),
        )
        raise ExperimentError(msg)


def _check_width(key: str, rows: Rows, width: int | None) -> None:
    if are_rectangular(rows) and width in (None, len(rows[0])):
        return
    allowed = (
        tr("equal length")
        if width is None
        else tr("{width}, as in training", width=width)
    )
    msg = tr(
        "{key}: {shape_text}; expected rows of {allowed}",
        key=key,
        shape_text=shape_text(rows),
        allowed=allowed,
    )
    raise ExperimentError(msg)
