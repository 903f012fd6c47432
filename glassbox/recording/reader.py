"""Reads a run's folder, also while it is still written."""

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open

from glassbox.recording.run_folder import (
    FORMAT,
    METRICS,
    PROBE,
    RUN,
    WEIGHTS,
    check_ordinary,
    read_ordinary,
    step_of,
    weights_name,
)

Array = npt.NDArray[np.float32]


MOST_UNITS: Final = 10_000_000
"""Of a layer: above, the description is damaged."""


MOST_OF_RUN: Final = 2**20
MOST_OF_METRICS: Final = 2**31
MOST_OF_WEIGHTS: Final = 2**36
"""Bytes of these files."""


class RunError(ValueError):
    """A folder that holds no run, or a damaged one."""


@dataclass(frozen=True)
class RecordedRun:
    """A recorded run; every property reads what is on disk now.

    Attributes:
        folder: of the run.
        layer_sizes: inputs, then the units of each layer.
        activations: one name for each layer, "unknown" where nobody said.
        description: all of `run.toml`.
    """

    folder: Path
    layer_sizes: tuple[int, ...]
    activations: tuple[str, ...]
    description: Mapping[str, Any]

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps whose weights are kept, in order."""
        found = map(step_of, (self.folder / WEIGHTS).iterdir())
        return tuple(sorted(step for step in found if step is not None))

    def weights(self, step: int) -> list[tuple[Array, Array]]:
        """Weights (n_out, n_in) and biases (n_out,) of each layer after a step.

        Raises:
            KeyError: they are not kept; `steps` says which are.
            RunError: the file is damaged.
        """
        path = self.folder / WEIGHTS / weights_name(step)
        if not path.exists():
            msg = f"the weights of step {step} are not kept; see steps"
            raise KeyError(msg)
        arrays = _arrays(path)
        layers = []
        for k, (n_in, n_out) in enumerate(
            zip(self.layer_sizes, self.layer_sizes[1:], strict=False)
        ):
            weight = arrays.get(f"layers.{k}.weight")
            bias = arrays.get(f"layers.{k}.bias", np.zeros(n_out, np.float32))
            if (
                weight is None
                or weight.shape != (n_out, n_in)
                or bias.shape != (n_out,)
            ):
                msg = f"{path}: layer {k} is not one of {n_in} to {n_out}"
                raise RunError(msg)
            layers.append((weight, bias))
        return layers

    @property
    def metrics(self) -> dict[str, Array]:
        """The curves by name, "step" among them; NaN where a line has no value."""
        lines = _metric_lines(self.folder / METRICS)
        names = dict.fromkeys(name for line in lines for name in line)
        values = {
            name: np.array([_number(line.get(name)) for line in lines])
            for name in names
        }
        if "step" in values:
            values["step"] = values["step"].astype(np.int64)
        return values

    @property
    def inputs(self) -> Array | None:
        """(n, n_in) examples to look at the network with, None without any."""
        return self._probe("inputs")

    @property
    def labels(self) -> npt.NDArray[Any] | None:
        """(n,) their classes or (n, n_out) their targets, None without any."""
        return self._probe("labels")

    @property
    def has_ended(self) -> bool:
        """Whether the run was closed; one that crashed was not."""
        return bool(_description(self.folder)["run"].get("ended", False))

    def _probe(self, name: str) -> npt.NDArray[Any] | None:
        path = self.folder / PROBE
        return _arrays(path).get(name) if path.exists() else None


def open_run(folder: str | os.PathLike[str]) -> RecordedRun:
    """Open a recorded run.

    Raises:
        RunError: the folder holds none; says what is wrong.
    """
    path = Path(folder)
    told = _description(path)
    network = told.get("network", {})
    sizes, activations = network.get("layer_sizes"), network.get("activations")
    if (
        not isinstance(sizes, list)
        or len(sizes) < 2
        or not all(type(size) is int and 0 < size <= MOST_UNITS for size in sizes)
    ):
        msg = f"{path / RUN}: network.layer_sizes is no list of sizes"
        raise RunError(msg)
    if not isinstance(activations, list) or len(activations) != len(sizes) - 1:
        msg = f"{path / RUN}: network.activations is not one name for each layer"
        raise RunError(msg)
    return RecordedRun(path, tuple(sizes), tuple(map(str, activations)), told)


def _description(folder: Path) -> dict[str, Any]:
    path = folder / RUN
    try:
        told = tomllib.loads(read_ordinary(path, MOST_OF_RUN).decode())
    except OSError as error:
        msg = f"{path}: {error.strerror or error}; a run's folder has this file"
        raise RunError(msg) from None
    except (ValueError, RecursionError) as error:
        msg = f"{path}: not a TOML file: {error}"
        raise RunError(msg) from None
    run = told.get("run")
    if not isinstance(run, dict) or type(run.get("format")) is not int:
        msg = f"{path}: it has no run.format"
        raise RunError(msg)
    if run["format"] > FORMAT:
        msg = f"{path}: written by a newer Glassbox (its format is above {FORMAT})"
        raise RunError(msg)
    return told


def _arrays(path: Path) -> dict[str, npt.NDArray[Any]]:
    try:
        check_ordinary(path, MOST_OF_WEIGHTS)
        with safe_open(path, framework="np") as file:
            return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (SafetensorError, OSError) as error:
        msg = f"{path}: damaged ({getattr(error, 'strerror', None) or error})"
        raise RunError(msg) from None


def _metric_lines(path: Path) -> list[dict[str, Any]]:
    """All whole lines; the last one may still be written."""
    if not path.exists():
        return []
    try:
        content = read_ordinary(path, MOST_OF_METRICS)
    except OSError as error:
        msg = f"{path}: {error.strerror or error}"
        raise RunError(msg) from None
    lines = []
    for text in content.split(b"\n")[:-1]:
        try:
            line = json.loads(text)
        except (ValueError, RecursionError):
            continue  # of a crash in the middle of a line
        if isinstance(line, dict):
            lines.append(line)
    return lines


def _number(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return float("nan")
