"""Reading a split for a report, with a bar where that takes a while."""

from typing import Final

from core.cli.progress import progress_bar
from core.training.evaluate import Reading, read_in_parts, rows_at_once
from core.training.run import TrainingRun
from core.training.step import Examples
from core.values.words import tr

MOST_PRODUCTS: Final = 2e11
"""Multiplications for the training loss of a report, unless all examples are asked for:
some ten seconds. Counted and not timed, so that a report is the same everywhere."""


def examples_for_report(run: TrainingRun, *, every: bool) -> Examples:
    """The training examples, or the first ones where all would take too long."""
    examples = run.train_examples
    n_weights = sum(n_out * n_in for n_out, n_in in run.spec.weight_shapes)
    most = max(1, int(MOST_PRODUCTS / n_weights))
    if every or len(examples.labels) <= most:
        return examples
    return Examples(examples.inputs[:most], examples.labels[:most])


def read(run: TrainingRun, examples: Examples, what: str) -> Reading:
    """Read a split with the newest weights."""
    count = len(examples.labels)
    with progress_bar(tr("Reading {what}", what=what), count, "example") as bar:
        for reading in read_in_parts(run.program, run.params, examples):
            if reading is not None:
                return reading
            bar.update(rows_at_once(run.program, count))
    msg = tr("a split cannot be empty")
    raise ValueError(msg)
