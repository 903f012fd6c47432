"""The header of a panel: its title, its switch, and its tools, on one line."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from core.values.words import tr
from gui.panels.base import Panel
from gui.style import tokens
from gui.style.fonts import role_font, scale_of
from gui.widgets.icon_button import IconButton
from gui.widgets.segmented_control import SegmentedControl

SPACE: Final = tokens.space("s")
PAD_RIGHT: Final = tokens.space("s")
HELP_TIP: Final = tr("What this panel shows, and the lesson that explains it")
FILL_TIP: Final = tr("Fill the window with this panel; Esc brings it back")
LEAVE_TIP: Final = tr("Back to the workspace  (Esc)")


class PanelHeader(QWidget):
    """What a dock shows in place of Qt's title bar; dragging it moves the dock.

    Signals:
        fill_requested: the panel is to fill the window, or to leave it again.
        picture_requested: a picture of the panel is to be saved.
        help_requested: the key of the panel, which is to be explained.
        tab_chosen: the key of the panel in the same place that is to come to the front.
    """

    fill_requested = Signal()
    picture_requested = Signal()
    help_requested = Signal(str)
    tab_chosen = Signal(str)

    def __init__(self, key: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = key
        self._tabs: tuple[tuple[str, str], ...] = ()
        self.switch: SegmentedControl | None = None
        self.setObjectName("panelHeader")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._title = QLabel(title, self)
        fixed = QSizePolicy.Policy.Fixed
        self._title.setSizePolicy(fixed, QSizePolicy.Policy.Preferred)
        self.help = IconButton(
            "help", tr("What is {title}?", title=title), HELP_TIP, self
        )
        self.help.clicked.connect(self._on_help_clicked)
        self.picture = IconButton(
            "save_picture",
            tr("Save picture"),
            tr("Save a picture of this panel…"),
            self,
        )
        self.picture.clicked.connect(self.picture_requested)
        self.fill = IconButton("fill_window", tr("Fill the window"), FILL_TIP, self)
        self.fill.clicked.connect(self.fill_requested)
        self._needed: list[QWidget] = []
        self._labels: list[QLabel] = []
        self._height = "panel_header"
        self._is_filled = False
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._title)
        self._row.addStretch(1)
        self._row.addWidget(self.help)
        self._row.addWidget(self.picture)
        self._row.addWidget(self.fill)
        self._restyle()

    def take_parts(self, panel: Panel) -> None:
        """Show what the panel has for its header, and stand on its ground."""
        switches, tools = panel.header_parts()
        for place, widget in enumerate(switches, start=1):
            across = widget.sizePolicy().expandingDirections()
            takes_room = bool(across & Qt.Orientation.Horizontal)
            self._row.insertWidget(place, widget, 1 if takes_room else 0)
            if takes_room:
                # All the room between the switches and the tools.
                self._row.setStretch(place + 1, 0)
        for widget in tools:
            self._row.insertWidget(self._row.count() - 3, widget)
        parts = [*switches, *tools]
        self._labels = [part for part in parts if isinstance(part, QLabel)]
        self._needed = [part for part in parts if not isinstance(part, QLabel)]
        self._is_filled = panel.fills_header
        self._title.setVisible(not self._is_filled)
        if self._is_filled and switches:
            self._row.setStretch(1, 1)
            self._row.setStretch(1 + len(switches), 0)
        if panel.has_strip:
            self._height = "strip"
            self.setBackgroundRole(QPalette.ColorRole.Window)
            self._restyle()
        else:
            self.setBackgroundRole(panel.backgroundRole())
        self._fit()

    def show_tabs(self, tabs: tuple[tuple[str, str], ...]) -> None:
        """In place of the title a switch between panels: their keys and titles."""
        if tabs == self._tabs:
            if self.switch is not None:
                self.switch.choose(self._own_place())
            return
        if self.switch is not None:
            self._row.removeWidget(self.switch)
            self.switch.hide()
            self.switch.deleteLater()
            self.switch = None
        self._tabs = tabs
        self._title.setVisible(not tabs)
        if tabs:
            parts = [
                (title, tr("Show {title} here", title=title.lower()))
                for _, title in tabs
            ]
            self.switch = SegmentedControl(parts, self, name=tr("Panels in this place"))
            self.switch.choose(self._own_place())
            self.switch.segment_chosen.connect(self._on_place_chosen)
            self._row.insertWidget(0, self.switch)
            self.switch.show()
        self._fit()

    def _on_help_clicked(self) -> None:
        self.help_requested.emit(self._key)

    def _own_place(self) -> int:
        return [key for key, _ in self._tabs].index(self._key)

    def _on_place_chosen(self, place: int) -> None:
        self.tab_chosen.emit(self._tabs[place][0])

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
        self.setFixedHeight(round(tokens.size(self._height) * scale))

    def sizeHint(self) -> QSize:
        # The dock asks for this, and for no fixed height.
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        # The title gives way, and what the menu of the panel has, too.
        return QSize(self._width_of(self._shown_controls), self.minimumHeight())

    @property
    def _shown_controls(self) -> list[QWidget]:
        """The switch between panels, and what the panel itself needs."""
        controls = [*([self.switch] if self.switch else []), *self._needed]
        return [control for control in controls if not control.isHidden()]

    def _width_of(self, widgets: Sequence[QWidget]) -> int:
        """The least with which these have their texts."""
        spacing = self._row.spacing()
        return self._margins() + sum(_least_width(w) + spacing for w in widgets)

    def _margins(self) -> int:
        margins = self._row.contentsMargins()
        return margins.left() + margins.right()

    def _fold(self) -> None:
        """Make lists of switches, that between panels first, until all have room."""
        shown = self._shown_controls
        switches = [one for one in shown if isinstance(one, SegmentedControl)]
        needed = self._width_of(shown)
        unfolded = set[SegmentedControl]()
        for switch in reversed(switches):
            more = switch.full_width() - switch.least_width()
            if needed + more > self.width():
                break
            needed += more
            unfolded.add(switch)
        for switch in switches:
            switch.show_list(on=switch not in unfolded)

    def _fit(self) -> None:
        """Leave out what the controls of the panel need the room of.

        First the tools of every panel, which its menu has too, then what is said, then
        the title: what is cut cannot be read.
        """
        self._fold()
        spacing = self._row.spacing()
        shown = [w for w in self._needed if not w.isHidden()]
        least = sum(w.minimumSizeHint().width() + spacing for w in shown)
        left = self.width() - least - self._margins()
        title = self._title.sizeHint().width()
        has_title = not self._tabs and not self._is_filled
        self._title.setVisible(has_title and title <= left)
        lead = [self.switch or self._title, *shown]
        taken = sum(_width_now(w) + spacing for w in lead)
        room = self.width() - self._margins() - taken
        for label in self._labels:
            room -= label.sizeHint().width() + spacing
            label.setVisible(room >= 0)
        if self._is_filled:
            # All of the room is the panel's own, but for the question what it is.
            self.help.setVisible(left >= self.help.width() + spacing)
            self.fill.hide()
            self.picture.hide()
            return
        for button in (self.help, self.fill, self.picture):
            room -= button.width() + spacing
            button.setVisible(room >= 0)

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


def _least_width(control: QWidget) -> int:
    if isinstance(control, SegmentedControl):
        return control.least_width()
    return _width_now(control)


def _width_now(control: QWidget) -> int:
    return max(control.sizeHint().width(), control.minimumWidth())
