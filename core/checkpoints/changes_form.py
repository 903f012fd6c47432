"""The user's changes of a run as JSON, and back."""

from collections.abc import Mapping
from dataclasses import replace

from core.checkpoints.fields import Fields
from core.experiment import toml_form
from core.experiment.model import Experiment
from core.history.changes import Change, DatedChange, TrainOn
from core.protocol.messages import ChangeTraining, EditParams, SetFrozen
from core.values.errors import ExperimentError
from core.values.parameter import Edit, Parameter
from core.values.words import tr


def as_json(dated: DatedChange, experiment: Experiment) -> dict[str, object]:
    """A change as values of JSON; `experiment` is that of the run's beginning."""
    return {"step": dated.step, **_as_json(dated.change, experiment)}


def _as_json(change: Change, experiment: Experiment) -> dict[str, object]:
    if isinstance(change, EditParams):
        edits = [[*_place(e.parameter), float(e.value)] for e in change.edits]
        return {"kind": "edit", "edits": edits}
    if isinstance(change, SetFrozen):
        ordered = sorted(change.parameters, key=lambda p: p.order)
        return {"kind": "freeze", "parameters": [_place(p) for p in ordered]}
    if isinstance(change, ChangeTraining):
        text = toml_form.dumps(replace(experiment, training=change.training))
        return {"kind": "training", "experiment": text}
    return {"kind": "train on"}


def read(fields: Fields) -> DatedChange:
    """A change again.

    Raises:
        UnreadableError: it is none.
    """
    return DatedChange(fields.whole("step"), _read(fields))


def _read(fields: Fields) -> Change:
    kind = fields.text("kind")
    if kind == "edit":
        return EditParams(tuple(map(_edit, fields.rows("edits", 4))))
    if kind == "freeze":
        return SetFrozen(frozenset(map(_parameter, fields.rows("parameters", 3))))
    if kind == "training":
        try:
            experiment = toml_form.loads(fields.text("experiment"))
        except (ExperimentError, RecursionError) as error:
            raise fields.refused(
                tr("a change of settings ({error})", error=error)
            ) from None
        return ChangeTraining(experiment.training)
    if kind == "train on":
        return TrainOn()
    raise fields.refused(tr("the kind of a change, {kind!r}", kind=kind))


def _place(parameter: Parameter) -> list[int | None]:
    return [parameter.layer, parameter.unit, parameter.source]


def _parameter(row: list[int | float | None]) -> Parameter:
    layer, unit, source = row[:3]
    return Parameter(
        int(layer or 0), int(unit or 0), None if source is None else int(source)
    )


def _edit(row: list[int | float | None]) -> Edit:
    return Edit(_parameter(row), float(row[3] or 0.0))


def edited_as_json(edited: Mapping[Parameter, int]) -> list[list[int | None]]:
    """The edited parameters with the step of the last edit."""
    return [[*_place(parameter), step] for parameter, step in edited.items()]


def read_edited(fields: Fields) -> dict[Parameter, int]:
    """The edited parameters again.

    Raises:
        UnreadableError: they are none.
    """
    rows = fields.rows("edited", 4)
    return {_parameter(row): int(row[3] or 0) for row in rows}
