"""`glassbox train --log FILE`: the numbers of a run, a line every N steps.

JSON lines, or a table by the ending `.csv`. Each line stands in the file as soon as its
step was taken.
"""

import argparse
import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.cli.error_boundary import UsageError
from core.cli.evaluations import evaluated, evaluation_names
from core.platform.atomic import not_written, try_writing
from core.values.errors import FileError
from core.values.words import tr

if TYPE_CHECKING:
    from core.cli.training_loop import TrainingLoop
    from core.training.run import TrainingRun

ENDINGS: Final = (".jsonl", ".csv")
USUAL_EVERY: Final = 100
"""Steps between two lines, where nothing else is said."""


def check_log(args: argparse.Namespace) -> None:
    """Refuse what cannot be logged, before anything is read or trained.

    Raises:
        UsageError: options that do not go together, or another ending.
        FileError: the file is there already, or cannot be written.
    """
    path: Path | None = args.log
    if path is None:
        if args.log_every is not None:
            msg = tr("--log-every goes with --log FILE")
            raise UsageError(msg)
        return
    if args.log_every == 0:
        msg = tr("--log-every 0: expected 1 or more steps between two lines")
        raise UsageError(msg)
    if path.suffix.lower() not in ENDINGS:
        msg = tr(
            "--log {path}: the ending says the form; choose from {endings}",
            path=path,
            endings=", ".join(ENDINGS),
        )
        raise UsageError(msg)
    if path.exists():
        msg = tr("{path}: is there already; choose another name", path=path)
        raise FileError(msg)
    try_writing(path)


class RunLog:
    """Mutable: the lines of a run; does nothing without a file.

    Attributes:
        path: of the file; None for none.
        failure: why it is not whole, None as long as it is.
    """

    def __init__(
        self, path: Path | None, every: int | None, evaluate_every: int
    ) -> None:
        self.path = path
        self.failure: FileError | None = None
        self._every = USUAL_EVERY if every is None else every
        self._evaluate_every = evaluate_every
        self._run: TrainingRun | None = None
        self._names: tuple[str, ...] = ()
        self._logged = 0
        self._losses: Sequence[Any] = ()
        self._accuracies: Sequence[Any] = ()

    def begin(self, run: "TrainingRun", loop: "TrainingLoop") -> None:
        """Log this run, which is trained by that loop."""
        self._run = run
        self._losses, self._accuracies = loop.losses, loop.accuracies
        names = ["step", "epoch", "learning_rate", "loss"]
        if run.dataset.has_classes:
            names.append("accuracy")
        if self._evaluate_every:
            names += evaluation_names(run)
        self._names = tuple(names)
        if self.path is not None and self.path.suffix.lower() == ".csv":
            self._write(_row(self._names))
        if self.path is not None and self._evaluate_every:
            self.at_stop()

    def next_after(self, step: int) -> int | None:
        if self.path is None:
            return None
        periods = [n for n in (self._every, self._evaluate_every) if n]
        return min((step // n + 1) * n for n in periods) if periods else None

    def end(self) -> None:
        """The last step has a line, wherever it ended."""
        run = self._run
        if self.path is not None and run is not None and run.step > self._logged:
            self.at_stop()

    def at_stop(self) -> None:
        run = self._run
        assert run is not None
        self._logged = run.step
        line: dict[str, float] = {"step": run.step, "epoch": run.epoch}
        if run.step:
            line |= {
                "learning_rate": run.learning_rate,
                "loss": float(self._losses[-1][-1]),
                "accuracy": float(self._accuracies[-1][-1]),
            }
        if self._evaluate_every and run.step % self._evaluate_every == 0:
            line |= evaluated(run)
        self._write(self._text({n: line[n] for n in self._names if n in line}))

    def _text(self, line: Mapping[str, float]) -> str:
        assert self.path is not None
        if self.path.suffix.lower() == ".csv":
            return _row([str(line.get(name, "")) for name in self._names])
        told = {
            name: value if math.isfinite(value) else str(value)
            for name, value in line.items()
        }
        return f"{json.dumps(told)}\n"

    def _write(self, text: str) -> None:
        """Where that fails training goes on, and the end of it says so."""
        assert self.path is not None
        if self.failure is not None:
            return
        try:
            with self.path.open("a", encoding="utf-8", newline="") as file:
                file.write(text)
        except OSError as error:
            self.failure = not_written(self.path, error)


def _row(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
