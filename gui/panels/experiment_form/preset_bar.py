"""The choice of a preset, and the buttons for undo and redo: the form's header."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from core.experiment.model import Experiment
from core.experiment.presets import Preset, load_preset, own_presets, preset_names
from core.values.words import tr
from gui.widgets.focus.key_policy import guard_wheel
from gui.widgets.icon_button import IconButton
from gui.widgets.pop_up_choice import PopUpChoice


class PresetBar(QObject):
    """Three controls that the header of the form takes.

    Signals:
        preset_chosen: its name, and its Experiment.
        undo_requested: the last change is to be taken back.
        redo_requested: the other way.
    """

    preset_chosen = Signal(str, object)
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._presets: list[Preset] = []
        self._box = PopUpChoice(parent)
        self._box.setPlaceholderText(tr("own experiment"))
        self._box.setObjectName("preset")
        self._box.setAccessibleName(tr("Preset"))
        policy = QSizePolicy.Policy
        self._box.setSizePolicy(policy.Expanding, policy.Fixed)
        self._box.setToolTip(
            tr("A ready-made experiment to start from; goes on playing if it was")
        )
        guard_wheel(self._box)
        self._box.setMinimumContentsLength(8)
        self._box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._fill()
        self._box.opening.connect(self._fill)
        self._box.activated.connect(self._on_box_activated)
        self._undo = IconButton("undo", tr("Undo"), "", parent, fades=True)
        self._redo = IconButton("redo", tr("Redo"), "", parent, fades=True)
        self._undo.clicked.connect(self.undo_requested)
        self._redo.clicked.connect(self.redo_requested)
        self.show_undo("", "")

    def _fill(self) -> None:
        """Ours, then the user's own, which may have changed since the last time."""
        own = [entry.preset for entry in own_presets() if entry.preset is not None]
        presets = [*map(load_preset, preset_names()), *own]
        if presets == self._presets:
            return
        chosen = self._box.currentIndex()
        self._presets = presets
        self._box.clear()
        for k, preset in enumerate(presets):
            self._box.addItem(preset.name)
            tip = f"{preset.lead.title or preset.name}: {preset.title}"
            self._box.setItemData(k, tip, Qt.ItemDataRole.ToolTipRole)
        self._box.setCurrentIndex(chosen if chosen < len(presets) else -1)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The controls, from left to right."""
        return self._box, self._undo, self._redo

    def show_experiment(self, experiment: Experiment) -> None:
        """Name the preset that the experiment is, if it is one."""
        found = (k for k, p in enumerate(self._presets) if p.experiment == experiment)
        self._box.setCurrentIndex(next(found, -1))

    def show_undo(self, undo: str, redo: str) -> None:
        """What the buttons would take back and do again, "" for nothing."""
        for button, what in ((self._undo, undo), (self._redo, redo)):
            button.setEnabled(bool(what))
            name = button.accessibleName()
            button.setToolTip(
                f"{name} {what}" if what else tr("Nothing to {name}", name=name.lower())
            )

    def _on_box_activated(self, index: int) -> None:
        preset = self._presets[index]
        self.preset_chosen.emit(preset.name, preset.experiment)
