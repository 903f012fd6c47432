"""Which examples each step uses: a function of seed and step, nothing else."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray, IntArray


@lru_cache(maxsize=2)
def _epoch_order(n_examples: int, seed: int, epoch: int) -> npt.NDArray[np.int32]:
    shuffled = np.random.default_rng((seed, epoch)).permutation(n_examples)
    order = shuffled.astype(np.int32)
    order.flags.writeable = False
    return order


@lru_cache(maxsize=2)
def _ones(n_rows: int, n_columns: int) -> FloatArray:
    ones = np.ones((n_rows, n_columns), np.float32)
    ones.flags.writeable = False
    return ones


@dataclass(frozen=True, slots=True)
class BatchOrder:
    """The order of the training examples.

    Every epoch is shuffled again and uses each example once; its last batch may be
    short and is padded with example 0 at weight 0. Epoch `first_epoch` begins when
    `first_step` steps are done.
    """

    n_examples: int
    batch_size: int
    seed: int
    first_step: int = 0
    first_epoch: int = 0

    @property
    def steps_per_epoch(self) -> int:
        return -(-self.n_examples // self.batch_size)

    def until_epoch_end(self, step: int) -> int:
        """Steps left in the epoch after `step` steps; at least 1."""
        return self.steps_per_epoch - (step - self.first_step) % self.steps_per_epoch

    def epoch_ends(self, step: int, count: int) -> range:
        """Those of the `count` steps after `step` that complete an epoch.

        Steps are numbered from 1.
        """
        first = step + self.until_epoch_end(step)
        return range(first, step + count + 1, self.steps_per_epoch)

    def epoch_at(self, step: int) -> float:
        """Completed epochs after `step` steps, with the fraction of the current one."""
        return self.first_epoch + (step - self.first_step) / self.steps_per_epoch

    def batches(
        self, first: int, count: int, room: int = 0
    ) -> tuple[IntArray, FloatArray]:
        """Batches number first to first + count - 1, over any number of epochs.

        Args:
            first: steps done before the first of these batches.
            count: how many.
            room: rows of the result, if more than `count`: the others have no
                meaning.

        Returns:
            Positions in the training split and their weights (1, padding 0), both
            (rows, batch_size) and read-only.
        """
        shape = (max(count, room), self.batch_size)
        epoch, offset = divmod(first - self.first_step, self.steps_per_epoch)
        if (offset + shape[0]) * self.batch_size <= self.n_examples:
            order = _epoch_order(self.n_examples, self.seed, self.first_epoch + epoch)
            wanted = order[offset * self.batch_size :][: shape[0] * self.batch_size]
            return wanted.reshape(shape), _ones(*shape)
        return self._gathered(first, count, shape)

    def _gathered(
        self, first: int, count: int, shape: tuple[int, int]
    ) -> tuple[IntArray, FloatArray]:
        """The same for batches that are padded, or of more than one epoch."""
        indices = np.zeros(shape[0] * shape[1], np.int32)
        weights = np.zeros(shape[0] * shape[1], np.float32)
        done = 0
        while done < count:
            epoch, offset = divmod(first + done - self.first_step, self.steps_per_epoch)
            order = _epoch_order(self.n_examples, self.seed, self.first_epoch + epoch)
            taken = min(count - done, self.steps_per_epoch - offset)
            wanted = order[offset * self.batch_size :][: taken * self.batch_size]
            place = slice(done * self.batch_size, done * self.batch_size + len(wanted))
            indices[place] = wanted
            weights[place] = 1
            done += taken
        return indices.reshape(shape), weights.reshape(shape)
