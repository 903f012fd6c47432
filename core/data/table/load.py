"""Makes a data set of a table, and says what was understood."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from core.arrays import DoubleArray, FloatArray, RowNumbers
from core.data.dataset import NO_CLASS, Dataset, Split
from core.data.found import Found
from core.data.part_counts import parts_said
from core.data.scaling import fitted
from core.data.table.columns import (
    BoolArray,
    ReadColumn,
    check_mixture,
    read_column,
    said_name,
)
from core.data.table.filled import filled_remark
from core.data.table.given import (
    GIVEN,
    given_columns,
    given_preparation,
    given_units,
    of_known_classes,
    unknown_words,
    with_columns_at_hand,
)
from core.data.table.parts import Parts, parts_of
from core.data.table.preparation import (
    NumberColumn,
    Preparation,
    TargetColumn,
    codes_of,
    numbers_of,
    numbers_of_column,
)
from core.data.table.source import ReadTable, read_frame
from core.data.table.target import check_named, classes_of, kind_of, targets_of
from core.data.validation import rows_held_out
from core.experiment.model import DataSettings
from core.experiment.scaling import parse_scaling
from core.values.counts import counted
from core.values.errors import DataError
from core.values.plain_text import plain
from core.values.words import plural, tr

if TYPE_CHECKING:
    import polars as pl

_LONGEST_NAME: Final = 100


def read_table(path: Path, settings: DataSettings) -> Found:
    """Read a table and prepare it by its training part.

    Raises:
        DataError: begins with the path; names the line and column where it can.
    """
    return understand_table(path, settings, read_as_given(path, settings))


def read_as_given(path: Path, settings: DataSettings) -> ReadTable:
    """Read a table, its numbers as those of the network where the settings name one.

    Raises:
        DataError: begins with the path.
    """
    try:
        given = given_preparation(settings)
    except DataError as error:
        msg = f"{path}: {error}"
        raise DataError(msg) from None
    return read_frame(path, given)


def understand_table(path: Path, settings: DataSettings, read: ReadTable) -> Found:
    """Prepare a table by its training part.

    Args:
        path: of its file, for the user.
        settings: what is predicted, left out, and for training.
        read: what is in the file.

    Raises:
        DataError: begins with the path; names the line and column where it can.
    """
    try:
        return _Reading(path, settings, read).read(read.frame)
    except DataError as error:
        if str(error).startswith(str(path)):
            raise
        msg = f"{path}: {error}"
        raise DataError(msg) from None


class _Reading:
    def __init__(self, path: Path, settings: DataSettings, read: ReadTable) -> None:
        self._path = path
        self._settings = settings
        self._form = read.form
        self._line = read.first_line
        self._has_decimal_comma = read.has_decimal_comma
        self._remarks: list[str] = [read.said] if read.said else []
        self._given = given_preparation(settings)
        if self._given is not None:
            self._settings, remarks = with_columns_at_hand(settings, read.frame)
            self._remarks += [GIVEN, *remarks]

    def read(self, frame: "pl.DataFrame") -> Found:
        settings = self._settings
        targets = targets_of(frame, settings)
        n_rows = frame.height
        if not self._is_column_given:
            self._check_columns(frame, targets)
        frame, lines = self._with_targets(frame, targets)
        notes = tuple(self._remarks)
        answers = self._answers(frame, targets)
        names = self._class_names(frame, targets, answers)
        labels = codes_of(frame[targets[0]], names) if names else None
        parts = parts_of(frame, labels, settings, lines)
        trained = self._rows_for_statistics(parts)
        columns = self._columns(frame, targets, trained, lines)
        preparation = Preparation(
            tuple(c.column for c in columns if c.column is not None),
            self._units(frame, targets, trained, answers, lines),
            names,
            self._has_decimal_comma,
        )
        if not preparation.columns:
            msg = tr("no column is left that could be learned from")
            raise DataError(msg)
        split = Split(
            preparation.inputs(frame, lines),
            np.full(frame.height, NO_CLASS, np.int32)
            if labels is None
            else labels.astype(np.int32),
            None if names else _targets(frame, preparation, lines),
        )
        dataset = self._dataset(split, parts, preparation)
        remarks = (self._summary(n_rows, dataset, targets, answers), *self._remarks)
        return Found(
            dataset,
            answers,
            targets,
            remarks,
            columns=tuple(columns),
            notes=notes,
            is_parted=bool(settings.split_by),
        )

    @property
    def _is_column_given(self) -> bool:
        """Whether a network says what it takes, and not only its classes."""
        return self._given is not None and bool(self._given.columns)

    def _check_columns(self, frame: "pl.DataFrame", targets: tuple[str, ...]) -> None:
        for key in ("ignore", "include"):
            for name in getattr(self._settings, key) or ():
                check_named(frame, f"data.{key}", name)
        for name in self._input_names(frame, targets):
            check_mixture(frame[name], self._line)

    def _answers(self, frame: "pl.DataFrame", targets: tuple[str, ...]) -> str:
        if self._given is None:
            return kind_of(frame, targets, self._settings)
        return "classes" if self._given.class_names else "numbers"

    def _class_names(
        self, frame: "pl.DataFrame", targets: tuple[str, ...], answers: str
    ) -> tuple[str, ...]:
        if self._given is not None:
            return self._given.class_names
        return classes_of(frame[targets[0]]) if answers == "classes" else ()

    def _units(
        self,
        frame: "pl.DataFrame",
        targets: tuple[str, ...],
        trained: RowNumbers,
        answers: str,
        lines: RowNumbers,
    ) -> tuple[TargetColumn, ...]:
        if self._given is None:
            return _units(frame, targets, trained, answers, lines)
        return given_units(self._given, targets)

    def _input_names(
        self, frame: "pl.DataFrame", targets: tuple[str, ...]
    ) -> list[str]:
        settings = self._settings
        apart = {*targets, *(settings.ignore or ())}
        if settings.split_by:  # a column without a name is none that was asked for
            apart.add(settings.split_by)
        return [name for name in frame.columns if name not in apart]

    def _with_targets(
        self, frame: "pl.DataFrame", targets: tuple[str, ...]
    ) -> tuple["pl.DataFrame", RowNumbers]:
        """The rows that have a target, and the number of each one's line."""
        usable = np.ones(frame.height, np.bool_)
        for name in targets:
            usable &= frame[name].is_not_null().to_numpy()
        lost = frame.height - int(usable.sum())
        if not usable.any():
            msg = tr("no row has a value in column {targets!r}", targets=targets[0])
            raise DataError(msg)
        if self._given is not None and self._given.class_names:
            is_known, remarks = of_known_classes(
                frame[targets[0]], usable, self._given.class_names
            )
            usable &= is_known
            self._remarks += remarks
        kept = frame.filter(usable)
        if lost:
            self._remarks.append(
                plural(
                    lost,
                    "1 row has no target and cannot be used",
                    "{n:,} rows have no target and cannot be used",
                    n=lost,
                )
            )
        return kept, np.flatnonzero(usable) + self._line

    def _rows_for_statistics(self, parts: Parts) -> RowNumbers:
        """The training rows without those that are held out of them later."""
        held = rows_held_out(len(parts.train), self._settings.validation_fraction)
        rows: RowNumbers = np.delete(parts.train, held)
        return rows

    def _columns(
        self,
        frame: "pl.DataFrame",
        targets: tuple[str, ...],
        trained: RowNumbers,
        lines: RowNumbers,
    ) -> list[ReadColumn]:
        if self._given is None or not self._given.columns:
            is_trained = np.zeros(frame.height, np.bool_)
            is_trained[trained] = True
            columns = self._understood_columns(
                frame, self._input_names(frame, targets), is_trained
            )
        else:
            columns = given_columns(
                self._given, frame, self._input_names(frame, targets), lines
            )
            self._remarks.extend(_left_out_remarks(columns, frame.columns))
            self._remarks.extend(unknown_words(self._given, frame))
        self._remarks.extend(filled_remark(columns))
        return columns

    def _understood_columns(
        self,
        frame: "pl.DataFrame",
        names: list[str],
        is_trained: BoolArray,
    ) -> list[ReadColumn]:
        included = self._settings.include or ()
        columns = [
            read_column(frame[name], is_trained, is_wanted=name in included)
            for name in names
        ]
        for column in columns:
            if column.column is None and column.name in included:
                msg = tr(
                    "data.include: column {name!r} cannot be an input: {reason}",
                    name=column.name,
                    reason=column.reason,
                )
                raise DataError(msg)
        self._remarks.extend(_left_out_remarks(columns, frame.columns))
        if self._settings.scaling:
            columns = self._rescaled(columns, frame.filter(is_trained))
        return columns

    def _rescaled(
        self, columns: list[ReadColumn], trained: "pl.DataFrame"
    ) -> list[ReadColumn]:
        """With the means and deviations that the user asks for."""
        rule = parse_scaling(self._settings.scaling)
        self._remarks.append(
            tr("scaling of the numbers: {scaling}", scaling=self._settings.scaling)
        )
        numbers = [c.column for c in columns if isinstance(c.column, NumberColumn)]
        if not numbers:
            return columns
        values = np.stack([_filled(trained, column) for column in numbers], axis=1)
        found = fitted(rule, values)
        means, deviations = (
            np.broadcast_to(part, len(numbers)) for part in found.vectors
        )
        scaled = {
            column.name: replace(column, mean=float(mean), deviation=float(deviation))
            for column, mean, deviation in zip(numbers, means, deviations, strict=True)
        }
        return [replace(c, column=scaled.get(c.name, c.column)) for c in columns]

    def _dataset(self, split: Split, parts: Parts, preparation: Preparation) -> Dataset:
        validation = split.rows(parts.validation) if len(parts.validation) else None
        return Dataset(
            name=self._settings.name,
            train=split.rows(parts.train),
            test=split.rows(parts.test),
            class_names=_plain(preparation.class_names),
            input_names=_plain(preparation.input_names),
            source=str(self._path),
            output_names=_plain(preparation.output_names),
            validation=validation,
            preparation=preparation,
        )

    def _summary(
        self, n_rows: int, dataset: Dataset, targets: tuple[str, ...], answers: str
    ) -> str:
        said = ", ".join(targets)
        if answers == "classes":
            what = f"{said!r} has {dataset.n_classes:,} classes"
        elif len(targets) == 1:
            what = f"{said!r} is a number"
        else:
            what = f"is {len(targets)} numbers ({said})"
        chosen = "" if self._settings.target else tr(" (data.target names another)")
        return tr(
            "{form} of {rows}, {inputs}, the target {what}{chosen}; {parts}",
            form=self._form,
            rows=counted(n_rows, "row"),
            inputs=counted(dataset.n_inputs, "input"),
            what=what,
            chosen=chosen,
            parts=parts_said(dataset, self._settings, are_rows=True),
        )


def _filled(frame: "pl.DataFrame", column: NumberColumn) -> DoubleArray:
    values = numbers_of_column(frame[column.name], column)
    values[~np.isfinite(values)] = column.fill
    return values


def _left_out_remarks(columns: list[ReadColumn], names: Sequence[str]) -> list[str]:
    """Which columns are left out, and why.

    Args:
        columns: as they were understood.
        names: of all columns of the file, in its order.
    """
    by_reason: dict[str, list[str]] = {}
    for column in columns:
        if column.column is None:
            name = said_name(column.name, names)
            by_reason.setdefault(column.reason, []).append(name)
    return [
        f"left out {', '.join(left[:10])}"
        f"{f' and {len(left) - 10:,} more' if len(left) > 10 else ''}: {reason}"
        for reason, left in by_reason.items()
    ]


def _units(
    frame: "pl.DataFrame",
    targets: tuple[str, ...],
    trained: RowNumbers,
    answers: str,
    lines: RowNumbers,
) -> tuple[TargetColumn, ...]:
    if answers == "classes":
        return (TargetColumn(targets[0]),)
    units = []
    for name in targets:
        values = numbers_of(frame[name], lines)[trained]
        deviation = float(values.std())
        if not np.isfinite(deviation):
            msg = tr("column {name!r} has values that are not finite", name=name)
            raise DataError(msg)
        # One and the same target everywhere is learned by the bias.
        units.append(TargetColumn(name, float(values.mean()), deviation or 1.0))
    return tuple(units)


def _targets(
    frame: "pl.DataFrame", preparation: Preparation, lines: RowNumbers
) -> FloatArray:
    means, deviations = preparation.target_units
    values = np.stack(
        [numbers_of(frame[t.name], lines) for t in preparation.targets], axis=1
    )
    targets: FloatArray = ((values - means) / deviations).astype(np.float32)
    if not np.isfinite(targets).all():
        msg = tr("a target is not a finite number")
        raise DataError(msg)
    return targets


def _plain(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain(name, _LONGEST_NAME) for name in names)
