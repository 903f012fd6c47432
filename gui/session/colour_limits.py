"""The value of full colour, the same in every picture of a layer's weights."""

from collections import deque
from threading import Lock
from typing import Final, Literal

from core.arrays import FloatArray
from gui.style.signed_scale import FINE_STEPS, SteadyScale, largest_size, moment

Coloured = Literal["weights", "nudges"]
LATEST: Final = 4
"""Steps whose limits are kept: pictures are drawn of more than one at a time."""


class ColourLimits:
    """The limits of a run's layers, asked for from any thread.

    While it trains a limit does not shrink at once. So that two pictures of one step
    have the same, it is found once for each array of values.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._scales: dict[tuple[Coloured, int], SteadyScale] = {}
        self._found: dict[
            tuple[Coloured, int], deque[tuple[FloatArray, bool, float]]
        ] = {}

    def of(
        self, what: Coloured, layer: int, values: FloatArray, *, playing: bool
    ) -> float:
        """The limit of these values.

        Args:
            what: they are; of nudges the gradient, which they are the negative of.
            layer: that they lead to.
            values: of all its edges, the very array of the snapshot.
            playing: whether it trains.
        """
        with self._lock:
            found = self._found.setdefault((what, layer), deque(maxlen=LATEST))
            for known, was_playing, limit in found:
                if known is values and was_playing == playing:
                    return limit
            scale = self._scales.setdefault((what, layer), SteadyScale(FINE_STEPS))
            limit = scale.update(largest_size(values), moment(playing=playing))
            found.append((values, playing, limit))
            return limit
