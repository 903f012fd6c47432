"""Record the training of any fully connected network, and read what was recorded.

`Recorder` writes a run into a folder, `open` reads it. Both need NumPy and safetensors
alone; neither Qt nor JAX is imported here.
"""

from glassbox.recording.layers import ModelError
from glassbox.recording.reader import RecordedRun, RunError, open_run
from glassbox.recording.recorder import Recorder

open = open_run  # noqa: A001

__all__ = ["ModelError", "RecordedRun", "Recorder", "RunError", "open"]
