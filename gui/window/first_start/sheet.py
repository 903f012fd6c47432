"""The sheet of the first start: the untrained network, one act, and four doors."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.values.words import tr
from gui.panels.network_picture.canvas import NetworkCanvas
from gui.runtime.layout_items import nest
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.fonts import role_font, scale_of
from gui.style.lengths import grown
from gui.style.number_format import count
from gui.widgets.focus.tab_stops import step_focus, tab_stops
from gui.window.first_start.door import Door
from gui.window.veil import Veil, paint_sheet

WIDTH: Final = tokens.length("first_start_sheet.width")
MARGIN: Final = tokens.space("xl")
LEAST_MARGIN: Final = tokens.space("s")
LOW: Final = 600
"""A window below has the smaller margin."""
LEVELS: Final = 5
"""Of leaving something out."""
_PAD: Final = tokens.length("first_start_sheet.pad")
_PICTURE: Final = (520, 236)
_DOORS: Final = {
    "lesson": (
        "graduation-cap",
        tr("Learn it in ten minutes"),
        tr(
            "Short lessons beside the running network, from one unit to "
            "backpropagation."
        ),
        tr("Start the first lesson"),
    ),
    "digits": (
        "pen-line",
        tr("Draw a digit"),
        tr(
            "Write with the mouse or by keys and watch the signal travel through the "
            "layers."
        ),
        tr("Train it and draw"),
    ),
    "playground": (
        "chart-scatter",
        tr("Play with points"),
        tr("Two spirals, two hidden layers, and a boundary that bends."),
        tr("Open the Playground"),
    ),
    "open": (
        "folder-open",
        tr("Open your own"),
        tr(
            "A table, pictures, a network that was trained elsewhere, or an experiment."
        ),
        tr("Choose a file"),
    ),
}


class FirstSheet(QWidget):
    """What lies on the veil.

    Signals:
        door_chosen: a door's key, "watch" for the act in the middle, "" to close.
    """

    door_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._brand, self._title = QLabel("Glassbox", self), QLabel(self)
        self._title.setText(tr("See how a network learns"))
        self._text, self._keys = QLabel(self), QLabel(self)
        self._text.setWordWrap(True)
        for label in (self._text, self._keys):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.watch = QPushButton(tr("Watch it learn"), self)
        self.watch.setProperty("kind", "primary")
        self.watch.setObjectName("watch")
        self.watch.clicked.connect(lambda: self.door_chosen.emit("watch"))
        self.again = QCheckBox(tr("Show this at the start"), self)
        self.close_button = QPushButton(tr("Close"), self)
        self.close_button.setToolTip(tr("Esc does the same"))
        self.close_button.clicked.connect(lambda: self.door_chosen.emit(""))
        self.canvas = NetworkCanvas(self)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.doors = {key: Door(*words, self) for key, words in _DOORS.items()}
        for key, door in self.doors.items():
            door.clicked.connect(lambda *_, key=key: self.door_chosen.emit(key))
        self._lay_out()
        self._restyle()

    def show_view(self, view: View | None) -> None:
        """Show the network, and say how many numbers are to be trained."""
        self.canvas.set_view(view)
        number = tr("All its") if view is None else count(view.spec.parameter_count)
        fresh = tr("drawn at random, are about to be trained on this computer")
        is_fresh = view is None or view.snapshot.step == 0
        state = fresh if is_fresh else tr("are being trained on this computer")
        comma = "," if is_fresh else ""
        self._text.setText(
            tr(
                "{number} numbers{comma} {state}. You can look at every one of them, "
                "at every step.",
                number=number,
                comma=comma,
                state=state,
            )
        )

    def show_keys(self, play: str, step: str, find: str) -> None:
        """Name the keys that everybody needs, each empty where it has none."""
        named = [
            (play, tr("plays")),
            (step, tr("takes one step")),
            (find, tr("finds anything")),
        ]
        dot = f" {chr(0xB7)} "
        self._keys.setText(dot.join(f"{keys} {what}" for keys, what in named if keys))

    def _lay_out(self) -> None:
        words = self._words = QVBoxLayout()
        words.addWidget(self._brand)
        words.addSpacing(grown(self, tokens.space("s")))
        words.addWidget(self._title)
        words.addWidget(self._text)
        words.addSpacing(grown(self, tokens.space("panel_pad")))
        words.addWidget(self.watch, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        self._head = QHBoxLayout()
        nest(self._head, words, 1)
        self._head.addWidget(self.canvas)
        self._grid = QGridLayout()
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.again)
        self._foot.addStretch(1)
        self._foot.addWidget(self._keys)
        self._foot.addSpacing(grown(self, tokens.space("l")))
        self._foot.addWidget(self.close_button)
        self._column = QVBoxLayout(self)
        nest(self._column, self._head)
        nest(self._column, self._grid)
        nest(self._column, self._foot)

    def _restyle(self) -> None:
        scale = scale_of(self.font())
        pad = round(_PAD * scale)
        self._column.setContentsMargins(
            pad, pad, pad, round(tokens.space("wide") * scale)
        )
        self._column.setSpacing(round(tokens.space("page") * scale))
        self._grid.setSpacing(round(tokens.space("m") * scale))
        self._brand.setFont(role_font(self.font(), "read", strong=True))
        self._title.setFont(role_font(self.font(), "title"))
        self._text.setFont(role_font(self.font(), "read"))
        self.watch.setFont(role_font(self.font(), "read", strong=True))

    def fit(self, width: int, height: int) -> None:
        """Take the size that its parts need, within a window of this size."""
        scale = scale_of(self.font())
        margin = MARGIN if height >= LOW else LEAST_MARGIN
        own = min(round(WIDTH * scale), width - 2 * margin)
        self.canvas.setFixedSize(
            min(round(_PICTURE[0] * scale), own // 2),
            min(
                round(_PICTURE[1] * scale),
                max(tokens.length("first_start_sheet.height"), height // 3),
            ),
        )
        self.setFixedWidth(own)
        room = height - 2 * margin
        for level in range(LEVELS):
            self._leave_out(level, own)
            needed = self._column.totalHeightForWidth(own)
            if needed <= room:
                break
        self.setFixedHeight(min(needed, room))

    def _leave_out(self, level: int, width: int) -> None:
        """Less for each level: sentences of doors, picture, their acts, the claim."""
        for door in self.doors.values():
            door.show_parts(text=level < 1, act=level < 3)
        for label in (self._brand, self._text):
            label.setVisible(level < 4)
        is_wide = (
            self._inside(width) >= self._text.fontMetrics().averageCharWidth() * 90
        )
        self.canvas.setVisible(level < 2 and is_wide)
        self._keys.setVisible(is_wide)
        # Qt invalidates the outermost alone, and the others when it is laid out.
        for part in (self._words, self._head, self._foot, self._column):
            part.invalidate()
        self._fit_doors(width)

    def _inside(self, width: int) -> int:
        margins = self._column.contentsMargins()
        return width - margins.left() - margins.right()

    def _fit_doors(self, width: int) -> None:
        """All as high as the one that needs most: the layout would squeeze them."""
        doors, gap = tuple(self.doors.values()), self._grid.spacing()
        widest = max(door.minimumSizeHint().width() for door in doors)
        columns = len(doors)
        while columns > 1 and columns * (widest + gap) - gap > self._inside(width):
            columns //= 2
        each = (self._inside(width) + gap) // columns - gap
        height = max(door.heightForWidth(each) for door in doors)
        for place, door in enumerate(doors):
            door.setFixedHeight(height)
            self._grid.addWidget(door, place // columns, place % columns)
        for column in range(len(doors)):
            self._grid.setColumnStretch(column, int(column < columns))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            paint_sheet(painter, self, theme.colours_of(self).plane)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_column"):
            self._restyle()


class FirstStart(Veil):
    """The veil with the sheet; it is made when it is first shown."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.first = FirstSheet(self)

    @property
    def sheet(self) -> QWidget:
        return self.first

    def fit(self) -> None:
        self.first.fit(self.width(), self.height())
        left = (self.width() - self.first.width()) // 2
        self.first.move(left, (self.height() - self.first.height()) // 2)

    def open_up(self) -> None:
        """Show it, with the focus on its act."""
        self.cover()
        self.first.watch.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_up(self) -> None:
        """As its button does."""
        self.first.door_chosen.emit("")

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        return step_focus(self, tab_stops(self.first), forward=forward, wraps=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press_focused()
        else:
            super().keyPressEvent(event)

    def _press_focused(self) -> None:
        for button in (self.first.watch, self.first.close_button, self.first.again):
            if button.hasFocus():
                button.click()
                return
        for door in self.first.doors.values():
            if door.hasFocus():
                door.click()
                return

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        is_open = hasattr(self, "first") and self.isVisible()
        if event.type() == QEvent.Type.FontChange and is_open:
            self.fit()
