"""Takes a run as values, from which somebody else makes a file."""

from weakref import ref

from core.checkpoints.file_form import tensors_of
from core.checkpoints.identity import data_hash
from core.checkpoints.resuming import checkpoint_of, weights_of
from core.data.dataset import Dataset
from core.protocol.saving import RunTaken
from core.runner.loading import LoadedRun


class RunTaker:
    """Mutable: knows the hash of the examples that were seen last."""

    def __init__(self) -> None:
        # The data themselves may go with their run.
        self._hashed: tuple[ref[Dataset], str] | None = None

    def taken(self, run_id: int, number: int, loaded: LoadedRun) -> RunTaken:
        """The run as it is; on the CPU without a copy of its states."""
        run, before = loaded.run, loaded.steps_before
        checkpoint = checkpoint_of(run, self._hash(run.dataset), steps_before=before)
        tensors, metadata = tensors_of(checkpoint, weights_of(run, before))
        branches = len(run.branches)
        return RunTaken(run_id, number, run.step, tensors, metadata, branches)

    def _hash(self, dataset: Dataset) -> str:
        if self._hashed is None or self._hashed[0]() is not dataset:
            self._hashed = ref(dataset), data_hash(dataset)
        return self._hashed[1]
