"""The tensors and texts of a checkpoint's file; no JAX, so that the window may write.

Curves belong to whoever has read them: the command line, or the window.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np

from core.arrays import FloatArray, HostArray
from core.files import safetensors_form
from core.files.safetensors_form import RUN
from core.platform import atomic
from core.values.errors import FileError
from core.values.words import tr

LOSSES: Final = f"{RUN}losses"
ACCURACIES: Final = f"{RUN}accuracies"
CURVES: Final = f"{RUN}curves."


def with_curves(
    tensors: Mapping[str, HostArray],
    losses: FloatArray,
    accuracies: FloatArray,
    curves: Mapping[str, HostArray],
) -> dict[str, HostArray]:
    """All tensors of the file.

    Args:
        tensors: of the run.
        losses: (steps,) batch loss before each step, as far as it is known.
        accuracies: (steps,) batch accuracy likewise.
        curves: what else the window has drawn, by names of its own.
    """
    named = {f"{CURVES}{name}": values for name, values in curves.items()}
    return {**tensors, LOSSES: losses, ACCURACIES: accuracies, **named}


def write(
    path: Path, tensors: Mapping[str, HostArray], metadata: Mapping[str, str]
) -> None:
    """Write a file, whole or not at all.

    Raises:
        FileError: weights are not finite, or the path cannot be written; an existing
            file is unchanged.
    """
    for name, values in tensors.items():
        if not name.startswith(RUN) and not np.isfinite(values).all():
            msg = tr(
                "{path}: not written: {name} contains non-finite values; training has "
                "diverged, go back to an earlier step",
                path=path,
                name=name,
            )
            raise FileError(msg)
    atomic.write_bytes(path, safetensors_form.dumps(tensors, metadata))
