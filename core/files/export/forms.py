"""The table of all forms: what is written for each ending, and how it is compared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from core.arrays import FloatArray, HostParams
from core.files import npz_form, safetensors_form
from core.files.export import csv_form, json_form, notebook_form, onnx_form
from core.files.export.code.activations import FRAMEWORKS
from core.files.export.code.literals import BIAS, WEIGHT, arrays_in
from core.files.export.code.script import script
from core.files.export.network import Network
from core.files.export.replacing import check_replaceable
from core.files.layer_chain import named_tensors
from core.files.spared_data import check_spares_data
from core.files.weights import check, load_weights, metadata_of
from core.platform import atomic
from core.values.errors import FileError
from core.values.words import tr

MOST_HELD: Final = 1_000_000
"""Parameters that a script holds itself; with more it reads a file beside it."""
LARGEST_DIFFERENCE: Final = 1e-4
"""Of outputs, as a share of their size: what float32 in another order may make."""
DEFAULT_LANGUAGE: Final = "numpy"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written and compared.

    Attributes:
        paths: of all files, the named one first.
        compared: how it was read back, with the largest difference, for the user.
        notes: what else the user should know.
    """

    paths: tuple[Path, ...]
    compared: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export.

    Attributes:
        ending: of its files.
        title: for the user.
        write: writes it for a language and reads it back; returns the paths and what
            was compared.
        languages: whether it is written for one of several.
        is_whole: whether Glassbox opens it again with everything that it knows.
    """

    ending: str
    title: str
    write: Callable[[Network, Path, str], tuple[tuple[Path, ...], str]]
    languages: tuple[str, ...] = ()
    is_whole: bool = False


def export(network: Network, path: Path, language: str = "") -> Exported:
    """Write a network in the form of the path's ending, read it back, and compare.

    Args:
        network: with finite weights.
        path: of the file.
        language: of scripts and notebooks: "numpy", "jax" or "torch"; empty is NumPy.
            With "torch" a `.safetensors` file gets a script with its module beside it.

    Raises:
        FileError: it cannot be written, or reads back differently; or there is a file
            already that is no earlier export of this kind.
    """
    form = FORMS.get(path.suffix.lower())
    if form is None:
        msg = tr(
            "{path}: the name must end with {forms}",
            path=path,
            forms=" or ".join(FORMS),
        )
        raise FileError(msg)
    check_language(form, path, language)
    check(path, network.weights)
    experiment = network.weights.experiment
    if experiment is not None:
        check_spares_data(path, experiment.data)
    check_replaceable(path)
    paths, compared = form.write(network, path, language)
    return Exported(paths, compared, _notes(network, form))


def check_language(form: Form, path: Path, language: str) -> None:
    """Refuse a language that a form is not written for.

    Raises:
        FileError: it is not.
    """
    if language and language not in form.languages:
        able = ", ".join(entry.ending for entry in FORMS.values() if entry.languages)
        msg = tr(
            "{path}: a {ending} file is not for {language}; {able} are",
            path=path,
            ending=form.ending,
            language=language,
            able=able,
        )
        if form.languages:
            msg = tr(
                "{path}: a {ending} file is for {languages}",
                path=path,
                ending=form.ending,
                languages=", ".join(form.languages),
            )
        raise FileError(msg)


def _notes(network: Network, form: Form) -> tuple[str, ...]:
    notes = []
    if not form.is_whole or form.ending == ".onnx":
        if not network.intake.is_known:
            notes.append(
                "the file does not say how its inputs were scaled: rows are taken as "
                "they are"
            )
        if form.ending == ".onnx" and network.intake.has_words:
            notes.append(f"a row is {onnx_form.row_text(network)}")
    return tuple(notes)


# --- writing and reading back ----------------------------------------------------


def _tensors(network: Network, path: Path, dumps: Callable[..., bytes]) -> str:
    tensors = named_tensors(network.spec, network.weights.params)
    atomic.write_bytes(path, dumps(tensors, metadata_of(network.weights)))
    return _reopened(network, path)


def _reopened(network: Network, path: Path) -> str:
    """By Glassbox's own reader."""
    return _of_weights(path, network, load_weights(path).params)


def _of_weights(path: Path, network: Network, found: HostParams) -> str:
    difference = 0.0
    for (weight, bias), (w, b) in zip(network.weights.params, found, strict=True):
        for one, other in ((weight, w), (bias, b)):
            gap = np.abs(one.astype(np.float64) - other).max(initial=0)
            difference = max(difference, float(gap) if np.isfinite(gap) else np.inf)
    if difference != 0:
        msg = tr(
            "{path}: reads back differently, by {difference:.3g}; do not use it",
            path=path,
            difference=difference,
        )
        raise FileError(msg)
    return "read back: the largest difference of a weight is 0"


def _npz(network: Network, path: Path, _language: str) -> tuple[tuple[Path, ...], str]:
    return (path,), _tensors(network, path, npz_form.dumps)


def _safetensors(
    network: Network, path: Path, language: str
) -> tuple[tuple[Path, ...], str]:
    compared = _tensors(network, path, safetensors_form.dumps)
    if not language:
        return (path,), compared
    module = path.with_suffix(".py")
    check_replaceable(module)
    text = script(network, language, path.name)
    atomic.write_bytes(module, text.encode())
    arrays_in(module.read_text("utf-8"))
    return (path, module), f"{compared}; {module.name} was read and not run"


def _json(network: Network, path: Path, _language: str) -> tuple[tuple[Path, ...], str]:
    atomic.write_bytes(path, json_form.dumps(network))
    return (path,), _reopened(network, path)


def _csv(network: Network, path: Path, _language: str) -> tuple[tuple[Path, ...], str]:
    atomic.write_bytes(path, csv_form.dumps(network))
    found = csv_form.read_back(path.read_bytes(), network.spec)
    return (path,), _of_weights(path, network, found)


def _onnx(network: Network, path: Path, _language: str) -> tuple[tuple[Path, ...], str]:
    from onnx.reference import ReferenceEvaluator

    atomic.write_bytes(path, onnx_form.dumps(network))
    weights = _reopened(network, path)
    rows = network.probes
    given = {onnx_form.INPUT: onnx_form.rows_for(network, rows)}
    # A network that has diverged overflows here as everywhere.
    with np.errstate(all="ignore"):
        answers = list(ReferenceEvaluator(str(path)).run(None, given))
    found = np.asarray(answers[0], np.float64)
    expected = network.outputs(rows)
    difference = float(np.abs(expected - found).max())
    if not difference <= LARGEST_DIFFERENCE * (1 + float(np.abs(expected).max())):
        msg = tr(
            "{path}: its outputs differ by {difference:.3g}; do not use it",
            path=path,
            difference=difference,
        )
        raise FileError(msg)
    said = (
        f"{weights}, and of an output over {len(rows)} rows {difference:.2g} by ONNX's "
        f"reference evaluator (opset {onnx_form.OPSET}, IR {onnx_form.IR_VERSION})"
    )
    return (path,), said


def _script(
    network: Network, path: Path, language: str
) -> tuple[tuple[Path, ...], str]:
    def dumps(beside: str) -> bytes:
        return script(network, language or DEFAULT_LANGUAGE, beside).encode()

    return _with_numbers(network, path, dumps, lambda data: data.decode())


def _notebook(
    network: Network, path: Path, language: str
) -> tuple[tuple[Path, ...], str]:
    def dumps(beside: str) -> bytes:
        return notebook_form.dumps(network, language or DEFAULT_LANGUAGE, beside)

    return _with_numbers(network, path, dumps, notebook_form.source_of)


def _with_numbers(
    network: Network,
    path: Path,
    dumps: Callable[[str], bytes],
    source_of: Callable[[bytes], str],
) -> tuple[tuple[Path, ...], str]:
    """Write code that holds its weights, or with many of them a file beside it."""
    is_held = network.spec.parameter_count <= MOST_HELD
    beside = path.with_name(f"{path.stem}_weights.npz")
    if not is_held:
        check_replaceable(beside)
    atomic.write_bytes(path, dumps("" if is_held else beside.name))
    found = arrays_in(source_of(path.read_bytes()))
    not_run = "the code was read and not run"
    if not is_held:
        return (path, beside), f"{_tensors(network, beside, npz_form.dumps)}; {not_run}"
    params = tuple(
        (_named(found, WEIGHT, k), _named(found, BIAS, k, has_bias=has_bias, n=n_out))
        for k, ((n_out, _), has_bias) in enumerate(
            zip(network.spec.weight_shapes, network.spec.biases, strict=True), 1
        )
    )
    return (path,), f"{_of_weights(path, network, params)}; {not_run}"


def _named(
    found: Mapping[str, FloatArray],
    name: str,
    k: int,
    *,
    has_bias: bool = True,
    n: int = 0,
) -> FloatArray:
    return found[name.format(k)] if has_bias else np.zeros(n, np.float32)


FORMS: Final[Mapping[str, Form]] = {
    form.ending: form
    for form in (
        Form(".npz", "NumPy archive", _npz, is_whole=True),
        Form(".safetensors", "safetensors", _safetensors, ("torch",), is_whole=True),
        Form(".onnx", "ONNX", _onnx, is_whole=True),
        Form(".json", "JSON", _json, is_whole=True),
        Form(".csv", "Table of all weights (CSV)", _csv),
        Form(".py", "Python script", _script, FRAMEWORKS),
        Form(".ipynb", "Jupyter notebook", _notebook, FRAMEWORKS),
    )
}
"""By ending; the first is the default."""
