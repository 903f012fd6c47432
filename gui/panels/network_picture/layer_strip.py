"""The layer editor above the network picture: minus, a menu, and plus."""

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
from gui.widgets.glyph_button import GlyphButton
from gui.widgets.menu_buttons import give_menu

_GAP: Final = tokens.space("thin")
_WIDE: Final = tokens.length("layer_strip.button_width")
_LEAST: Final = tokens.length("layer_strip.least_button_width")
_ROW: Final = tokens.length("layer_strip.button_height")
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
        # The layer's name below says its activation; here is where it is changed.
        self.choice = GlyphButton("opened", self)
        self._dress(
            self.choice, tr("Activation of {name} and other changes", name=name)
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
        self._dress(button, tip)
        return button

    def _dress(self, button: QToolButton, tip: str) -> None:
        button.setToolTip(tip)
        button.setAccessibleName(tip.partition(" (")[0])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setProperty("kind", "raised")

    def show_layer(self, units: int, activation: str) -> None:
        self.minus.setEnabled(units > 1)
        self.choice.setAccessibleDescription(ACTIVATIONS[activation].title)
        for action in self._menu.actions():
            action.setChecked(action.data() == activation)

    def place(self, width: int, height: int) -> None:
        """Place the buttons side by side; a menu that has no room is in the form."""
        scale = scale_of(self.font())
        kept = [b for b in (self.minus, self.choice, self.plus) if self._is_for(b)]
        if len(kept) == 3 and _share(width, 3) < _LEAST * scale:
            kept.remove(self.choice)
        self.choice.setVisible(self.choice in kept)
        wide = min(_share(width, len(kept)), round(_WIDE * scale))
        left = (width - len(kept) * (wide + _GAP) + _GAP) // 2
        for k, button in enumerate(kept):
            button.setGeometry(QRect(left + k * (wide + _GAP), 0, wide, height))

    def _is_for(self, button: QToolButton) -> bool:
        return not self._is_output or button is self.choice

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


def _share(width: int, buttons: int) -> int:
    return (width + _GAP) // buttons - _GAP


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
        self.setFixedHeight(round(_ROW * scale_of(self.font())))

    def _place(self) -> None:
        layout, height = self._layout_shown, self.height()
        if layout is None:
            return
        scale = scale_of(self.font())
        left, wide = round(PAD_LEFT * scale), round(_WIDE * scale)
        self.fewer.setGeometry(QRect(left, 0, wide, height))
        self.more.setGeometry(QRect(left + wide + _GAP, 0, wide, height))
        xs = [column.x for column in layout.columns]
        first = self.width()
        for k, group in enumerate(self._groups):
            x = xs[k + 1]
            near = [abs(x - other) for other in xs if other != x]
            widest = 3 * round(_WIDE * scale) + 2 * _GAP
            # Those of two layers stand apart.
            width = min(int(min(near)) - 4 * _GAP, widest)
            group.setGeometry(QRect(round(x - width / 2), 0, width, height))
            group.place(width, height)
            # In a zoomed picture the columns are elsewhere.
            group.setVisible(layout.zoom.factor == 1 and width >= 2 * _LEAST * scale)
            first = min(first, group.x())
        start = self.more.geometry().right() + tokens.space("close")
        end = min(first, start + self._label.sizeHint().width())
        self._label.setGeometry(QRect(start, 0, end - start, height))
        self._label.setVisible(end - start >= self._label.sizeHint().width())

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
