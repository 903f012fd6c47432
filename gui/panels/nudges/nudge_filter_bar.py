"""The filter bar above the nudge table."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from core.values.network_spec import NetworkSpec
from core.values.words import tr
from gui.panels.nudges.nudge_rows import Sign
from gui.panels.nudges.row_filter import (
    Kind,
    RowFilter,
    filter_of_selection,
    parse_text,
)
from gui.session.selection import Selection
from gui.session.view_state import Run
from gui.style import tokens
from gui.widgets.menu_buttons import give_menu
from gui.widgets.scaled_margins import ScaledSpacing

KINDS: tuple[tuple[str, Kind], ...] = (
    (tr("Weights and biases"), "all"),
    (tr("Weights"), "weights"),
    (tr("Biases"), "biases"),
)
SIGNS: tuple[tuple[str, Sign], ...] = (
    (tr("Raise or lower"), "any"),
    (tr("Only raise"), "raise"),
    (tr("Only lower"), "lower"),
)


class NudgeFilterBar(QWidget):
    """A text filter, and a menu with other filters.

    Signals:
        filter_changed: `row_filter` or `sign` has changed.
    """

    filter_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._selection: Selection | None = None
        self.text_line = QLineEdit(self)
        self.menu_button = QToolButton(self)
        self.menu = QMenu(self)
        self.layer_menu = self.menu.addMenu(tr("Layer"))
        self.layer_group = QActionGroup(self)
        self.menu.addSeparator()
        self.kind_group = self._group(KINDS)
        self.menu.addSeparator()
        self.sign_group = self._group(SIGNS)
        self.menu.addSeparator()
        self.selected_action = QAction(tr("Only the selected unit's"), self)
        self.clear_action = QAction(tr("Show all"), self)
        self._build()

    def _group(self, entries: tuple[tuple[str, str], ...]) -> QActionGroup:
        group = QActionGroup(self)
        for text, value in entries:
            action = group.addAction(text)
            action.setCheckable(True)
            action.setData(value)
            self.menu.addAction(action)
        group.actions()[0].setChecked(True)
        group.triggered.connect(self._on_menu_chosen)
        return group

    def _build(self) -> None:
        self.text_line.setPlaceholderText(tr("unit 5, bias"))
        self.text_line.setClearButtonEnabled(True)
        self.text_line.setAccessibleName(tr("filter"))
        self.text_line.setToolTip(
            tr(
                "Parts of a row's name: hidden 1, output, unit 5, pixel 12,7, row 12, "
                "column 7, input 3, from unit 4, bias, weight"
            )
        )
        self.text_line.textChanged.connect(self._on_text_changed)
        self.selected_action.setCheckable(True)
        self.menu.addAction(self.selected_action)
        self.menu.addAction(self.clear_action)
        self.selected_action.triggered.connect(self._on_menu_chosen)
        self.clear_action.triggered.connect(self.clear)
        self.layer_group.triggered.connect(self._on_menu_chosen)
        give_menu(self.menu_button, self.menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setToolTip(tr("Which parameters are listed"))
        self.set_run(None)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        ScaledSpacing(layout, tokens.space("xs"), self)
        layout.addWidget(self.text_line, 1)
        layout.addWidget(self.menu_button)
        self._draw_button()

    @property
    def sign(self) -> Sign:
        chosen: Sign = self.sign_group.checkedAction().data()
        return chosen

    @property
    def row_filter(self) -> RowFilter:
        """All filters together, without the sign."""
        kind: Kind = self.kind_group.checkedAction().data()
        layer: int | None = self.layer_group.checkedAction().data()
        found = RowFilter(layer=layer, kind=kind)
        if self._run is not None:
            found = found.both(parse_text(self.text_line.text(), self._run)[0])
        if self.selected_action.isChecked():
            found = found.both(self._filter_of_selection())
        return found

    @property
    def not_understood(self) -> str:
        """The part of the text that is not understood."""
        if self._run is None:
            return ""
        return parse_text(self.text_line.text(), self._run)[1]

    def _filter_of_selection(self) -> RowFilter:
        if self._selection is None:
            return RowFilter(impossible=True)
        return filter_of_selection(self._selection)

    def set_run(self, run: Run | None) -> None:
        """Offer the layers of this run."""
        old, self._run = self._run, run
        spec = run.spec if run is not None else None
        if old is None or run is None or old.spec != run.spec:
            self._fill_layers(spec)

    def _fill_layers(self, spec: NetworkSpec | None) -> None:
        for action in self.layer_group.actions():
            self.layer_group.removeAction(action)
            self.layer_menu.removeAction(action)
            action.deleteLater()
        names: list[tuple[str, int | None]] = [(tr("All layers"), None)]
        if spec is not None:
            names += [(spec.layer_name(k), k) for k in range(1, spec.n_layers + 1)]
        for name, layer in names:
            action = self.layer_group.addAction(name)
            action.setCheckable(True)
            action.setData(layer)
            self.layer_menu.addAction(action)
        self.layer_group.actions()[0].setChecked(True)
        self._draw_button()

    def set_selection(self, selection: Selection | None) -> None:
        """Set the unit of the filter "only the selected unit's"."""
        changed = selection != self._selection
        self._selection = selection
        if changed and self.selected_action.isChecked():
            self.filter_changed.emit()

    def show_selected_only(self) -> None:
        """List only the selected unit's parameters."""
        self._reset()
        self.selected_action.setChecked(True)
        self._on_menu_chosen()

    def clear(self) -> None:
        """Remove all filters."""
        self._reset()
        self._on_menu_chosen()

    def _reset(self) -> None:
        blocked = self.text_line.blockSignals(True)
        self.text_line.clear()
        self.text_line.blockSignals(blocked)
        self.selected_action.setChecked(False)
        for group in (self.layer_group, self.kind_group, self.sign_group):
            group.actions()[0].setChecked(True)

    def sizeHint(self) -> QSize:
        """Room for what the line says before something is typed."""
        metrics = self.text_line.fontMetrics()
        line = metrics.horizontalAdvance(self.text_line.placeholderText())
        button = self.menu_button.sizeHint().width()
        around = 4 * tokens.space("s")
        return QSize(line + button + around, super().sizeHint().height())

    def _draw_button(self) -> None:
        groups = (self.layer_group, self.kind_group, self.sign_group)
        active = sum(group.checkedAction() != group.actions()[0] for group in groups)
        active += self.selected_action.isChecked()
        self.menu_button.setText(
            tr("Filter ({active})", active=active) if active else tr("Filter")
        )

    def _on_menu_chosen(self) -> None:
        self._draw_button()
        self.filter_changed.emit()

    def _on_text_changed(self) -> None:
        self.filter_changed.emit()
