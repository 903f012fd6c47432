"""Choose a ready-made experiment; undo and redo."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from core.experiment.model import Experiment
from core.experiment.presets import Preset, load_preset, preset_names
from gui.widgets.focus.key_policy import guard_wheel


class PresetBar(QWidget):
    """The top row of the form.

    Signals:
        preset_chosen: the Experiment of the preset.
        undo_requested: Ctrl+Z inside the form, or the button.
        redo_requested: the other way.
    """

    preset_chosen = Signal(object)
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._presets: tuple[Preset, ...] = tuple(map(load_preset, preset_names()))
        self._box = QComboBox(self)
        self._box.setPlaceholderText("own experiment")
        self._box.setAccessibleName("Preset")
        self._box.setToolTip("A ready-made experiment to begin with")
        guard_wheel(self._box)
        self._box.setMinimumContentsLength(8)
        self._box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for k, preset in enumerate(self._presets):
            self._box.addItem(preset.name)
            self._box.setItemData(k, preset.title, Qt.ItemDataRole.ToolTipRole)
        self._box.activated.connect(self._on_box_activated)
        self._undo = self._action("Undo", "\N{LEFTWARDS ARROW WITH HOOK}")
        self._redo = self._action("Redo", "\N{RIGHTWARDS ARROW WITH HOOK}")
        self._undo.setShortcuts(QKeySequence.StandardKey.Undo)
        self._redo.setShortcuts(QKeySequence.StandardKey.Redo)
        self._undo.triggered.connect(self.undo_requested)
        self._redo.triggered.connect(self.redo_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._box, 1)
        for action in (self._undo, self._redo):
            # Only inside the form: other panels have an undo of their own.
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            form.addAction(action)
            button = QToolButton(self)
            button.setDefaultAction(action)
            row.addWidget(button)

    def _action(self, name: str, sign: str) -> QAction:
        action = QAction(sign, self)
        action.setToolTip(f"{name} the last change of the experiment")
        return action

    def show_state(
        self, experiment: Experiment, *, can_undo: bool, can_redo: bool
    ) -> None:
        """Name the preset that the experiment is, if it is one."""
        found = (k for k, p in enumerate(self._presets) if p.experiment == experiment)
        self._box.setCurrentIndex(next(found, -1))
        self._undo.setEnabled(can_undo)
        self._redo.setEnabled(can_redo)

    def _on_box_activated(self, index: int) -> None:
        self.preset_chosen.emit(self._presets[index].experiment)
