"""Steps of a commanded number of steps that are read because of their number.

While it plays, the window is shown what there is time for, by the clock. A command to
take so many steps has the same readings each time: on a fast machine and on a busy one.
"""

from typing import Final

from core.training.run import TrainingRun

MOST_MARKS: Final = 64
"""Most readings of one command."""
READING_SHARE: Final = 0.25
"""Most multiplications for reading the test set, as a share of those for training."""
PASSES_OF_A_STEP: Final = 3
"""Forward, and backward for the activations and for the weights."""
FEWEST_STEPS: Final = 2
"""A single step is shown at once; at its end the test set is read anyway."""
NEVER: Final = 2**62


class Marks:
    """Mutable: the marks of the command under way, none while it plays."""

    def __init__(self) -> None:
        self._every = 0
        self._next = NEVER

    @property
    def are_set(self) -> bool:
        """Whether readings are taken by step, and not by the clock."""
        return self._every > 0

    def clear(self) -> None:
        """Read by the clock from now on."""
        self._every, self._next = 0, NEVER

    def begin(self, run: TrainingRun, count: int) -> None:
        """Set marks for so many steps from where the run is."""
        self.clear()
        if count < FEWEST_STEPS:
            return
        trained = PASSES_OF_A_STEP * min(
            run.experiment.training.batch_size, len(run.dataset.train)
        )
        n_read = len(run.dataset.test)
        if run.dataset.validation is not None:
            n_read += len(run.dataset.validation)
        dear = int(n_read / (READING_SHARE * trained))
        self._every = max(1, dear, -(-count // MOST_MARKS))
        self._next = run.step

    def is_at(self, step: int) -> bool:
        """Whether this step is to be read before training goes on."""
        return step >= self._next

    def until_next(self, step: int) -> int:
        """Steps to the next mark."""
        return max(1, self._next - step)

    def leave(self, step: int) -> None:
        """This step is read: training goes on."""
        self._next = step + self._every
