"""Trained networks in files: .npz and .safetensors, with the experiment inside.

Tensors are named as PyTorch names them ("layers.0.weight", (n_out, n_in)), so other
programs read the files as they are; other programs' files are read too, when their
tensors form one chain of layers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from core.arrays import HostParams
from core.experiment.model import Experiment
from core.files import layer_chain, npz_form, safetensors_form, weights_metadata
from core.files.tensors import TensorContents, UnreadableError
from core.platform import atomic
from core.platform.ordinary_files import check_ordinary
from core.values.errors import FileError
from core.values.network_spec import NetworkSpec

SUFFIXES: Final = (".npz", ".safetensors")

_ZIP_MAGIC: Final = b"PK"
_PICKLE_MAGIC: Final = b"\x80"


@dataclass(frozen=True, slots=True, eq=False)
class WeightsFile:
    """A network with its parameters, as in a file.

    Attributes:
        spec: the network.
        params: finite float32 values in the shapes of `spec`.
        experiment: the one that trained it, None when the file contains none.
        step: training steps taken.
        class_names: one for each output, or empty when not known.
        assumptions: what was guessed where another program's file leaves it open;
            kept when the network is converted.
        remarks: what else the user should know of the file.
    """

    spec: NetworkSpec
    params: HostParams
    experiment: Experiment | None = None
    step: int = 0
    class_names: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """Everything that the user should know of the file."""
        return *self.remarks, *self.assumptions

    @property
    def start_note(self) -> str:
        """What training that goes on from here does not go on with; may be empty."""
        if self.step == 0:
            return ""
        return (
            f"goes on from the weights of step {self.step:,}; batches, learning-rate "
            "schedule and optimiser begin anew"
        )


def save_weights(path: Path, weights: WeightsFile) -> None:
    """Write a file in the format of its name.

    Raises:
        FileError: unknown ending, non-finite values, or a path that cannot be
            written; an existing file is then unchanged.
    """
    forms = {".npz": npz_form.dumps, ".safetensors": safetensors_form.dumps}
    dumps = forms.get(path.suffix.lower())
    if dumps is None:
        msg = f"{path}: the name must end with {' or '.join(SUFFIXES)}"
        raise FileError(msg)
    _check(path, weights)
    metadata = weights_metadata.written(
        spec=weights.spec,
        experiment=weights.experiment,
        step=weights.step,
        class_names=weights.class_names,
        assumptions=weights.assumptions,
    )
    tensors = layer_chain.named_tensors(weights.spec, weights.params)
    atomic.write_bytes(path, dumps(tensors, metadata))


def load_weights(path: Path) -> WeightsFile:
    """Read a file of either format, whatever its name.

    Raises:
        FileError: begins with the path and says what is wrong with which tensor.
    """
    try:
        return _understood(_reader(path)(path))
    except UnreadableError as error:
        msg = f"{path}: {error}"
        raise FileError(msg) from None
    except OSError as error:
        msg = f"{path}: cannot be read: {error.strerror or error}"
        raise FileError(msg) from None


def _reader(path: Path) -> Callable[[Path], TensorContents]:
    check_ordinary(path)
    with path.open("rb") as stream:
        start = stream.read(2)
    if start == _ZIP_MAGIC:
        return npz_form.read
    if start[:1] == _PICKLE_MAGIC and path.suffix.lower() not in SUFFIXES:
        msg = (
            "this is a pickle, which can run programs and is never opened; save the "
            "weights as .safetensors or .npz"
        )
        raise UnreadableError(msg)
    return safetensors_form.read


def _understood(contents: TensorContents) -> WeightsFile:
    if weights_metadata.FORMAT_KEY in contents.metadata:
        return _from_own(contents)
    params, assumptions = layer_chain.foreign_params(contents.tensors)
    sizes = (params[0][0].shape[1], *(len(bias) for _, bias in params))
    spec = NetworkSpec(sizes, ("relu",) * (len(params) - 1) + ("softmax",))
    hidden = "ReLU in the hidden layers and " if len(params) > 1 else ""
    assumed = f"its activations are not known: {hidden}softmax at the output is a guess"
    return WeightsFile(spec, params, assumptions=(assumed, *assumptions))


def _from_own(contents: TensorContents) -> WeightsFile:
    read = weights_metadata.read(contents.metadata)
    params = layer_chain.own_params(contents.tensors, read.spec)
    return WeightsFile(
        spec=read.spec,
        params=params,
        experiment=read.experiment,
        step=read.step,
        class_names=read.class_names,
        assumptions=read.assumptions,
        remarks=read.remarks,
    )


def _check(path: Path, weights: WeightsFile) -> None:
    """Refuse values that could not be read again."""
    shapes = tuple(weight.shape for weight, _ in weights.params)
    if shapes != weights.spec.weight_shapes:
        msg = (
            f"{path}: not written: weights of {shapes} are not a {weights.spec} network"
        )
        raise FileError(msg)
    tensors = layer_chain.named_tensors(weights.spec, weights.params)
    for name, values in tensors.items():
        if not np.isfinite(values).all():
            msg = (
                f"{path}: not written: {name} contains non-finite values; "
                "training has diverged, restart with a smaller learning rate"
            )
            raise FileError(msg)
