"""An estimate of an experiment's memory, before anything is allocated."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from core.descriptions.optimizers import OPTIMIZERS
from core.experiment.data_shape import FLOAT_BYTES
from core.experiment.model import Experiment
from core.values.shares import percent_text
from core.values.words import tr

MOST_PARAMETERS: Final = 1_000_000_000
"""The window keeps several copies of the weights: beyond, no machine is asked."""
USABLE_SHARE: Final = 0.8
"""Share of the free memory that a run may take; the rest is for everybody else."""
LEFT_SHARE: Final = 0.1
"""Share of the free memory for runs that were left and that undo may bring back."""
MOST_FOR_LEFT: Final = 1_000_000_000
OPTIMIZER_COPIES: Final[Mapping[str, int]] = {
    name: len(description.states) for name, description in OPTIMIZERS.items()
}
"""Number of state vectors of an optimiser, each as long as the parameters."""
ROOM_FOR_STATES: Final = 256_000_000
"""Bytes for all stored states of a run in the window."""
TRAIL_SHARE: Final = 4
"""Share of it for the states of the last replay, where the next one often begins."""
MOST_FRAMES: Final = 500
"""Most key frames; a small network does not need more."""

MOST_POINTS: Final = 192
"""Most points on the path of a run through weight space."""
ROOM_FOR_PATH: Final = 64_000_000
"""Bytes for them where more than a few are kept."""
FEW_POINTS: Final = 8
ROOM_FOR_FEW: Final = 256_000_000
"""Bytes for so few of them where more than the fewest are kept."""
FEWEST_POINTS: Final = 3
"""A plane lies through three of them."""

# How often things are held at once, counted in the running program; what comes of it
# is held against measurements by `python -m tests.benchmarks.memory_of_sizes`.
_DATA_COPIES: Final = 3
"""The file's content while it is read, the host's arrays, the device's."""
_STATES: Final = 2
"""Before and after a step."""
_STATES_IN_WINDOW: Final = 5
"""The newest one, that before it, those of two chunks in flight, and an older one that
a snapshot shows."""
_ROWS: Final = 5
"""The table of nudges: ids of 8 bytes, as listed and as sorted, and the keys."""
_MOST_FOR_BUFFERS: Final = 80_000_000
_BUFFER_BYTES: Final = 3_000
"""For each parameter, up to the most: compiled programs and their buffers."""
_MOST_FOR_PICTURES: Final = 90_000_000
_PICTURE_BYTES: Final = 100_000
"""For each unit, up to the most: its lines' coverage and its pictures."""


class Place(Enum):
    """Where an experiment is trained."""

    WINDOW = tr("with snapshots, key frames and pictures")
    COMMAND_LINE = tr("nothing but the training")


@dataclass(frozen=True, slots=True)
class MemoryEstimate:
    """Bytes that training needs, part by part.

    Attributes:
        parameter_count: weights and biases.
        parameters: float32 weights and biases, once.
        states: parameters and the optimiser's state, as often as they are held.
        gradients: one value for each parameter, twice where a window shows them.
        activations: inputs, z and a of every unit for one batch.
        data: all examples, as often as they are held.
        buffers: compiled programs and what they work in.
        key_frames: states from which any step is replayed, at the most.
        path: weights of earlier steps, for the landscape, at the most.
        shown: the rows of the tables, and pictures; in the machine's own
            memory wherever the training is.
    """

    parameter_count: int
    parameters: int
    states: int
    gradients: int
    activations: int
    data: int
    buffers: int
    key_frames: int = 0
    path: int = 0
    shown: int = 0

    @property
    def on_device(self) -> int:
        """What lies where the training is."""
        return (
            self.states
            + self.gradients
            + self.activations
            + self.data
            + self.buffers
            + self.key_frames
            + self.path
        )

    @property
    def total(self) -> int:
        return self.on_device + self.shown


def estimate(
    experiment: Experiment,
    n_inputs: int,
    n_outputs: int,
    place: Place = Place.WINDOW,
) -> MemoryEstimate:
    """Bytes for training this experiment with these numbers of inputs and classes."""
    spec = experiment.network.spec(n_inputs, n_outputs)
    count = spec.parameter_count
    units = sum(spec.layer_sizes[1:])
    shape = experiment.data.shape
    once = FLOAT_BYTES * count
    state = once * (1 + OPTIMIZER_COPIES[experiment.training.optimizer])
    is_shown = place is Place.WINDOW
    pictures = min(_MOST_FOR_PICTURES, _PICTURE_BYTES * units)
    return MemoryEstimate(
        parameter_count=count,
        parameters=once,
        states=state * (_STATES_IN_WINDOW if is_shown else _STATES),
        gradients=once * (2 if is_shown else 1),
        activations=FLOAT_BYTES
        * experiment.training.batch_size
        * (n_inputs + 2 * units),
        data=_DATA_COPIES * shape.n_examples * n_inputs * shape.input_bytes,
        buffers=min(_MOST_FOR_BUFFERS, _BUFFER_BYTES * count),
        key_frames=frames_that_fit(state) * state if is_shown else 0,
        path=path_points(once) * once if is_shown else 0,
        shown=_ROWS * once + pictures if is_shown else 0,
    )


def frames_that_fit(state_bytes: int) -> int:
    """Key frames of a state of this size, at the most."""
    room = ROOM_FOR_STATES - ROOM_FOR_STATES // TRAIL_SHARE
    return min(MOST_FRAMES, room // max(1, state_bytes))


def path_points(weights_bytes: int) -> int:
    """Points on the path of weights of this size, at the most."""
    size = max(1, weights_bytes)
    few = min(FEW_POINTS, ROOM_FOR_FEW // size)
    return min(MOST_POINTS, max(FEWEST_POINTS, few, ROOM_FOR_PATH // size))


def refusal(
    experiment: Experiment,
    n_inputs: int,
    n_outputs: int,
    free_bytes: int,
    place: Place = Place.WINDOW,
    *,
    has_own_memory: bool = False,
) -> str | None:
    """Why this experiment cannot be trained in this memory, or None if it can.

    Args:
        experiment: the requested experiment.
        n_inputs: values of one example.
        n_outputs: classes, or numbers of a target.
        free_bytes: memory that a new allocation can have where it is to be trained.
            More parameters than MOST_PARAMETERS are refused whatever it is.
        place: in the window, or on the command line.
        has_own_memory: whether that is a device's memory, not the machine's.
    """
    needed = estimate(experiment, n_inputs, n_outputs, place)
    size = needed.on_device if has_own_memory else needed.total
    weights = _weights_text(needed, size, experiment)
    if needed.parameter_count > MOST_PARAMETERS:
        return tr(
            "{weights}; the most that Glassbox takes is {count_text} "
            "parameters, on every machine",
            weights=weights,
            count_text=count_text(MOST_PARAMETERS),
        )
    if size <= USABLE_SHARE * free_bytes:
        return None
    room = tr(
        "{bytes_text} are free, of which a run may take {usable_share}",
        bytes_text=bytes_text(free_bytes),
        usable_share=percent_text(USABLE_SHARE, 0),
    )
    if size - needed.activations <= USABLE_SHARE * free_bytes:
        return tr(
            "A batch of {batch_size:,} needs {bytes_text} for its "
            "activations, {bytes_text_2} in all; {room}",
            batch_size=experiment.training.batch_size,
            bytes_text=bytes_text(needed.activations),
            bytes_text_2=bytes_text(size),
            room=room,
        )
    if place is Place.COMMAND_LINE:
        return f"{weights}; {room}"
    alone = estimate(experiment, n_inputs, n_outputs, Place.COMMAND_LINE)
    less = alone.on_device if has_own_memory else alone.total
    return tr(
        "{weights} in the window, which keeps earlier steps and what "
        "it shows; {room}. The command `glassbox train` needs "
        "{bytes_text}",
        weights=weights,
        room=room,
        bytes_text=bytes_text(less),
    )


def _weights_text(needed: MemoryEstimate, size: int, experiment: Experiment) -> str:
    return tr(
        "{count_text} parameters need {bytes_text} for the weights "
        "alone, {bytes_text_2} while training with {optimizer}",
        count_text=count_text(needed.parameter_count),
        bytes_text=bytes_text(needed.parameters),
        bytes_text_2=bytes_text(size),
        optimizer=experiment.training.optimizer,
    )


def room_for_left_runs(free_bytes: int) -> int:
    """Bytes that runs which were left may take, where so much memory is free."""
    return min(MOST_FOR_LEFT, int(LEFT_SHARE * free_bytes))


def bytes_text(size: int) -> str:
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
