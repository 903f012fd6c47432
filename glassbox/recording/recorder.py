"""Writes the training of a model into a folder while it runs."""

import math
import os
import time
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from safetensors.numpy import save

from glassbox.recording.kept_steps import KeptSteps
from glassbox.recording.layers import (
    ACTIVATIONS,
    UNKNOWN,
    Model,
    Pair,
    as_array,
    as_number,
)
from glassbox.recording.models import model_of
from glassbox.recording.run_folder import (
    FORMAT,
    METRICS,
    PROBE,
    RUN,
    WEIGHTS,
    toml_text,
    weights_name,
    write_whole,
)
from glassbox.recording.writer import Writer

BOUND: Final = 2 * 1024**3
"""Most bytes of all kept weights, unless another bound is given."""
SHARE: Final = 0.03
"""Most of the time since the start that copying weights may take."""
MOST_PROBE: Final = 10_000
"""Examples that are kept as the probe, the first ones."""


class Recorder:
    """Records a run: `step` after each training step, `close` at the end.

    The first weights are on disk when it is made. Later ones are copied within `step`
    and written by a thread; which steps are kept is chosen so that copying takes at
    most 3 % of the time, dense at first and ever sparser, within `bound` bytes.

    Args:
        folder: of the run; made if it is not there. One that holds a run is refused.
        model: of PyTorch, Keras, scikit-learn, Flax, Equinox; or a list of (weights,
            biases), weights (n_out, n_in).
        inputs: (n, n_in) examples to look at the network with, as it receives them.
        labels: (n,) their classes, or (n, n_out) their targets.
        every: keep the weights of every so many steps, however long that takes.
        activations: one name for each layer, or one for all hidden layers; what the
            model itself says counts where this is None.
        output: activation of the last layer.
        loss_name: of the loss, for those who look at the run.
        bound: most bytes of all kept weights.

    Raises:
        ModelError: the model cannot be recorded.
        FileExistsError: the folder holds a run already.
    """

    def __init__(  # noqa: PLR0913
        self,
        folder: str | os.PathLike[str],
        model: Any,
        *,
        inputs: Any = None,
        labels: Any = None,
        every: int | None = None,
        activations: str | Sequence[str] | None = None,
        output: str | None = None,
        loss_name: str | None = None,
        bound: int = BOUND,
    ) -> None:
        self._model = model_of(model)
        first = self._model.read()
        self._sizes = (first[0][0].shape[1], *(w.shape[0] for w, _ in first))
        self._activations = _activations(self._model, activations, output)
        if every is not None and every < 1:
            msg = f"every is {every}; it is a number of steps, 1 or more"
            raise ValueError(msg)
        self._folder = Path(folder)
        self._make_folder()
        n_bytes = sum(
            part.nbytes for pair in first for part in pair if part is not None
        )
        self._kept = KeptSteps(n_bytes, bound, every)
        self._pays_attention = every is None
        self._told = {
            "loss": loss_name,
            "bound_bytes": int(bound),
            "every": every,
        }
        self._step = 0
        self._is_closed = False
        self._copying = 0.0
        self._write_probe(inputs, labels)
        self._begun = time.perf_counter()
        self._writer = Writer(self._folder / METRICS)
        self._write_weights(0, first)
        self._write_description(ended=False)
        self._writer.start()

    def step(self, loss: Any = None, *, model: Any = None) -> None:
        """Note that a training step was taken.

        Args:
            loss: of the step; anything that `float` takes.
            model: the new parameters, where training makes new ones (JAX).

        Raises:
            ValueError: the recorder is closed, or the model cannot change in place and
                no new parameters were given.
        """
        self._check(model)
        self._step += 1
        if loss is not None:
            self._writer.note({"step": self._step, "loss": _finite(as_number(loss))})
        if self._is_due():
            self._keep()

    def steps(self, curves: Mapping[str, Any], *, model: Any = None) -> None:
        """Note many training steps at once, e.g. those of a compiled loop.

        Only the weights after the last one can be kept; `until_wanted` says how many
        steps to take at once.

        Args:
            curves: by name, e.g. "loss", (n,) numbers, one for each of the n steps.
            model: the new parameters, where training makes new ones (JAX).

        Raises:
            ValueError: as `step`; or curves of different lengths, or none.
        """
        self._check(model)
        columns = {name: list(map(as_number, col)) for name, col in curves.items()}
        counts = set(map(len, columns.values()))
        if len(counts) != 1:
            msg = f"one number a step for each curve is needed, not {sorted(counts)}"
            raise ValueError(msg)
        for values in zip(*columns.values(), strict=True):
            self._step += 1
            line = dict(zip(columns, map(_finite, values), strict=True))
            self._writer.note({"step": self._step, **line})
        if self._is_due():
            self._keep()

    def note(self, **values: float) -> None:
        """Note other numbers of the newest step, e.g. a test loss.

        Raises:
            ValueError: the recorder is closed.
        """
        self._check_open()
        told = {name: _finite(as_number(value)) for name, value in values.items()}
        self._writer.note({"step": self._step, **told})

    @property
    def until_wanted(self) -> int:
        """Steps until the weights are wanted again, 1 or more."""
        return max(1, self._kept.next_wanted - self._step)

    def close(self) -> None:
        """Keep the newest weights and end the run; harmless the second time.

        Raises:
            OSError: something of the run could not be written.
        """
        if self._is_closed:
            return
        self._is_closed = True
        if self._kept.steps[-1] != self._step:
            self._keep()
        self._writer.close()
        self._write_description(ended=True)
        self._writer.raise_failure()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _check_open(self) -> None:
        if self._is_closed:
            msg = "this recorder is closed; what follows would not be recorded"
            raise ValueError(msg)

    def _check(self, model: Any) -> None:
        """Whether another step can be noted; takes the new parameters, if given."""
        self._check_open()
        if model is not None:
            self._take_model(model)
        elif not self._model.changes_in_place:
            msg = (
                "these parameters are immutable, so a step makes new ones: "
                "call step(loss, model=new_parameters)"
            )
            raise ValueError(msg)

    def _take_model(self, model: Any) -> None:
        new = model_of(model)
        if len(new.activations) != len(self._model.activations):
            msg = "the new parameters are of another network"
            raise ValueError(msg)
        self._model = Model(
            new.library, new.read, self._model.activations, new.changes_in_place
        )

    def _is_due(self) -> bool:
        if not self._kept.wants(self._step):
            return False
        if not self._pays_attention:
            self._writer.wait_for_room()
            return True
        elapsed = time.perf_counter() - self._begun
        return self._writer.has_room and self._copying <= SHARE * elapsed

    def _keep(self) -> None:
        begun = time.perf_counter()
        pairs = self._model.read()
        self._copying += time.perf_counter() - begun
        sizes = (pairs[0][0].shape[1], *(w.shape[0] for w, _ in pairs))
        if sizes != self._sizes:
            msg = f"the network was {self._sizes} and is now {sizes}"
            raise ValueError(msg)
        self._write_weights(self._step, pairs)

    def _write_weights(self, step: int, pairs: list[Pair]) -> None:
        folder = self._folder / WEIGHTS
        dropped = [folder / weights_name(old) for old in self._kept.keep(step)]
        path = folder / weights_name(step)
        if step == 0:
            write_whole(path, _weights(pairs))
            return
        self._writer.write(path, lambda: _weights(pairs), dropped)

    def _write_probe(self, inputs: Any, labels: Any) -> None:
        if inputs is None:
            if labels is not None:
                msg = "labels without inputs say nothing; give both"
                raise ValueError(msg)
            return
        rows = as_array(inputs)[:MOST_PROBE]
        rows = np.ascontiguousarray(rows.reshape(len(rows), -1))
        if rows.shape[1] != self._sizes[0]:
            msg = (
                f"inputs of {rows.shape[1]} numbers; the network takes {self._sizes[0]}"
            )
            raise ValueError(msg)
        arrays: dict[str, Any] = {"inputs": rows}
        if labels is not None:
            arrays["labels"] = self._labels(labels, len(rows), len(as_array(inputs)))
        write_whole(self._folder / PROBE, save(arrays))

    def _labels(self, labels: Any, n_rows: int, n_given: int) -> Any:
        values = as_array(labels)
        if len(values) != n_given:
            msg = f"{len(values)} labels for {n_given} inputs"
            raise ValueError(msg)
        values = values[:n_rows]
        if values.ndim == 1 and np.array_equal(values, values.astype(np.int32)):
            return values.astype(np.int32)
        return values

    def _make_folder(self) -> None:
        if (self._folder / RUN).exists():
            msg = f"{self._folder} holds a run already; choose another folder"
            raise FileExistsError(msg)
        (self._folder / WEIGHTS).mkdir(parents=True, exist_ok=True)

    def _write_description(self, *, ended: bool) -> None:
        run = {
            "format": FORMAT,
            "program": "glassbox.Recorder",
            "began": datetime.now(UTC).isoformat(timespec="seconds"),
            "library": self._model.library,
            "ended": ended,
            "steps": self._step if ended else None,
            **self._told,
        }
        if ended:
            run["began"] = self._began()
            run["ended_at"] = datetime.now(UTC).isoformat(timespec="seconds")
        network = {
            "layer_sizes": list(self._sizes),
            "activations": list(self._activations),
        }
        text = toml_text({"run": run, "network": network})
        write_whole(self._folder / RUN, text.encode())

    def _began(self) -> str:
        told = tomllib.loads((self._folder / RUN).read_text(encoding="utf-8"))
        return str(told["run"]["began"])


def _weights(pairs: list[Pair]) -> bytes:
    arrays = {}
    for k, (weight, bias) in enumerate(pairs):
        arrays[f"layers.{k}.weight"] = weight
        if bias is not None:
            arrays[f"layers.{k}.bias"] = bias
    return save(arrays)


def _activations(
    model: Model, given: str | Sequence[str] | None, output: str | None
) -> tuple[str, ...]:
    n_layers = len(model.activations)
    if isinstance(given, str):
        given = [given] * (n_layers - 1)
    names = list(model.activations)
    if given is not None:
        if len(given) not in (n_layers - 1, n_layers):
            msg = (
                f"{len(given)} activations for {n_layers} layers; give one for each, "
                "or one for each hidden layer"
            )
            raise ValueError(msg)
        names[: len(given)] = given
    if output is not None:
        names[-1] = output
    for name in (*(given or ()), *(() if output is None else (output,))):
        if name not in (*ACTIVATIONS, UNKNOWN):
            msg = f"unknown activation {name!r} (choose from {', '.join(ACTIVATIONS)})"
            raise ValueError(msg)
    return tuple(name if name in ACTIVATIONS else UNKNOWN for name in names)


def _finite(value: float) -> float | str:
    """For JSON, which has no infinite numbers."""
    return value if math.isfinite(value) else str(value)
