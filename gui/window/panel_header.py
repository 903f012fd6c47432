"""The header of a panel: its title, its switch, and its tools, on one line."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.panels.base import Panel
from gui.style import tokens
from gui.style.fonts import role_font, scale_of
from gui.widgets.icon_button import IconButton

SPACE: Final = 8
PAD_RIGHT: Final = 8
FILL_TIP: Final = "Fill the window with this panel; Esc brings it back"
LEAVE_TIP: Final = "Back to the workspace  (Esc)"


class PanelHeader(QWidget):
    """What a dock shows in place of Qt's title bar; dragging it moves the dock.

    Signals:
        fill_requested: the panel is to fill the window, or to leave it again.
        picture_requested: a picture of the panel is to be saved.
    """

    fill_requested = Signal()
    picture_requested = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panelHeader")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._title = QLabel(title, self)
        self._title.setMinimumWidth(1)
        self.picture = IconButton(
            "save_picture", "Save picture", "Save a picture of this panel…", self
        )
        self.picture.clicked.connect(self.picture_requested)
        self.fill = IconButton("fill_window", "Fill the window", FILL_TIP, self)
        self.fill.clicked.connect(self.fill_requested)
        self._needed: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._title)
        self._row.addStretch(1)
        self._row.addWidget(self.picture)
        self._row.addWidget(self.fill)
        self._restyle()

    def take_parts(self, panel: Panel) -> None:
        """Show what the panel has for its header, and stand on its ground."""
        switches, tools = panel.header_parts()
        for place, widget in enumerate(switches, start=1):
            self._row.insertWidget(place, widget)
        for widget in tools:
            self._row.insertWidget(self._row.count() - 2, widget)
        self._needed = [*switches, *tools]
        self.setBackgroundRole(panel.backgroundRole())
        self._fit()

    def show_filled(self, *, on: bool) -> None:
        """Whether the panel fills the window now."""
        self.fill.show_icon("leave_fill" if on else "fill_window")
        self.fill.setToolTip(LEAVE_TIP if on else FILL_TIP)

    def _restyle(self) -> None:
        scale = scale_of(self.font())
        pad = round(tokens.space("panel_pad") * scale)
        self._row.setContentsMargins(pad, 0, round(PAD_RIGHT * scale), 0)
        self._row.setSpacing(round(SPACE * scale))
        font = role_font(self.font(), "label")
        font.setWeight(role_font(self.font(), "read", strong=True).weight())
        self._title.setFont(font)
        self.setFixedHeight(round(tokens.size("panel_header") * scale))

    def sizeHint(self) -> QSize:
        # The dock asks for this, and for no fixed height.
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        # The title gives way, and what the menu of the panel has, too.
        return QSize(self._width_of(self._needed), self.minimumHeight())

    def _width_of(self, widgets: Sequence[QWidget]) -> int:
        shown = [w for w in widgets if not w.isHidden()]
        margins = self._row.contentsMargins()
        width = margins.left() + margins.right()
        return width + sum(w.sizeHint().width() + self._row.spacing() for w in shown)

    def _fit(self) -> None:
        """Leave out the tools of every panel where the panel's own need the room."""
        for count, button in enumerate((self.fill, self.picture), start=1):
            own = self._width_of([self._title, *self._needed])
            room = self.width() - own
            each = button.width() + self._row.spacing()
            button.setVisible(room >= count * each)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # A part has got another size, for example with its first style.
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_row"):
            self._restyle()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            # Taken, so that Qt does not make a window of the panel.
            self.fill_requested.emit()
            event.accept()
