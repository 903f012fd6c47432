"""The metadata of a weights file: the network, and how it was trained."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core import __version__
from core.data import picture_form as picture_text
from core.data import scaling as scaling_text
from core.data.picture_form import PictureForm
from core.data.scaling import InputScaling
from core.data.table.preparation import Preparation, dumps, loads
from core.experiment import toml_form
from core.experiment.model import Experiment
from core.experiment.rules import MAX_LAYERS, MAX_UNITS
from core.files.tensors import UnreadableError
from core.network.numpy.activations.table import (
    is_hidden_activation,
    output_activations,
)
from core.network.numpy.answers import n_classes
from core.values.errors import ExperimentError
from core.values.network_spec import INITIALIZERS, NetworkSpec
from core.values.words import tr

FORMAT_KEY: Final = "glassbox_format"
FORMAT: Final = 1

_MAX_DIGITS: Final = 18
_PREPARATION: Final = "table"
_SCALING: Final = "scaling"
_PICTURES: Final = "pictures"


@dataclass(frozen=True, slots=True)
class WeightsMetadata:
    """The metadata of a network.

    Attributes:
        spec: the network.
        experiment: the one that trained it, None when there is none that fits.
        step: training steps taken in all: those of a file that the training began
            from are counted too, in the window as on the command line.
        class_names: one for each class, or empty.
        assumptions: what was guessed when it was converted from another program's.
        remarks: notes for the user about what was left out.
        preparation: how a table becomes the inputs, None for other data.
        scaling: how the numbers of other data do; None where that is not known.
        pictures: how images lie in the inputs; None for others and where not known.
    """

    spec: NetworkSpec
    experiment: Experiment | None
    step: int
    class_names: tuple[str, ...]
    assumptions: tuple[str, ...]
    remarks: tuple[str, ...]
    preparation: Preparation | None = None
    scaling: InputScaling | None = None
    pictures: PictureForm | None = None


def written(metadata: WeightsMetadata) -> dict[str, str]:
    """The strings to store; lists are JSON, the experiment is TOML."""
    spec = metadata.spec
    entries = {
        FORMAT_KEY: str(FORMAT),
        "program": f"Glassbox {__version__}",
        "layer_sizes": json.dumps(spec.layer_sizes),
        "activations": json.dumps(spec.activations),
        "initializer": spec.initializer,
        "biases": json.dumps(spec.biases),
        "class_names": json.dumps(metadata.class_names),
        "step": str(metadata.step),
    }
    if metadata.assumptions:
        entries["assumptions"] = json.dumps(metadata.assumptions)
    if metadata.preparation is not None:
        entries[_PREPARATION] = dumps(metadata.preparation)
    if metadata.scaling is not None:
        entries[_SCALING] = scaling_text.dumps(metadata.scaling)
    if metadata.pictures is not None:
        entries[_PICTURES] = picture_text.dumps(metadata.pictures)
    if metadata.experiment is not None:
        entries["experiment"] = toml_form.dumps(metadata.experiment)
    return entries


def read(metadata: Mapping[str, str]) -> WeightsMetadata:
    """Parse the metadata of a Glassbox file.

    Raises:
        UnreadableError: an entry is missing or invalid, or of a newer format.
    """
    version = _number(metadata, FORMAT_KEY)
    if version > FORMAT:
        msg = tr(
            "written by a newer Glassbox (format {version}); update Glassbox",
            version=version,
        )
        raise UnreadableError(msg)
    spec = _read_spec(metadata)
    experiment, remarks = _read_experiment(metadata, spec)
    class_names = _read_class_names(metadata, spec)
    has_guesses = "assumptions" in metadata
    assumptions = _texts(metadata, "assumptions") if has_guesses else ()
    return WeightsMetadata(
        spec=spec,
        experiment=experiment,
        step=_number(metadata, "step"),
        class_names=class_names,
        assumptions=assumptions,
        remarks=remarks,
        preparation=_read_preparation(metadata, spec),
        scaling=_read_scaling(metadata, spec),
        pictures=_read_pictures(metadata, spec),
    )


def _read_class_names(
    metadata: Mapping[str, str], spec: NetworkSpec
) -> tuple[str, ...]:
    names, expected = _texts(metadata, "class_names"), n_classes(spec.n_outputs)
    if spec.n_outputs == len(names) == 1:
        # Files of before said what the only output asks about, and no more.
        return (f"not {names[0]}", names[0])
    if len(names) not in (0, expected):
        what = "classes" if spec.n_outputs == 1 else "outputs"
        raise _impossible("class_names", f"one for each of {expected} {what}")
    return names


def _read_preparation(
    metadata: Mapping[str, str], spec: NetworkSpec
) -> Preparation | None:
    text = metadata.get(_PREPARATION)
    if text is None:
        return None
    try:
        preparation = loads(text)
    except ValueError:
        raise _impossible(_PREPARATION, "the columns of a table") from None
    n_inputs = len(preparation.input_names) or spec.n_inputs
    n_outputs = len(preparation.output_names)
    if preparation.class_names and spec.n_outputs == 1:
        n_outputs -= 1  # one output for two classes
    if (n_inputs, n_outputs) != (spec.n_inputs, spec.n_outputs):
        raise _impossible(_PREPARATION, f"columns for {spec.n_inputs} inputs")
    return preparation


def _read_scaling(
    metadata: Mapping[str, str], spec: NetworkSpec
) -> InputScaling | None:
    text = metadata.get(_SCALING)
    if text is None:
        return None
    try:
        scaling = scaling_text.loads(text)
    except ValueError:
        raise _impossible(_SCALING, "means and deviations") from None
    if not scaling.fits(spec.n_inputs):
        raise _impossible(_SCALING, f"one number, or {spec.n_inputs}")
    return scaling


def _read_pictures(
    metadata: Mapping[str, str], spec: NetworkSpec
) -> PictureForm | None:
    text = metadata.get(_PICTURES)
    if text is None:
        return None
    try:
        form = picture_text.loads(text)
    except ValueError:
        raise _impossible(_PICTURES, "the shape of images") from None
    if form.n_inputs != spec.n_inputs:
        raise _impossible(_PICTURES, f"images of {spec.n_inputs} values")
    return form


def _read_spec(metadata: Mapping[str, str]) -> NetworkSpec:
    sizes = _list(metadata, "layer_sizes")
    if not 2 <= len(sizes) <= MAX_LAYERS + 1 or not all(
        type(n) is int and 0 < n <= MAX_UNITS for n in sizes
    ):
        allowed = f"2 to {MAX_LAYERS + 1} whole numbers from 1 to {MAX_UNITS}"
        raise _impossible("layer_sizes", allowed)
    layer_sizes = tuple(n for n in sizes if isinstance(n, int))
    activations = _texts(metadata, "activations")
    hidden, output = activations[:-1], activations[-1:]
    if (
        len(activations) != len(layer_sizes) - 1
        or not all(map(is_hidden_activation, hidden))
        or not set(output) <= set(output_activations())
    ):
        raise _impossible("activations", "one known name for each computed layer")
    initializer = metadata.get("initializer", "he")
    if initializer not in INITIALIZERS:
        raise _impossible("initializer", f"one of {', '.join(INITIALIZERS)}")
    biases = _list(metadata, "biases") if "biases" in metadata else []
    if len(biases) not in (0, len(activations)) or not all(
        isinstance(entry, bool) for entry in biases
    ):
        raise _impossible("biases", "true or false for each computed layer")
    return NetworkSpec(layer_sizes, activations, initializer, tuple(map(bool, biases)))


def _read_experiment(
    metadata: Mapping[str, str], spec: NetworkSpec
) -> tuple[Experiment | None, tuple[str, ...]]:
    text = metadata.get("experiment")
    if text is None:
        return None, ()
    try:
        experiment = toml_form.loads(text)
    except (ExperimentError, RecursionError) as error:
        msg = tr("the experiment in the metadata is damaged: {error}", error=error)
        raise UnreadableError(msg) from None
    if experiment.network.spec(spec.n_inputs, spec.n_outputs) != spec:
        remark = "the experiment in the file is for another network and was ignored"
        return None, (remark,)
    return experiment, ()


def _number(metadata: Mapping[str, str], name: str) -> int:
    text = metadata.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS):
        raise _impossible(name, "a whole number")
    return int(text)


def _texts(metadata: Mapping[str, str], name: str) -> tuple[str, ...]:
    entries = _list(metadata, name)
    if not all(isinstance(entry, str) for entry in entries):
        raise _impossible(name, "a list of strings")
    return tuple(entry for entry in entries if isinstance(entry, str))


def _list(metadata: Mapping[str, str], name: str) -> list[object]:
    try:
        entries = json.loads(metadata.get(name, ""))
    except (ValueError, RecursionError):
        entries = None
    if not isinstance(entries, list):
        raise _impossible(name, "a list")
    return entries


def _impossible(name: str, allowed: str) -> UnreadableError:
    return UnreadableError(
        tr(
            "the metadata's {name} is damaged; expected {allowed}",
            name=name,
            allowed=allowed,
        )
    )
