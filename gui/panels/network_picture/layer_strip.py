"""The layer editor above the network picture: plus, minus and activation."""

from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolButton, QWidget

from core.network.numpy.activations.table import (
    ACTIVATIONS,
    hidden_activations,
    output_activations,
)
from core.values.network_spec import NetworkSpec
from core.values.words import tr
from gui.panels.network_picture.scene.layout import PAD_LEFT, Layout
from gui.session.document.layer_edit import Kind, LayerEdit
from gui.style import tokens
from gui.style.fonts import scale_of
from gui.widgets.menu_buttons import give_menu

_GAP: Final = tokens.space("thin")
_HALF: Final = 28
"""Widest button for one unit more or less, at 100 %."""
_WIDEST: Final = 96
_ROW: Final = 24
_MANY: Final = 10
_MINUS: Final = "\N{MINUS SIGN}"


class _LayerButtons(QWidget):
    """The buttons of one layer.

    Signals:
        edited: a LayerEdit.
    """

    edited = Signal(object)

    def __init__(self, layer: int, parent: QWidget, *, is_output: bool) -> None:
        super().__init__(parent)
        self._layer = layer
        self._is_output = is_output
        name = (
            tr("the output") if is_output else tr("hidden layer {layer}", layer=layer)
        )
        self.minus = self._button(
            _MINUS, tr("Remove a unit from {name} (Shift: ten)", name=name)
        )
        self.plus = self._button(
            "+", tr("Add a unit to {name} (Shift: ten)", name=name)
        )
        self.minus.clicked.connect(self._on_minus_clicked)
        self.plus.clicked.connect(self._on_plus_clicked)
        self.minus.setHidden(is_output)
        self.plus.setHidden(is_output)
        self.choice = self._button(
            "", tr("Activation of {name} and other changes", name=name)
        )
        self.choice.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.choice)
        names = output_activations() if is_output else hidden_activations()
        for activation in names:
            action = self._menu.addAction(ACTIVATIONS[activation].title)
            action.setData(activation)
            action.setCheckable(True)
            action.setToolTip(ACTIVATIONS[activation].formula)
        if not is_output:
            self._menu.addSeparator()
            self._menu.addAction(tr("Add a layer after this one")).setData("insert")
            self._menu.addAction(tr("Remove this layer")).setData("remove")
        self._menu.triggered.connect(self._on_menu_triggered)
        give_menu(self.choice, self._menu)

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip.partition(" (")[0])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setProperty("kind", "raised")
        return button

    def show_layer(self, units: int, activation: str) -> None:
        self.minus.setEnabled(units > 1)
        self.choice.setText(ACTIVATIONS[activation].title)
        for action in self._menu.actions():
            action.setChecked(action.data() == activation)

    def place(self, width: int, height: int) -> None:
        """Place two rows of buttons in this space."""
        row = (height - _GAP) // 2
        scale = scale_of(self.font())
        half = min((width - _GAP) // 2, round(_HALF * scale))
        left = (width - 2 * half - _GAP) // 2
        self.minus.setGeometry(QRect(left, 0, half, row))
        self.plus.setGeometry(QRect(left + half + _GAP, 0, half, row))
        wide = min(width, round(_WIDEST * scale))
        self.choice.setGeometry(QRect((width - wide) // 2, row + _GAP, wide, row))
        # Half a word says nothing; the form has the same choice.
        word = self.choice.fontMetrics().horizontalAdvance(self.choice.text())
        self.choice.setVisible(word + _GAP <= wide)

    def _on_minus_clicked(self) -> None:
        self.edited.emit(LayerEdit("units", self._layer, -_how_many()))

    def _on_plus_clicked(self) -> None:
        self.edited.emit(LayerEdit("units", self._layer, _how_many()))

    def _on_menu_triggered(self, action: QAction) -> None:
        data = str(action.data())
        if data == "insert":
            self.edited.emit(LayerEdit("insert", self._layer))
        elif data == "remove":
            self.edited.emit(LayerEdit("remove", self._layer))
        else:
            kind: Kind = "output" if self._is_output else "activation"
            self.edited.emit(LayerEdit(kind, self._layer, 0, data))


def _how_many() -> int:
    shift = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
    return _MANY if shift else 1


class LayerStrip(QWidget):
    """Buttons above each computed layer, and buttons to add or remove layers.

    Signals:
        edited: a LayerEdit.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Layers"))
        self._spec: NetworkSpec | None = None
        self._layout_shown: Layout | None = None
        self._groups: list[_LayerButtons] = []
        self.fewer = self._button(_MINUS, tr("Remove the last hidden layer"))
        self.more = self._button("+", tr("Add a hidden layer before the output"))
        self.fewer.clicked.connect(self._on_fewer_clicked)
        self.more.clicked.connect(self._on_more_clicked)
        self._label = QLabel(tr("layers"), self)
        self._label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._fit()

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setProperty("kind", "raised")
        return button

    def show_network(self, spec: NetworkSpec, layout: Layout | None) -> None:
        """Place the groups above the columns of this network."""
        if spec != self._spec:
            self._spec = spec
            self._make_groups(spec)
            self._layout_shown = None
        if layout is not None and layout != self._layout_shown:
            self._layout_shown = layout
            self._place()

    def _make_groups(self, spec: NetworkSpec) -> None:
        """Existing buttons are kept, since one of them is being pressed."""
        n_hidden = spec.n_layers - 1
        kinds = [k == n_hidden for k in range(spec.n_layers)]
        if len(self._groups) != spec.n_layers:
            for group in self._groups:
                group.hide()
                group.deleteLater()
            self._groups = [
                _LayerButtons(k + 1, self, is_output=kind)
                for k, kind in enumerate(kinds)
            ]
            for group in self._groups:
                group.edited.connect(self.edited)
                group.show()
        for k, group in enumerate(self._groups):
            group.show_layer(spec.layer_sizes[k + 1], spec.activations[k])
        self.fewer.setEnabled(n_hidden > 0)

    def _fit(self) -> None:
        row = round(_ROW * scale_of(self.font()))
        self.setFixedHeight(2 * row + _GAP)

    def _place(self) -> None:
        layout, height = self._layout_shown, self.height()
        if layout is None:
            return
        row = (height - _GAP) // 2
        scale = scale_of(self.font())
        left, half = round(PAD_LEFT * scale), round(_HALF * scale)
        self.fewer.setGeometry(QRect(left, 0, half, row))
        self.more.setGeometry(QRect(left + half + _GAP, 0, half, row))
        both = 2 * half + _GAP
        self._label.setGeometry(QRect(left, row + _GAP, both, row))
        xs = [column.x for column in layout.columns]
        for k, group in enumerate(self._groups):
            x = xs[k + 1]
            near = [abs(x - other) for other in xs if other != x]
            width = min(int(min(near)) - _GAP, round(_WIDEST * scale))
            group.setGeometry(QRect(round(x - width / 2), 0, width, height))
            group.place(width, height)
            # In a zoomed picture the columns are elsewhere.
            group.setVisible(layout.zoom.factor == 1 and width >= 30 * scale)

    def _on_more_clicked(self) -> None:
        if self._spec is not None:
            self.edited.emit(LayerEdit("insert", self._spec.n_layers - 1))

    def _on_fewer_clicked(self) -> None:
        if self._spec is not None:
            self.edited.emit(LayerEdit("remove", self._spec.n_layers - 1))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            # Its place comes with its height, later: to show or hide something while
            # Qt goes through all widgets may delete one of them.
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(tokens.length("layer_strip.least_width"), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
