"""The inputs that the network receives for a point: a button for each."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from core.experiment.features import DEFAULT_FEATURES, features_of, title
from core.values.words import tr
from gui.style import tokens
from gui.widgets.scaled_margins import ScaledSpacing
from gui.widgets.segmented_control import Segment, paint_tray

_IN_A_ROW: Final = 3


class FeatureBox(QWidget):
    """Buttons that are checked where the feature is an input; one always is.

    Signals:
        value_edited: the list of names, empty for the data set's own inputs.
    """

    value_edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._n_coordinates = 0
        self._chosen: tuple[str, ...] = ()
        self._buttons: dict[str, QPushButton] = {}
        self._grid = QGridLayout(self)
        inset = tokens.space("hair")
        self._grid.setContentsMargins(inset, inset, inset, inset)
        ScaledSpacing(self._grid, tokens.space("thin"), self)
        self.show_coordinates(2)

    def show_coordinates(self, n_coordinates: int) -> None:
        """Offer the features of points with this many coordinates."""
        if n_coordinates == self._n_coordinates:
            return
        self._n_coordinates = n_coordinates
        for button in self._buttons.values():
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for k, name in enumerate(features_of(n_coordinates)):
            self._buttons[name] = button = self._button(name)
            self._grid.addWidget(button, k // _IN_A_ROW, k % _IN_A_ROW)
            button.setVisible(True)

    def _button(self, name: str) -> QPushButton:
        button = Segment(title(name), self)
        button.setObjectName(name)
        button.setToolTip(
            tr("Whether {title} is an input of the network", title=title(name))
        )
        button.setMinimumWidth(tokens.length("feature_box.least_width"))
        button.clicked.connect(self._on_button_clicked)
        return button

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_tray(self)

    def show_value(self, value: object) -> None:
        chosen = value if isinstance(value, list | tuple) else ()
        fitting = tuple(name for name in self._buttons if name in chosen)
        self._chosen = fitting or DEFAULT_FEATURES[self._n_coordinates]
        for name, button in self._buttons.items():
            button.setChecked(name in self._chosen)

    def _on_button_clicked(self) -> None:
        chosen = [name for name, b in self._buttons.items() if b.isChecked()]
        if not chosen:
            # The last one stays: a network needs an input.
            self.show_value(self._chosen)
            return
        own = tuple(chosen) == DEFAULT_FEATURES[self._n_coordinates]
        self._chosen = tuple(chosen)
        self.value_edited.emit([] if own else chosen)
