"""What can be done with a unit, weight or bias of the network picture."""

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from core.values.parameter import Edit, Parameter, Unit
from core.values.words import tr
from gui.panels.network_picture.value_dialog import ValueDialog
from gui.session.parameter_names import name_of
from gui.session.selection import Selection
from gui.session.view_state import View


class ContextMenu(QMenu):
    """Signals: as those of a panel with the same names."""

    edits_made = Signal(object)
    freeze_requested = Signal(object)
    ablation_requested = Signal(object, bool)
    hold_requested = Signal(object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.dialog: ValueDialog | None = None
        self._view: View | None = None
        self._selection: Selection | None = None
        self.name = self.addAction("")
        self.name.setEnabled(False)
        self.addSeparator()
        self.value = self._action("", self._on_value)
        self.zero = self._action(tr("Set to &0"), self._on_zero)
        self.freeze = self._action(
            tr("&Freeze (training leaves it unchanged)"), self._on_freeze
        )
        self.freeze.setCheckable(True)
        self.ablate = self._action(
            tr("&Ablate (its output has no effect)"), self._on_ablate
        )
        self.ablate.setCheckable(True)
        self.hold = self._action(tr("&Hold the activation at 0"), self._on_hold)
        self.release = self._action(tr("&Release the activation"), self._on_release)

    def _action(self, text: str, slot: object) -> QAction:
        action = self.addAction(text)
        action.triggered.connect(slot)
        return action

    def open_for(self, view: View, selection: Selection, place: QPoint) -> None:
        """Show the actions for a selection."""
        self._view, self._selection = view, selection
        is_unit = isinstance(selection, Unit)
        self.name.setText(name_of(view.run, selection).replace("&", "&&"))
        can_act = selection.layer < view.spec.n_layers
        owned = self._owned
        self.value.setVisible(owned is not None)
        is_bias = owned is not None and owned.is_bias
        self.value.setText(tr("Set &bias…") if is_bias else tr("Set &weight…"))
        self.zero.setVisible(not is_unit)
        self.freeze.setVisible(not is_unit)
        self.freeze.setChecked(selection in view.frozen)
        self.ablate.setVisible(is_unit and can_act)
        self.ablate.setChecked(selection in view.ablated)
        self.hold.setVisible(is_unit and can_act)
        self.release.setVisible(is_unit and selection in view.held)
        if owned is not None or can_act:
            self.popup(place)

    @property
    def _owned(self) -> Parameter | None:
        """The weight or bias that was chosen, or the bias of the unit."""
        view, chosen = self._view, self._selection
        if isinstance(chosen, Parameter) or chosen is None or view is None:
            return chosen if isinstance(chosen, Parameter) else None
        bias = Parameter(chosen.layer, chosen.unit)
        has_bias = chosen.layer > 0 and view.spec.has_bias(chosen.layer)
        return bias if has_bias else None

    def _on_value(self) -> None:
        view, owned = self._view, self._owned
        if view is None or owned is None:
            return
        name = name_of(view.run, owned)
        self.dialog = ValueDialog(name, owned.value_in(view.params), self._over)
        self.dialog.chosen.connect(partial(self._set, owned))
        self.dialog.open()

    def _set(self, parameter: Parameter, value: float) -> None:
        self.edits_made.emit((Edit(parameter, value),))

    def _on_zero(self) -> None:
        if isinstance(self._selection, Parameter):
            self.edits_made.emit((Edit(self._selection, 0.0),))

    def _on_freeze(self, on: bool) -> None:
        if isinstance(self._selection, Parameter) and self._view is not None:
            one, frozen = frozenset({self._selection}), self._view.frozen
            self.freeze_requested.emit(frozen | one if on else frozen - one)

    def _on_ablate(self, on: bool) -> None:
        if isinstance(self._selection, Unit):
            self.ablation_requested.emit(self._selection, on)

    def _on_hold(self) -> None:
        if isinstance(self._selection, Unit):
            self.hold_requested.emit(self._selection, 0.0)

    def _on_release(self) -> None:
        if isinstance(self._selection, Unit):
            self.hold_requested.emit(self._selection, None)
