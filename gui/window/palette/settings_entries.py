"""What can be set: the fields of the experiment, and the settings of the window."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from core.experiment import rules
from core.values.network_spec import INITIALIZERS
from core.values.words import tr
from gui.session.document.document import ExperimentDocument
from gui.session.document.draft import values_of
from gui.session.preferences.model import SETTINGS, Setting
from gui.session.preferences.store import PreferenceStore
from gui.style import experiment_labels, tokens
from gui.style.experiment_labels import FIELDS, Label, in_window_words
from gui.style.number_format import editable
from gui.style.number_input import NumberTextError, parse_number
from gui.window.palette.entry import Change, Entry, Group, Option

USUAL_FIRST: Final = (
    "training.learning_rate",
    "training.optimizer",
    "training.batch_size",
    "training.loss",
    "data.name",
)
"""What is offered before something is typed."""
_NOT_IN_A_ROW: Final = ("data.features", "data.path")
_SECTIONS: Final = {
    "data": tr("Data"),
    "network": tr("Network"),
    "training": tr("Training"),
}
_FLAGS: Final = (Option(True, tr("on")), Option(False, tr("off")))


def _choices() -> Mapping[str, tuple[tuple[str, ...], Mapping[str, Label]]]:
    named = tuple(name for name in rules.DATASETS if name != rules.FILE)
    labels = experiment_labels
    return {
        "data.name": (named, labels.DATASETS),
        "network.initializer": (INITIALIZERS, labels.initializers()),
        "training.loss": (tuple(labels.losses()), labels.losses()),
        "training.optimizer": (rules.OPTIMIZERS, labels.OPTIMIZERS),
        "training.schedule": (rules.SCHEDULES, labels.SCHEDULES),
    }


def experiment_entries(document: ExperimentDocument) -> list[Entry]:
    """A row for each field of the experiment."""
    choices, notes = _choices(), document.notes
    values = values_of(document.experiment)
    keys = [key for key in FIELDS if key not in _NOT_IN_A_ROW]
    first = [key for key in USUAL_FIRST if key in keys]
    ordered = [*first, *(key for key in keys if key not in first)]
    rows = []
    for key in ordered:
        change = _change_of(document, key, values[key], choices)
        label = FIELDS[key]
        has_effect = key not in notes or key in first
        rows.append(
            Entry(
                key,
                Group.SET,
                label.name.replace("&", ""),
                _SECTIONS[key.partition(".")[0]],
                _icon("plot_options"),
                change=change,
                problem="" if has_effect else in_window_words(notes[key]),
                meaning=label.meaning,
            )
        )
    return rows


def _change_of(
    document: ExperimentDocument,
    key: str,
    value: object,
    choices: Mapping[str, tuple[tuple[str, ...], Mapping[str, Label]]],
) -> Change:
    put = partial(_put, document, key)
    if isinstance(value, bool):
        return Change(tr("on") if value else tr("off"), put, _FLAGS)
    if key in choices:
        names, labels = choices[key]
        offered = tuple(Option(name, labels[name].name) for name in names)
        title = labels[str(value)].name if value in labels else str(value)
        return Change(title, put, offered)
    if isinstance(value, int | float):
        return Change(editable(value), partial(_put_number, document, key))
    if value is None:
        return Change("", partial(_put_number, document, key))
    return Change(str(value), put)


def _put_number(document: ExperimentDocument, key: str, text: object) -> str:
    """A typed number; an empty text where there may be none."""
    if not str(text).strip():
        return _put(document, key, None)
    try:
        number = parse_number(str(text))
    except NumberTextError as error:
        return str(error)
    is_whole = isinstance(values_of(document.experiment)[key], int)
    return _put(document, key, int(number) if is_whole and number % 1 == 0 else number)


def _put(document: ExperimentDocument, key: str, value: object) -> str:
    """Change the experiment; what it refuses is taken back with the reason."""
    before = values_of(document.experiment)[key]
    if value == before:
        return ""
    document.edit({key: value})
    reason = document.draft.problems.get(key, "")
    if reason and key in document.draft.pending:
        document.edit({key: before})
    return in_window_words(reason)


def preference_entries(store: PreferenceStore) -> list[Entry]:
    """A row for each setting of the window."""
    return [
        Entry(
            f"settings.{setting.key}",
            Group.SET,
            setting.title,
            setting.section,
            _icon("plot_options"),
            change=_preference_change(store, setting),
            meaning=setting.meaning,
            also="settings",
        )
        for setting in SETTINGS
    ]


def _preference_change(store: PreferenceStore, setting: Setting) -> Change:
    value = store.now.value(setting.key)
    options = tuple(Option(one.value, one.title) for one in setting.choices)
    put = partial(_put_preference, store, setting.key)
    return Change(setting.title_of(value), put, options)


def _put_preference(store: PreferenceStore, key: str, value: object) -> str:
    assert isinstance(value, str | int)
    store.set_value(key, value)
    return ""


def _icon(action: str) -> str:
    return tokens.icon_name("action", action)
