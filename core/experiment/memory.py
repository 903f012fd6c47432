"""An estimate of an experiment's memory, before anything is allocated."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.descriptions.optimizers import OPTIMIZERS
from core.experiment.data_shape import FLOAT_BYTES
from core.experiment.model import Experiment

USABLE_SHARE: Final = 0.8
"""Share of the free memory that a run may use; the rest is for other programs."""
ASSUMED_FREE: Final = 8_000_000_000
"""Assumed free bytes where the system does not tell."""
OPTIMIZER_COPIES: Final[Mapping[str, int]] = {
    name: len(words.states) for name, words in OPTIMIZERS.items()
}
"""Number of state vectors of an optimiser, each as long as the parameters."""


@dataclass(frozen=True, slots=True)
class MemoryEstimate:
    """Bytes that training needs, part by part.

    Attributes:
        parameter_count: weights and biases.
        parameters: float32 weights and biases.
        gradients: one value for each parameter.
        optimizer: the optimiser's state.
        activations: inputs, z and a of every unit for one batch.
        data: all examples.
    """

    parameter_count: int
    parameters: int
    gradients: int
    optimizer: int
    activations: int
    data: int

    @property
    def training(self) -> int:
        """Parameters, gradients and the optimiser's state."""
        return self.parameters + self.gradients + self.optimizer

    @property
    def total(self) -> int:
        return self.training + self.activations + self.data


def estimate(experiment: Experiment, n_inputs: int, n_outputs: int) -> MemoryEstimate:
    """Bytes for training this experiment with these numbers of inputs and classes."""
    spec = experiment.network.spec(n_inputs, n_outputs)
    count = spec.parameter_count
    units = sum(spec.layer_sizes[1:])
    shape = experiment.data.shape
    return MemoryEstimate(
        parameter_count=count,
        parameters=FLOAT_BYTES * count,
        gradients=FLOAT_BYTES * count,
        optimizer=FLOAT_BYTES * count * OPTIMIZER_COPIES[experiment.training.optimizer],
        activations=FLOAT_BYTES
        * experiment.training.batch_size
        * (n_inputs + 2 * units),
        data=shape.n_examples * n_inputs * shape.input_bytes,
    )


def refusal(
    experiment: Experiment,
    n_inputs: int,
    n_outputs: int,
    available_bytes: int | None,
) -> str | None:
    """Why this experiment cannot be trained in this memory, or None if it can.

    Args:
        experiment: the requested experiment.
        n_inputs: values of one example.
        n_outputs: classes, or numbers of a target.
        available_bytes: free memory; None where it is not known.
    """
    needed = estimate(experiment, n_inputs, n_outputs)
    free = ASSUMED_FREE if available_bytes is None else available_bytes
    if needed.total <= USABLE_SHARE * free:
        return None
    optimizer = experiment.training.optimizer
    words = "are assumed to be free" if available_bytes is None else "are free"
    room = f"{size_text(free)} {words}, of which a run may take {USABLE_SHARE:.0%}"
    if needed.training <= USABLE_SHARE * free:
        return (
            f"A batch of {experiment.training.batch_size:,} needs "
            f"{size_text(needed.activations)} for its activations, "
            f"{size_text(needed.total)} in all; {room}"
        )
    return (
        f"{count_text(needed.parameter_count)} parameters need "
        f"{size_text(needed.parameters)} for the weights alone, "
        f"{size_text(needed.training)} while training with {optimizer}; {room}"
    )


def size_text(size: int) -> str:
    """Bytes in decimal units with one digit: "12.0 GB"."""
    value = float(size)
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if value < 999.95:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:,.1f} PB"


def count_text(count: int) -> str:
    """A count, exact up to a hundred million: "13,002", above it "1.57e9"."""
    if count < 100_000_000:
        return f"{count:,}"
    mantissa, _, exponent = f"{count:.2e}".partition("e+")
    return f"{mantissa}e{int(exponent)}"


def available_bytes() -> int | None:
    """Memory that is available for a new allocation; None where it is not known."""
    limits = [_system_bytes(), _container_bytes()]
    known = [limit for limit in limits if limit is not None]
    return min(known) if known else None


def _system_bytes(meminfo: Path = Path("/proc/meminfo")) -> int | None:
    # MemAvailable counts the page cache that Linux gives back; the free pages of
    # sysconf do not, and would refuse networks that fit.
    try:
        for line in meminfo.read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return None


def _container_bytes(group: Path = Path("/sys/fs/cgroup")) -> int | None:
    try:
        limit = int((group / "memory.max").read_text(encoding="ascii"))
        used = int((group / "memory.current").read_text(encoding="ascii"))
    except (OSError, ValueError):  # no limit is written as "max"
        return None
    return max(0, limit - used)
