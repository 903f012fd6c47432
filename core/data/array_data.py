"""A data set of arrays: x and y, or those of training and testing apart."""

import math
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from core.arrays import FloatArray, IntArray, RowNumbers
from core.data.class_rule import are_classes
from core.data.dataset import NO_CLASS, Dataset, Inputs, Split
from core.data.examples import pictures_of
from core.data.finite_arrays import check_finite
from core.data.found import Found
from core.data.npy_arrays import AnyArray, read_arrays
from core.data.part_counts import parts_said
from core.data.pixels import pixels_of
from core.data.scaling import BYTES, PLAIN, InputScaling, fitted
from core.data.table.columns import ReadColumn
from core.data.table.given import GIVEN, given_preparation, given_units
from core.data.table.overview import Overview, overview_of_rows
from core.data.table.parts import by_share
from core.data.table.preparation import (
    Column,
    NumberColumn,
    Preparation,
    TargetColumn,
    listed,
)
from core.experiment.model import DataSettings
from core.experiment.rules import MAX_TABLE_CLASSES
from core.experiment.scaling import STANDARDISED, parse_scaling
from core.platform.ordinary_files import read_start
from core.values.counts import counted
from core.values.errors import DataError
from core.values.words import plural, tr

EXPECTED: Final = tr(
    "x and y, or x_train, y_train, x_test and y_test, of numbers (y may be texts)"
)
_INPUTS: Final = ("x", "data", "images", "features", "inputs", "arr_0")
_ANSWERS: Final = ("y", "target", "targets", "labels", "label", "arr_1")
_DIVIDED: Final = tr("the inputs are divided by 255")
_AS_THEY_ARE: Final = tr("the inputs are taken as they are")
_PARTS: Final = {
    "train": ("train", "training"),
    "test": ("test", "testing"),
    "validation": ("val", "valid", "validation", "dev"),
}


class Role(NamedTuple):
    """What an array is, by its name.

    Attributes:
        part: "train", "test", "validation", or "" for all examples.
        is_answer: whether it holds answers, and not inputs.
    """

    part: str
    is_answer: bool


class _Pair(NamedTuple):
    """Inputs and answers, and the names that they had."""

    x: AnyArray
    y: AnyArray
    names: tuple[str, str]


def role_of(name: str) -> Role | None:
    """What an array of this name is; None where the name says nothing."""
    plain = _plain(name)
    for words, is_answer in ((_INPUTS, False), (_ANSWERS, True)):
        for part, said in (("", ("",)), *_PARTS.items()):
            if any(plain in _forms(word, p) for word in words for p in said):
                return Role(part, is_answer)
    return None


def _plain(name: str) -> str:
    return name.lower().replace("-", "_")


def _forms(word: str, part: str) -> tuple[str, ...]:
    """The names that an array of a part may have, of a whole without one."""
    if not part:
        return (word,)
    return f"{word}_{part}", f"{part}_{word}", f"{word}{part}"


def read_array_file(path: Path, settings: DataSettings) -> Found:
    """Read a .npz file.

    Raises:
        DataError: begins with the path; says what the file holds and what is expected.
    """
    arrays = read_arrays(path)
    try:
        return of_arrays(arrays, settings, str(path), "NumPy arrays")
    except DataError as error:
        msg = f"{path}: {error}"
        raise DataError(msg) from None


def of_arrays(
    arrays: Mapping[str, AnyArray],
    settings: DataSettings,
    source: str,
    form: str,
    class_names: Sequence[str] = (),
    *,
    usual_answers: str = "",
) -> Found:
    """Make a data set of arrays by their names.

    Args:
        arrays: by name.
        settings: which share is for training, and the seed.
        source: for the user.
        form: what they are, for the user.
        class_names: of labels that count from 0; else their values are the names.
        usual_answers: "classes" or "numbers", where the settings leave it open; empty
            decides by the values.

    Raises:
        DataError: they are not what is expected.
    """
    given = given_preparation(settings)
    parts = _pairs(arrays)
    usual = "classes" if class_names else usual_answers
    answers = settings.answers or usual or _kind(parts)
    if given is not None:
        answers = "classes" if given.class_names else "numbers"
    y = np.concatenate([pair.y for pair in parts.values()])
    names: tuple[str, ...] = ()
    codes: IntArray | None = None
    if answers == "classes" and given is not None:
        names, codes = given.class_names, _given_codes(y, class_names, given)
    elif answers == "classes":
        names, codes = _classes(y, class_names)
    x = np.concatenate([pair.x for pair in parts.values()])
    unused = _unused(arrays, parts)
    del arrays
    pixels = pixels_of(x.shape)
    overview: Overview | None = None
    places = _places(parts, codes, settings)
    inputs, columns, scaled, ends, said = _received(
        x, places["train"], settings, given or Preparation((), ())
    )
    labels = np.full(len(y), NO_CLASS, np.int32) if codes is None else codes
    pictures = pictures_of(x, y, names, labels)
    if pictures is None:
        flat = x.reshape(len(x), -1)
        overview = overview_of_rows(flat, y, input_names(flat.shape[1]), form)
    targets: FloatArray | None = None
    units: tuple[TargetColumn, ...] = (TargetColumn("y"),)
    if codes is None:
        targets, units = _targets(y, places["train"], given)
    split = Split(inputs, labels, targets)
    preparation = Preparation(columns, units, names)
    validation = places.get("validation")
    dataset = Dataset(
        name=settings.name,
        train=split.rows(places["train"]),
        test=split.rows(places["test"]),
        class_names=names,
        image_shape=pixels.shape,
        channels=pixels.channels,
        has_planes=pixels.has_planes,
        black_and_white=ends,
        input_names=() if pixels.shape else input_names(inputs.shape[1]),
        source=source,
        output_names=preparation.output_names,
        validation=None if validation is None else split.rows(validation),
        preparation=preparation if columns or not names else None,
        scaled=scaled,
    )
    n_outputs = dataset.n_outputs
    what = counted(n_outputs, "number")
    if names:
        what = plural(len(names), "{n:,} class", "{n:,} classes", n=len(names))
    remark = tr(
        "{form} of {examples}, {map} inputs, {what}; {parts}",
        form=form,
        examples=counted(len(y), "example"),
        map=" x ".join(map(str, x.shape[1:])),
        what=what,
        parts=parts_said(dataset, settings),
    )
    notes = tuple(filter(None, (said, unused)))
    return Found(
        dataset,
        answers,
        None,
        (remark, *notes),
        columns=tuple(ReadColumn(column.name, column) for column in columns),
        notes=notes,
        overview=overview,
        pictures=pictures,
        is_parted="" not in parts,
    )


class _Received(NamedTuple):
    """What the network receives, and how that came from the numbers of the file."""

    inputs: Inputs
    columns: tuple[NumberColumn, ...]
    scaled: InputScaling | None
    ends: tuple[float, float]
    said: str


def _received(
    x: AnyArray,
    trained: RowNumbers,
    settings: DataSettings,
    given: Preparation,
) -> _Received:
    """Prepared by the training part, by what a network brings, or as they are."""
    rows, said = _rows(x)
    if given.columns:
        return _received_as_given(x, given.columns)
    ends = (0.0, 255.0)
    if said == _AS_THEY_ARE:
        ends = (-1.0, 1.0) if float(rows.min()) < 0 else (0.0, 1.0)
    chosen = f"scaling: {settings.scaling}" if settings.scaling else ""
    if not said:
        inputs, columns = _prepared(rows, trained, settings.scaling)
        said = chosen or tr("each input is standardised by the training part")
        return _Received(inputs, columns, None, ends, said)
    if settings.scaling:
        inputs, scaled = _rescaled(x, trained, settings, said, given.scaling)
        chosen = GIVEN if given.scaling is not None else chosen
        return _Received(inputs, (), scaled, ends, chosen)
    if said == _AS_THEY_ARE:
        return _Received(rows, (), PLAIN, ends, said)
    return _Received(rows, (), BYTES if said == _DIVIDED else None, ends, said)


def _received_as_given(x: AnyArray, given: tuple[Column, ...]) -> _Received:
    columns = tuple(column for column in given if isinstance(column, NumberColumn))
    return _Received(as_given(x, given), columns, None, (0.0, 255.0), GIVEN)


def as_given(x: AnyArray, given: Sequence[Column]) -> FloatArray:
    """(n, n_inputs) numbers as a network takes them, in the order of its columns.

    Raises:
        DataError: they are more or fewer, or a column holds words.
    """
    columns = tuple(column for column in given if isinstance(column, NumberColumn))
    rows = x.reshape(len(x), -1)
    if len(columns) != len(given) or rows.shape[1] != len(given):
        msg = tr(
            "the inputs are {shape}; the network takes {listed}",
            shape=x.shape,
            listed=listed([column.name for column in given]),
        )
        raise DataError(msg)
    means = np.array([column.mean for column in columns])
    deviations = np.array([column.deviation for column in columns])
    inputs: FloatArray = ((rows - means) / deviations).astype(np.float32)
    return inputs


def input_names(count: int) -> tuple[str, ...]:
    """Of inputs that have no names."""
    return tuple(f"x{k + 1}" for k in range(count))


def _pairs(arrays: Mapping[str, AnyArray]) -> dict[str, _Pair]:
    """Inputs and answers of each part; one part "" where they are not parted yet."""
    by_name = {_plain(name): array for name, array in arrays.items()}
    whole = _pair(by_name, "")
    if whole is not None:
        return {"": whole}
    pairs = {}
    for part, words in _PARTS.items():
        found = (_pair(by_name, word) for word in words)
        pair = next((pair for pair in found if pair is not None), None)
        if pair is not None:
            pairs[part] = pair
    if "train" not in pairs:
        shown = (
            f"{name or 'one array'} {array.shape} {array.dtype}"
            for name, array in arrays.items()
        )
        msg = tr(
            "holds {value}; expected {expected}",
            value=listed(list(shown)) or tr("nothing"),
            expected=EXPECTED,
        )
        raise DataError(msg)
    if "test" not in pairs:
        return {"": pairs["train"]}
    return pairs


def _pair(arrays: Mapping[str, AnyArray], part: str) -> _Pair | None:
    found = [
        next((n for word in words for n in _forms(word, part) if n in arrays), None)
        for words in (_INPUTS, _ANSWERS)
    ]
    of_x, of_y = found
    if of_x is None or of_y is None:
        return None
    x, y = arrays[of_x], arrays[of_y]
    if x.ndim < 1 or len(x) != y.size // math.prod(y.shape[1:] or (1,)) or not len(x):
        msg = tr(
            "the inputs are {shape} and the answers {shape_2}; "
            "expected one answer for each example",
            shape=x.shape,
            shape_2=y.shape,
        )
        raise DataError(msg)
    check_finite(of_x, x)
    check_finite(of_y, y)
    return _Pair(x, _flat(y), (of_x, of_y))


def _unused(arrays: Mapping[str, AnyArray], parts: Mapping[str, _Pair]) -> str:
    """Which arrays are left out, such as inputs of a part without answers."""
    used = {name for pair in parts.values() for name in pair.names}
    others = [name for name in arrays if _plain(name) not in used]
    if not others:
        return ""
    return plural(
        len(others),
        "1 array is left out: {names}",
        "{n:,} arrays are left out: {names}",
        n=len(others),
        names=listed(others),
    )


def _flat(y: AnyArray) -> AnyArray:
    """Answers as one column or several, with one-hot rows as their numbers."""
    if y.ndim == 2 and y.shape[1] == 1:
        return y[:, 0]
    if y.ndim > 2:
        msg = tr(
            "the answers are {shape}; expected a list, or a row for each example",
            shape=y.shape,
        )
        raise DataError(msg)
    if y.ndim == 2 and y.dtype.kind in "biuf":
        is_one_hot = ((y == 0) | (y == 1)).all() and (y.sum(axis=1) == 1).all()
        return y.argmax(axis=1) if is_one_hot else y
    return y


def _kind(parts: Mapping[str, _Pair]) -> str:
    y = np.concatenate([pair.y for pair in parts.values()])
    if y.dtype.kind in "USb":
        return "classes"
    if y.ndim == 2:
        return "numbers"
    return "classes" if are_classes(np.unique(y), len(y)) else "numbers"


def _given_codes(
    y: AnyArray, class_names: Sequence[str], given: Preparation
) -> IntArray:
    """The place of each answer among the classes of a network."""
    own = np.unique(y)
    if class_names:
        names, codes = _classes(y, class_names)
    else:
        names, codes = _names_of(own), np.searchsorted(own, y).astype(np.int32)
    unknown = [name for name in names if name not in given.class_names]
    if unknown:
        msg = tr(
            "class {name!r} is none of the network's: {class_names}",
            name=unknown[0],
            class_names=listed(given.class_names),
        )
        raise DataError(msg)
    places = np.array([given.class_names.index(name) for name in names], np.int32)
    found: IntArray = places[codes]
    return found


def _names_of(values: AnyArray) -> tuple[str, ...]:
    if values.dtype.kind == "S":
        return tuple(value.decode("utf8", "replace") for value in values)
    if values.dtype.kind == "f":
        return tuple(f"{value:g}" for value in values)
    return tuple(str(value) for value in values)


def _classes(
    y: AnyArray, class_names: Sequence[str]
) -> tuple[tuple[str, ...], IntArray]:
    if y.ndim != 1:
        msg = tr(
            "the answers are {shape}; classes need one number or text for each",
            shape=y.shape,
        )
        raise DataError(msg)
    if class_names:
        if int(y.min()) < 0 or int(y.max()) >= len(class_names):
            msg = tr(
                "invalid label {int}; there are the classes 0 to {class_names}",
                int=int(y.max()),
                class_names=len(class_names) - 1,
            )
            raise DataError(msg)
        return tuple(class_names), y.astype(np.int32)
    values, codes = np.unique(y, return_inverse=True)
    if not 2 <= len(values) <= MAX_TABLE_CLASSES:
        msg = tr(
            "{values:,} classes; expected 2 to {max_table_classes:,}",
            values=len(values),
            max_table_classes=MAX_TABLE_CLASSES,
        )
        raise DataError(msg)
    return _names_of(values), codes.reshape(-1).astype(np.int32)


def numbers_in_rows(x: AnyArray) -> AnyArray:
    """(n, n_inputs) numbers, a row for each example.

    Raises:
        DataError: they are something else.
    """
    rows = x.reshape(len(x), -1)
    if rows.dtype.kind not in "biuf" or rows.shape[1] == 0:
        msg = tr(
            "the inputs are {shape} of {dtype}; expected numbers",
            shape=x.shape,
            dtype=x.dtype,
        )
        raise DataError(msg)
    return rows


def _rows(x: AnyArray) -> tuple[Inputs, str]:
    """(n, n_inputs) as bytes or floats, and how they were scaled, if they were."""
    rows = numbers_in_rows(x)
    low, high = float(rows.min()), float(rows.max())
    is_picture = x.ndim > 2 or rows.dtype == np.uint8
    if is_picture and rows.dtype.kind in "iu" and low >= 0 and 1 < high <= 255:
        return np.ascontiguousarray(rows, np.uint8), tr(
            "grey levels are divided by 255"
        )
    values = np.ascontiguousarray(rows, np.float32)
    if is_picture and low >= 0 and 1 < high <= 255:
        return values / np.float32(255), _DIVIDED
    if is_picture and low >= -1 and high <= 1:
        return values, _AS_THEY_ARE
    return values, ""


def _rescaled(
    x: AnyArray,
    trained: RowNumbers,
    settings: DataSettings,
    said: str,
    given: InputScaling | None,
) -> tuple[FloatArray, InputScaling]:
    """Pictures scaled as the user says, or as a network brings it."""
    rule, file_numbers = parse_scaling(settings.scaling), x.reshape(len(x), -1)
    white = 1.0 if said == _AS_THEY_ARE else 255.0
    if given is not None and given.fits(file_numbers.shape[1]):
        scaling = given.times(white)
    else:
        scaling = fitted(rule, file_numbers[trained], white, pixels_of(x.shape))
    return scaling.of(file_numbers), scaling


def _prepared(
    rows: Inputs, trained: RowNumbers, scaling: str
) -> tuple[FloatArray, tuple[NumberColumn, ...]]:
    """Standardised by the training part, or as the user says, with those numbers."""
    chosen = rows[trained].astype(np.float64)
    found = fitted(parse_scaling(scaling or STANDARDISED), chosen)
    means, deviations = (
        np.broadcast_to(values, rows.shape[1:]) for values in found.vectors
    )
    fills = np.median(chosen, axis=0)
    names = input_names(rows.shape[1])
    columns = tuple(
        NumberColumn(name, float(fill), float(mean), float(deviation))
        for name, fill, mean, deviation in zip(
            names, fills, means, deviations, strict=True
        )
    )
    scaled = ((rows - means) / deviations).astype(np.float32)
    return scaled, columns


def _targets(
    y: AnyArray, trained: RowNumbers, given: Preparation | None
) -> tuple[FloatArray, tuple[TargetColumn, ...]]:
    values = np.asarray(y, np.float64).reshape(len(y), -1)
    width = values.shape[1]
    names = ("y",) if width == 1 else tuple(f"y{k + 1}" for k in range(width))
    if given is not None:
        units = given_units(given, names)
        means, deviations = given.target_units
        return ((values - means) / deviations).astype(np.float32), units
    means, deviations = values[trained].mean(axis=0), values[trained].std(axis=0)
    deviations[deviations == 0] = 1
    units = tuple(
        TargetColumn(name, float(mean), float(deviation))
        for name, mean, deviation in zip(names, means, deviations, strict=True)
    )
    return ((values - means) / deviations).astype(np.float32), units


def _places(
    parts: Mapping[str, _Pair], codes: IntArray | None, settings: DataSettings
) -> dict[str, RowNumbers]:
    """The row numbers of each part in all examples together."""
    if "" in parts:
        found = by_share(len(parts[""].y), codes, settings)
        return {"train": found.train, "test": found.test}
    places, start = {}, 0
    for part, pair in parts.items():
        places[part] = np.arange(start, start + len(pair.y))
        start += len(pair.y)
    return places


def holds_data(path: Path) -> bool:
    """Whether a .npz or .npy file holds examples, and not the weights of a network."""
    try:
        if read_start(path, 6) == b"\x93NUMPY":
            return True
        with zipfile.ZipFile(path) as archive:
            names = {Path(name.lower()).stem for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile, ValueError):
        return False
    return (
        any(
            {inputs + part, answers + part} <= names
            for part in ("", "_train")
            for inputs in _INPUTS
            for answers in _ANSWERS
        )
        or {"train_images", "train_labels"} <= names
    )
