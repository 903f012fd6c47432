"""Every menu entry and tool button of the window, in one table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from core.values.words import tr
from gui.session.preferences.model import Preferences
from gui.style import icons, theme, tokens
from gui.style.fonts import scale_of
from gui.window.workspaces import WORKSPACES, shortcut_of


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command of the user.

    Attributes:
        key: its name in the code.
        menu: title of its menu.
        text: as in the menu.
        shortcut: portable key sequence, or empty.
        tip: one sentence for the tooltip.
        icon: key in the table [icon.action] of the tokens, or empty.
        checkable: whether it is a switch.
        separated: whether there is a separator above it.
        short: the text of its button, where it differs from the menu's.
        also: a second key sequence, or empty.
        missing: why it cannot be done, where it sometimes cannot.
    """

    key: str
    menu: str
    text: str
    shortcut: str = ""
    tip: str = ""
    icon: str = ""
    checkable: bool = False
    separated: bool = False
    short: str = ""
    also: str = ""
    missing: str = ""

    @property
    def words(self) -> str:
        """Its text without what the menu needs."""
        return self.text.replace("&", "")


FILE, EDIT, TRAIN = tr("&File"), tr("&Edit"), tr("&Training")
VIEW, HELP = tr("&View"), tr("&Help")

WORKSPACE: Final = "workspace_"
"""Begins the keys of the actions that show a workspace."""
_WORKSPACE_ACTIONS: Final = tuple(
    ActionSpec(
        f"{WORKSPACE}{workspace.key}",
        VIEW,
        tr("Workspace {workspace}", workspace=workspace.title),
        shortcut_of(number),
        workspace.tip,
    )
    for number, workspace in enumerate(WORKSPACES, start=1)
)

ACTIONS: Final = (
    ActionSpec(
        "open",
        FILE,
        tr("&Open…"),
        "Ctrl+O",
        tr("Open an experiment, a run, a network or data; goes on playing if it was"),
    ),
    ActionSpec(
        "open_folder",
        FILE,
        tr("Open &folder…"),
        "Ctrl+Shift+O",
        tr("Open a folder of data: pictures in a folder for each class, or IDX files"),
    ),
    ActionSpec(
        "save_experiment",
        FILE,
        tr("&Save experiment as…"),
        "Ctrl+S",
        tr("Write the experiment to a TOML file"),
        separated=True,
    ),
    ActionSpec(
        "save_run",
        FILE,
        tr("Save &run…"),
        "Ctrl+Shift+S",
        tr(
            "Write the whole run, with its curves and all that was changed: opened "
            "again, it goes on from this step"
        ),
    ),
    ActionSpec(
        "export_weights",
        FILE,
        tr("&Export network…"),
        "Ctrl+E",
        tr(
            "Write the network of this step: safetensors, NumPy, ONNX, JSON, CSV, a "
            "script or a notebook"
        ),
    ),
    ActionSpec(
        "save_picture",
        FILE,
        tr("Save &picture…"),
        "Ctrl+P",
        tr("Write or copy a picture of a panel: PNG at any scale, SVG or PDF"),
        separated=True,
    ),
    ActionSpec(
        "save_film",
        FILE,
        tr("Save &film…"),
        "",
        tr("Write the steps of the run as a film of a panel: GIF, WebP or MP4"),
    ),
    ActionSpec(
        "save_table",
        FILE,
        tr("Save &table…"),
        "",
        tr("Write the table or the curves of the panel with the focus: CSV or Parquet"),
    ),
    ActionSpec(
        "worksheet",
        FILE,
        tr("&Worksheet…"),
        tip=tr(
            "Write a page of the lesson or the network: numbers to be computed by "
            "hand, and their answers"
        ),
    ),
    ActionSpec(
        "quit", FILE, tr("&Quit"), "Ctrl+Q", tr("Quit the program"), separated=True
    ),
    ActionSpec(
        "undo",
        EDIT,
        tr("&Undo"),
        "Ctrl+Z",
        tr("Undo the last change of the experiment or of the running network"),
        missing=tr("There is nothing to undo"),
    ),
    ActionSpec(
        "redo",
        EDIT,
        tr("&Redo"),
        "Ctrl+Shift+Z",
        tr("Redo the last undone change"),
        also="Ctrl+Y",
        missing=tr("Nothing was undone"),
    ),
    ActionSpec(
        "copy",
        EDIT,
        tr("&Copy"),
        "Ctrl+C",
        tr(
            "Copy what is chosen: numbers with all their digits, rows for a spreadsheet"
        ),
        separated=True,
    ),
    ActionSpec(
        "copy_picture",
        EDIT,
        tr("Copy &picture"),
        "Ctrl+Shift+C",
        tr("Copy a picture: of the panel with the focus, or of the whole window"),
    ),
    ActionSpec(
        "copy_text",
        EDIT,
        tr("Copy as &text"),
        "",
        tr(
            "Copy the experiment as one line of text; it has what the window shows, too"
        ),
    ),
    ActionSpec(
        "paste",
        EDIT,
        tr("Paste &data or text…"),
        "Ctrl+V",
        tr(
            "Train on rows that were copied in a spreadsheet; open a copied file, or "
            "an experiment that was copied as text"
        ),
    ),
    ActionSpec(
        "find",
        EDIT,
        tr("&Find…"),
        "Ctrl+K",
        tr("Find what can be set, looked at and done, by typing a part of it"),
        separated=True,
        short=tr("Find"),
    ),
    ActionSpec(
        "settings",
        EDIT,
        tr("&Settings…"),
        "Ctrl+,",
        tr("Theme, colours, sizes, numbers, device, and the keys of everything"),
    ),
    ActionSpec(
        "toggle_playing",
        TRAIN,
        tr("&Play"),
        "Space",
        tr("Start or pause training"),
        icon="play",
    ),
    ActionSpec(
        "step_batch",
        TRAIN,
        tr("&Step one batch"),
        "Right",
        tr("Take one training step, with one batch"),
        icon="step",
        short=tr("Step"),
    ),
    ActionSpec(
        "step_epoch",
        TRAIN,
        tr("Step one &epoch"),
        "Shift+Right",
        tr("Train to the end of the epoch; in each, every example is used once"),
        icon="epoch",
        short=tr("Epoch"),
    ),
    ActionSpec(
        "step_back",
        TRAIN,
        tr("Step &back"),
        "Left",
        tr("Go back by one step, to exactly the same state"),
        icon="back",
        separated=True,
        short=tr("Back"),
        missing=tr("This is step 0: there is none before it"),
    ),
    ActionSpec(
        "step_forward",
        TRAIN,
        tr("Step for&ward again"),
        "Ctrl+Right",
        tr("Go forward by one step that has already been taken"),
        missing=tr("This is the last step that has been taken"),
    ),
    ActionSpec(
        "go_to_end",
        TRAIN,
        tr("To the &last step"),
        "Ctrl+End",
        tr("Go forward to the last step that has been taken"),
        missing=tr("This is the last step that has been taken"),
    ),
    ActionSpec(
        "go_to_branch",
        TRAIN,
        tr("To the &branch left last"),
        "Ctrl+B",
        tr("Go to the end of the branch that was left last; once more leads back"),
        icon="branch",
        missing=tr("The run has left no branch"),
    ),
    ActionSpec(
        "reset",
        TRAIN,
        tr("&Reset"),
        "R",
        tr("Restart from the same initial weights; goes on playing if it was"),
        icon="reset",
        separated=True,
    ),
    ActionSpec(
        "new_seed",
        TRAIN,
        tr("&New seed"),
        "N",
        tr("Restart from other initial weights; goes on playing if it was"),
        icon="new_seed",
    ),
    ActionSpec(
        "slower",
        TRAIN,
        tr("Sl&ower"),
        "-",
        tr("Fewer steps per second"),
        separated=True,
    ),
    ActionSpec("faster", TRAIN, tr("&Faster"), "+", tr("More steps per second")),
    ActionSpec(
        "lecture_mode",
        VIEW,
        tr("&Lecture mode"),
        "F9",
        tr("Enlarge everything by 50 %"),
        checkable=True,
    ),
    ActionSpec(
        "full_screen",
        VIEW,
        tr("&Full screen"),
        "F11",
        tr("Toggle full screen"),
        checkable=True,
    ),
    ActionSpec(
        "player_on_top",
        VIEW,
        tr("Player on &top"),
        "",
        tr("Play, step and the timeline above the panels instead of below"),
        checkable=True,
    ),
    ActionSpec(
        "menu_bar",
        VIEW,
        tr("Show menu &bar"),
        "",
        tr("Menus above the header; without them they are behind the mark"),
        checkable=True,
    ),
    ActionSpec(
        "restore_layout",
        VIEW,
        tr("&Reset this workspace"),
        "",
        tr("Reset the layout of this workspace"),
        separated=True,
    ),
    *_WORKSPACE_ACTIONS,
    ActionSpec(
        "lessons",
        HELP,
        tr("&Lessons"),
        "F2",
        tr("Lessons beside the window, or the list of all; your own run waits"),
        checkable=True,
    ),
    ActionSpec(
        "welcome",
        HELP,
        tr("&First steps"),
        "",
        tr("The sheet of the first start: where to begin"),
    ),
    ActionSpec(
        "glossary",
        HELP,
        tr("&Glossary"),
        "",
        tr("The words of the window and their meaning"),
    ),
    ActionSpec("open_menu", HELP, tr("Open the &menu"), "F10", tr("All menus")),
    ActionSpec(
        "panel_help",
        HELP,
        tr("What is this &panel?"),
        "Shift+F1",
        tr("What the panel with the focus shows; its formula, and the lesson for it"),
    ),
    ActionSpec("shortcuts", HELP, tr("&Keyboard and mouse"), "F1", tr("All shortcuts")),
    ActionSpec(
        "messages",
        HELP,
        tr("&Messages\N{HORIZONTAL ELLIPSIS}"),
        "Ctrl+M",
        tr("All that the window has told since it was opened, with details"),
    ),
    ActionSpec("about", HELP, tr("&About Glassbox"), "", tr("Version and devices")),
)


def spec_of(key: str) -> ActionSpec:
    """The row of the table with this key."""
    return next(spec for spec in ACTIONS if spec.key == key)


def build_actions(
    parent: QWidget, slots: Mapping[str, Callable[[], object]], settings: Preferences
) -> dict[str, QAction]:
    """One QAction for each row of the table, connected to its slot.

    Args:
        parent: owns the actions; their shortcuts work in its window.
        slots: bound methods by key; one for every key of the table.
        settings: which keys the user has given them.
    """
    actions = {}
    for spec in ACTIONS:
        action = QAction(spec.text, parent)
        action.setObjectName(spec.key)
        if spec.short:
            action.setIconText(spec.short)
        action.setCheckable(spec.checkable)
        action.setStatusTip(spec.tip)
        action.triggered.connect(slots[spec.key])
        parent.addAction(action)
        actions[spec.key] = action
    set_keys(actions, settings)
    set_icons(actions, parent)
    return actions


def keys_of(spec: ActionSpec, settings: Preferences) -> tuple[str, ...]:
    """The key sequences of an action: the user's one, or those that it came with."""
    keys = settings.shortcut(spec.key, spec.shortcut)
    both = (keys, spec.also) if keys == spec.shortcut else (keys,)
    return tuple(filter(None, both))


def set_keys(actions: Mapping[str, QAction], settings: Preferences) -> None:
    """Give every action its keys, and name them in its tooltip."""
    for spec in ACTIONS:
        keys = keys_of(spec, settings)
        actions[spec.key].setShortcuts([QKeySequence(key) for key in keys])
        _set_tip(actions[spec.key], spec)


def set_enabled(actions: Mapping[str, QAction], key: str, *, on: bool) -> None:
    """Whether an action can be done now; its tooltip says why it cannot."""
    action = actions[key]
    if action.isEnabled() != on:
        action.setEnabled(on)
        _set_tip(action, spec_of(key))


def _set_tip(action: QAction, spec: ActionSpec) -> None:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    text = f"{spec.tip}  ({keys})" if keys else spec.tip
    if not action.isEnabled() and spec.missing:
        text += f"\n{spec.missing}"
    action.setToolTip(text)


def set_icons(actions: Mapping[str, QAction], widget: QWidget) -> None:
    """Draw the icons in the theme of a widget."""
    for spec in ACTIONS:
        if spec.icon:
            _set_icon(actions[spec.key], spec.icon, widget)


def set_play_icon(action: QAction, widget: QWidget, *, playing: bool) -> None:
    """The icon of the one filled button, in the ink that is read on the accent."""
    _set_icon(action, "pause" if playing else "play", widget)


def _set_icon(action: QAction, key: str, widget: QWidget) -> None:
    colours, scale = theme.colours_of(widget), scale_of(widget.font())
    is_play = key in ("play", "pause")
    rgb = colours.on_accent if is_play else colours.ink2
    side = tokens.icon_size("play" if is_play else "player") * scale
    action.setIcon(icons.icon(tokens.icon_name("action", key), rgb, side))
