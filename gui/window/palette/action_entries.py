"""What can be done or looked at by an action of the window, and the presets."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final

from PySide6.QtGui import QAction, QKeySequence

from core.experiment.presets import load_preset, own_presets, preset_names
from core.lessons.folders import titles
from core.values.words import tr
from gui.session.document.document import ExperimentDocument
from gui.style import tokens
from gui.window.actions import ACTIONS, WORKSPACE, ActionSpec
from gui.window.dock import PanelDock
from gui.window.palette.entry import Entry, Group

ITSELF: Final = "find"
_OF_A_CHANGE: Final = ("undo", "redo")
_SENTENCE: Final = 60


def action_entries(actions: Mapping[str, QAction]) -> list[Entry]:
    """A row for each action of the window's table."""
    return [_entry(spec, actions[spec.key]) for spec in ACTIONS if spec.key != ITSELF]


def _entry(spec: ActionSpec, action: QAction) -> Entry:
    form = QKeySequence.SequenceFormat.NativeText
    is_place = spec.key.startswith(WORKSPACE)
    state = "" if not spec.checkable else tr("on") if action.isChecked() else tr("off")
    # As it is now: "Pause", "Undo noise".
    title = (spec.words if is_place else action.text().replace("&", "")).rstrip("…")
    return Entry(
        spec.key,
        Group.LOOK if is_place else Group.DO,
        title,
        spec.tip if is_place or not state else f"{state}. {spec.tip}",
        _icon(spec),
        action.trigger,
        keys=action.shortcut().toString(form),
        problem="" if action.isEnabled() else spec.missing,
        also=f"{spec.menu.replace('&', '')} {spec.words}",
        quoted=title.partition(" ")[2] if spec.key in _OF_A_CHANGE else "",
    )


def _icon(spec: ActionSpec) -> str:
    if spec.key.startswith(WORKSPACE):
        return tokens.icon_name("workspace", spec.key.removeprefix(WORKSPACE))
    icons = tokens.values()["icon"]["action"]
    by_key = {
        "find": "find",
        "lecture_mode": "lecture",
        "full_screen": "fill_window",
        "export_weights": "export",
        "save_experiment": "save",
        "save_film": "save_picture",
        "save_table": "save",
        "shortcuts": "help",
        "about": "information",
        "settings": "plot_options",
        "messages": "information",
    }
    key = spec.icon or by_key.get(spec.key, spec.key)
    found: str = icons.get(key, icons["closed"])
    return found


def preset_entries(document: ExperimentDocument) -> list[Entry]:
    """A row for each preset, ours and the user's own."""
    own = [entry.preset for entry in own_presets() if entry.preset is not None]
    ours = map(load_preset, preset_names())
    groups = (("preset", ours), ("own", own))
    return [
        Entry(
            f"{kind}.{preset.name}",
            Group.DO,
            tr("Start preset {preset}", preset=preset.name),
            preset.title,
            tokens.icon_name("action", "restarts"),
            partial(document.choose_preset, preset.name, preset.experiment),
            also=f"experiment preset start {preset.lead.title.lower()}",
        )
        for kind, presets in groups
        for preset in presets
    ]


def lesson_entries(open_lesson: Callable[[str], None]) -> list[Entry]:
    """A row for each lesson."""
    return [
        Entry(
            f"lesson.{key}",
            Group.DO,
            tr("Lesson: {title}", title=title),
            tr("beside the window; your own run waits"),
            tokens.icon_name("action", "lessons"),
            partial(open_lesson, key),
            also="learn course teach",
        )
        for key, title in titles().items()
    ]


def panel_entries(
    docks: Iterable[PanelDock], bring: Callable[[str], None]
) -> list[Entry]:
    """A row for each panel, which gets the focus wherever it is now."""
    return [
        Entry(
            f"panel.{dock.windowTitle()}",
            Group.LOOK,
            tr("Panel {text}", text=dock.windowTitle()),
            _place_of(dock),
            tokens.icon_name("action", "fill_window"),
            partial(bring, dock.key),
        )
        for dock in docks
    ]


def _place_of(dock: PanelDock) -> str:
    """Where choosing it finds the panel."""
    if dock.is_in_sight:
        return tr("in sight; gets the focus")
    if dock.isVisible():
        return tr("behind another panel; comes to the front")
    return tr("in this workspace")
