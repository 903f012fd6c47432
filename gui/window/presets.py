"""Presets in the window: their menu, and what the window shows of a chosen one."""

from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from core.experiment.model import Experiment
from core.experiment.presets import (
    OWN_GROUP,
    Preset,
    load_preset,
    own_presets,
    preset_named,
    preset_names,
)
from core.values.words import tr
from gui.window.workspaces import WORKSPACES

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

Choose = Callable[[str, Experiment], None]
ABOUT: Final = "preset"
"""What a message about a preset is true of."""
TITLE: Final = tr("Start p&reset")


class PresetMenu(QMenu):
    """All presets in their groups; the user's own are read when it opens.

    Attributes:
        tell: shows why one of the user's own cannot be read.
    """

    def __init__(
        self, parent: QWidget, choose: Choose, tell: Callable[[str], None]
    ) -> None:
        super().__init__(TITLE, parent)
        self._choose = choose
        self.tell = tell
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """Show those that are there now."""
        self.clear()
        ours = sorted(map(load_preset, preset_names()), key=_group_of)
        for group, presets in groupby(ours, key=lambda preset: preset.lead.group):
            self.addSection(group)
            for preset in presets:
                self._add(preset)
        own = own_presets()
        if own:
            self.addSection(OWN_GROUP)
        for entry in own:
            if entry.preset is not None:
                self._add(entry.preset)
                continue
            action = self.addAction(
                tr("{entry} (cannot be read)", entry=entry.name),
                partial(self.tell, entry.problem),
            )
            action.setToolTip(entry.problem)

    def _add(self, preset: Preset) -> None:
        title = preset.lead.title or preset.name
        text = title if title == preset.name else f"{title} ({preset.name})"
        begin = partial(self._choose, preset.name, preset.experiment)
        self.addAction(text.replace("&", "&&"), begin).setToolTip(preset.title)


def _group_of(preset: Preset) -> int:
    """The place of its group: in the order in which their first presets are met."""
    groups = [load_preset(name).lead.group for name in preset_names()]
    return groups.index(preset.lead.group)


class PresetLeads(QObject):
    """Shows the workspace and the panels of a chosen preset, and its sentence."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        window.session.document.preset_chosen.connect(self._on_document_preset_chosen)
        window.session.document.changed.connect(self._on_document_changed)
        self._told_of: Experiment | None = None

    def show_named(self, name: str) -> None:
        """As when it is chosen; for a start with a preset, before its run is there."""
        self._show(preset_named(name))

    def _on_document_preset_chosen(self, name: str, experiment: Experiment) -> None:
        preset = _preset_of(name, experiment)
        if preset is not None:
            self._show(preset)

    def _on_document_changed(self) -> None:
        """Its words, such as a learning rate, are of the preset as it is."""
        if self._told_of not in (None, self._window.session.document.experiment):
            self._told_of = None
            self._window.message_bar.forget(ABOUT)

    def _show(self, preset: Preset) -> None:
        window, lead = self._window, preset.lead
        title = lead.title or preset.name
        said = f"{title}: {preset.title}" if preset.title else f"{title}."
        self._told_of = preset.experiment
        show = partial(window.message_bar.show_information, said, about=ABOUT)
        window.openings.tell(show)
        known = {workspace.key: workspace for workspace in WORKSPACES}
        if lead.workspace not in known:
            return
        window.show_workspace(lead.workspace)
        self._begin_anew()
        for key in lead.panels:
            if key in window.docks and not window.docks[key].is_in_sight:
                window.docks[key].show()
                window.docks[key].raise_()

    def _begin_anew(self) -> None:
        """The picture of the network as it is there at first, where it was made."""
        panel = dict(self._window.panels).get("network")
        if panel is not None:
            panel.begin_anew()  # type: ignore[attr-defined]


def _preset_of(name: str, experiment: Experiment) -> Preset | None:
    """Ours, or the user's own; both may have the same name."""
    found = [load_preset(name)] if name in preset_names() else []
    found += [own.preset for own in own_presets() if own.preset and own.name == name]
    return next((p for p in found if p.experiment == experiment), None)
