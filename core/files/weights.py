"""Trained networks in files: .npz and .safetensors, with the experiment inside.

Tensors are named as PyTorch names them ("layers.0.weight", (n_out, n_in)), so other
programs read the files as they are. Their files are read too: `core.files.foreign`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from core.arrays import HostParams
from core.data.picture_form import PictureForm
from core.data.scaling import InputScaling
from core.data.table.preparation import Preparation
from core.experiment.model import Experiment
from core.files import layer_chain, npz_form, safetensors_form, weights_metadata
from core.files.endings import WEIGHTS as SUFFIXES
from core.files.foreign.description import (
    Candidate,
    ForeignFile,
    ForeignNetwork,
    Part,
    assumed_spec,
)
from core.files.tensors import TensorContents, UnknownKindError, UnreadableError
from core.network.numpy.activations.table import ACTIVATIONS
from core.platform import atomic
from core.values.errors import FileError, PartsError
from core.values.network_spec import NetworkSpec
from core.values.words import tr


@dataclass(frozen=True, slots=True, eq=False)
class WeightsFile:
    """A network with its parameters, as in a file.

    Attributes:
        spec: the network.
        params: finite float32 values in the shapes of `spec`.
        experiment: the one that trained it, None when the file contains none.
        step: training steps taken.
        class_names: one for each class, or empty when not known.
        assumptions: what was guessed where another program's file leaves it open;
            kept when the network is converted.
        remarks: what else the user should know of the file.
        foreign: what another program's file says and leaves open; None for Glassbox's
            own.
        preparation: how a table becomes the inputs, None for other data.
        scaling: how the numbers of other data become the inputs; None where the file
            does not say.
        pictures: how images lie in the inputs; None for others, and where the file does
            not say.
    """

    spec: NetworkSpec
    params: HostParams
    experiment: Experiment | None = None
    step: int = 0
    class_names: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    foreign: ForeignNetwork | None = None
    preparation: Preparation | None = None
    scaling: InputScaling | None = None
    pictures: PictureForm | None = None

    @property
    def form(self) -> str:
        """What kind of file it was, for the user."""
        return "Glassbox weights" if self.foreign is None else self.foreign.form

    @property
    def said_activations(self) -> tuple[str | None, ...]:
        """The activations that the file says; None for those that it does not."""
        if self.foreign is None:
            return self.spec.activations
        layers = self.foreign.part.candidates[0].layers
        return tuple(layer.activation for layer in layers)

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
        msg = tr(
            "{path}: the name must end with {suffixes}",
            path=path,
            suffixes=" or ".join(SUFFIXES),
        )
        raise FileError(msg)
    check(path, weights)
    metadata = metadata_of(weights)
    tensors = layer_chain.named_tensors(weights.spec, weights.params)
    atomic.write_bytes(path, dumps(tensors, metadata))


def metadata_of(weights: WeightsFile) -> dict[str, str]:
    """The strings that are stored with the tensors."""
    return weights_metadata.written(
        weights_metadata.WeightsMetadata(
            spec=weights.spec,
            experiment=weights.experiment,
            step=weights.step,
            class_names=weights.class_names,
            assumptions=weights.assumptions,
            remarks=(),
            preparation=weights.preparation,
            scaling=weights.scaling,
            pictures=weights.pictures,
        )
    )


def load_weights(path: Path, part: str = "") -> WeightsFile:
    """Read a file of any form, whatever its name.

    Args:
        path: the file.
        part: of a file with several chains of layers: the name or number of one.

    Raises:
        FileError: begins with the path and says what is wrong with which tensor.
    """
    return _refusing(path, lambda: _opened(_contents(path), part))


def described(path: Path, part: str = "") -> WeightsFile | ForeignFile:
    """What a file holds, also where it is no fully connected network as a whole.

    Raises:
        FileError: as `load_weights`.
    """

    def describe() -> WeightsFile | ForeignFile:
        found = _contents(path)
        if isinstance(found, ForeignFile) and found.reason and not part:
            return found
        return _opened(found, part)

    return _refusing(path, describe)


_Found = TypeVar("_Found")


def _refusing(path: Path, read: Callable[[], _Found]) -> _Found:
    """What `read` returns, or a refusal with the path.

    Raises:
        FileError: it cannot be read.
    """
    try:
        return read()
    except _PartsOnlyError as error:
        raise parts_error(f"{path}: {error}", error.parts) from None
    except UnknownKindError as error:
        from core.files.foreign.kinds import KINDS_READ

        msg = tr(
            "{path}: {error}; kinds that are read: {kinds_read}",
            path=path,
            error=error,
            kinds_read=KINDS_READ,
        )
        raise FileError(msg) from None
    except UnreadableError as error:
        msg = f"{path}: {error}"
        raise FileError(msg) from None
    except OSError as error:
        msg = tr(
            "{path}: cannot be read: {reason}",
            path=path,
            reason=error.strerror or error,
        )
        raise FileError(msg) from None


def _contents(path: Path) -> TensorContents | ForeignFile:
    # Imported when a file is opened: the readers would make the window start later.
    from core.files.foreign import kinds

    contents = kinds.read(path)
    if isinstance(contents, ForeignFile):
        return contents
    is_own = weights_metadata.FORMAT_KEY in contents.metadata
    return contents if is_own else kinds.foreign_of(contents, path)


def _opened(contents: TensorContents | ForeignFile, part: str) -> WeightsFile:
    if isinstance(contents, ForeignFile):
        return _from_foreign(contents, part)
    if part:
        msg = tr(
            "it has no part {part!r}: Glassbox has saved one whole network in it",
            part=part,
        )
        raise UnreadableError(msg)
    return _from_own(contents)


def _from_foreign(file: ForeignFile, name: str) -> WeightsFile:
    part = chosen_part(file, name)
    candidate = part.candidates[0]
    return WeightsFile(
        assumed_spec(candidate),
        tuple((layer.weight, layer.bias) for layer in candidate.layers),
        assumptions=(*assumed(candidate, assumed_spec(candidate)), *part.remarks),
        remarks=file.remarks,
        foreign=ForeignNetwork(file.form, part, file.parts, file.remarks),
    )


class _PartsOnlyError(UnreadableError):
    """A file is no fully connected network as a whole."""

    def __init__(self, reason: str, parts: Sequence[Part]) -> None:
        super().__init__(reason)
        self.parts = parts


def chosen_part(file: ForeignFile, name: str) -> Part:
    """The part of that name or number; without one the whole network.

    Raises:
        UnreadableError: there is none, or the file is no network as a whole.
    """
    if not name:
        if not file.reason:
            return file.parts[0]
        raise _PartsOnlyError(file.reason, file.parts)
    for k, part in enumerate(file.parts, 1):
        if name in (str(k), part.title):
            return part
    # The whole network begins with the same layer as its first half.
    for part in reversed(file.parts):
        if name in (part.name, part.parent):
            return part
    msg = tr(
        "it has no part {name!r}; those in it are {value}",
        name=name,
        value=listed(file.parts) or tr("none"),
    )
    raise UnreadableError(msg)


def listed(parts: Sequence[Part]) -> str:
    """Parts with the numbers by which they are chosen."""
    return _numbered(parts, None)


def _numbered(parts: Sequence[Part], opened: Part | None) -> str:
    """The parts but for the one that was opened, which nobody has to be told."""
    return "; ".join(
        f"{k}: {part.title}" for k, part in enumerate(parts, 1) if part is not opened
    )


def parts_error(
    reason: str, parts: Sequence[Part], opened: Part | None = None
) -> FileError:
    """A refusal that says how the parts open, where there are some.

    Args:
        reason: why the file does not open as a whole.
        parts: of the file.
        opened: the one that the refusal is about; None where it is about the file.
    """
    numbered = _numbered(parts, opened)
    if not numbered:
        return FileError(reason)
    offer = tr("; parts that open by --part: {listed}", listed=numbered)
    titles = tuple(part.title for part in parts)
    return PartsError(reason, offer, titles)


def assumed(candidate: Candidate, spec: NetworkSpec) -> tuple[str, ...]:
    """What nothing in the file says, and is assumed until it is tried."""
    hidden = any(layer.activation is None for layer in candidate.layers[:-1])
    output = candidate.layers[-1].activation is None
    names = dict.fromkeys(ACTIVATIONS[n].title for n in spec.activations[:-1])
    words = [f"{', '.join(names)} in the hidden layers"] * hidden
    words += [f"{spec.activations[-1]} at the output"] * output
    if not words:
        return ()
    what = "activations are" if hidden else "activation at the output is"
    guess = f"its {what} not known: {' and '.join(words)} is a guess"
    if not (output and candidate.gives_inputs):
        return (guess,)
    return (
        guess,
        tr(
            "its outputs are the inputs of an autoencoder once more, and no classes; "
            "a sigmoid there is as common"
        ),
    )


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
        preparation=read.preparation,
        scaling=read.scaling,
        pictures=read.pictures,
    )


def check(path: Path, weights: WeightsFile) -> None:
    """Refuse values that could not be read again.

    Raises:
        FileError: names what is wrong.
    """
    shapes = tuple(weight.shape for weight, _ in weights.params)
    if shapes != weights.spec.weight_shapes:
        msg = tr(
            "{path}: not written: weights of {shapes} are not a {spec} network",
            path=path,
            shapes=shapes,
            spec=weights.spec,
        )
        raise FileError(msg)
    tensors = layer_chain.named_tensors(weights.spec, weights.params)
    for name, values in tensors.items():
        if not np.isfinite(values).all():
            msg = tr(
                "{path}: not written: {name} contains non-finite "
                "values; training has diverged, restart with a smaller "
                "learning rate",
                path=path,
                name=name,
            )
            raise FileError(msg)
