"""The card of the palette: a field, the rows that were found, and what the keys do."""

from typing import Final

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from core.values.words import tr
from gui.style import icons, theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.style.number_format import count
from gui.widgets.eliding_label import ElidingLabel
from gui.window.palette.entry import Entry
from gui.window.palette.result_list import ResultList
from gui.window.veil import paint_sheet

INPUT_HEIGHT: Final = tokens.length("palette_card.input_height")
FOOT_HEIGHT: Final = tokens.length("palette_card.foot_height")
PAD: Final = tokens.space("wide")
MARK: Final = tokens.space("page")
_LIST_PAD: Final = tokens.space("close")
_CHOOSE: Final = tr("\N{UPWARDS ARROW}\N{DOWNWARDS ARROW} choose")
_RETURN: Final = "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}"
_SPACE: Final = "\N{EM SPACE}"


class SearchLine(QLineEdit):
    """Keeps every key: the palette is over the window."""

    takes_all_keys = True


class PaletteCard(QWidget):
    """A sheet: raised, round, with a border and a shadow of its own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.keys = QKeySequence()
        self.line = SearchLine(self)
        self.line.setObjectName("paletteLine")
        self.line.setAccessibleName(tr("Find"))
        self.line.setPlaceholderText(
            tr("Find a setting, a workspace, a unit, a step, an action")
        )
        self.results = ResultList(self)
        self._icon, self._number = QLabel(self), QLabel(self)
        self._foot, self._close = ElidingLabel(self), QLabel(tr("Esc closes"), self)
        quiet = QPalette.ColorRole.PlaceholderText
        for label in (self._number, self._foot, self._close):
            label.setForegroundRole(quiet)
        self._top, self._bottom = QHBoxLayout(), QHBoxLayout()
        self._top.addWidget(self._icon)
        self._top.addWidget(self.line, 1)
        self._top.addWidget(self._number)
        self._bottom.addWidget(self._foot, 1)
        self._bottom.addWidget(self._close)
        self._head, self._feet = QWidget(self), QWidget(self)
        self._head.setLayout(self._top)
        self._feet.setLayout(self._bottom)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.results, 1)
        column.addWidget(self._feet)
        self._restyle()

    def closes(self, event: QKeyEvent) -> bool:
        """Whether a key is the one that opens the palette."""
        keys = QKeySequence(QKeyCombination(event.modifiers(), Qt.Key(event.key())))
        return not self.keys.isEmpty() and keys == self.keys

    def show_number(self, number: int, *, typed: bool) -> None:
        """How much was found, once something is typed."""
        text = (
            tr("{number} found", number=count(number))
            if number
            else tr("nothing found")
        )
        self._number.setText(text if typed else "")

    def explain(self, entry: Entry | None) -> None:
        """Say what the keys do with a row."""
        if entry is None:
            self._say(tr("Try a word of a setting, a panel or an action"))
        elif entry.problem:
            self._say(f"{_CHOOSE}{_SPACE}{entry.problem}")
        elif entry.run is None:
            self._say(
                tr(
                    "{choose}{space}Tab or {value} change the value",
                    choose=_CHOOSE,
                    space=_SPACE,
                    value=_RETURN,
                )
            )
        else:
            tab = (
                tr("{space}Tab change the value", space=_SPACE) if entry.change else ""
            )
            self._say(
                tr(
                    "{choose}{space}{value} run{tab}",
                    choose=_CHOOSE,
                    space=_SPACE,
                    value=_RETURN,
                    tab=tab,
                )
            )

    def explain_editing(self, *, chosen: bool) -> None:
        """Say what the keys do with the value that is being changed."""
        how = (
            tr("\N{LEFTWARDS ARROW}\N{RIGHTWARDS ARROW} other value") if chosen else ""
        )
        lead = f"{how}{_SPACE}" if how else ""
        self._say(
            tr(
                "{lead}{value} use it{space}Esc leave it as it was",
                lead=lead,
                value=_RETURN,
                space=_SPACE,
            )
        )

    def refuse(self, reason: str) -> None:
        """Say why something cannot be done."""
        self._say(reason, refused=True)

    def _say(self, text: str, *, refused: bool = False) -> None:
        self._foot.setText(text)
        roles = QPalette.ColorRole
        palette = QPalette(self.palette())
        if refused:
            wrong = theme.colour(theme.colours_of(self).wrong)
            palette.setColor(roles.PlaceholderText, wrong)
        self._foot.setPalette(palette)
        self._foot.setToolTip(text if refused else "")

    def fit(self, width: int, most_list: int, most: int) -> None:
        """Take its width, and the height that its rows need."""
        scale = scale_of(self.font())
        bars = round((INPUT_HEIGHT + FOOT_HEIGHT + 2 * _LIST_PAD) * scale)
        bars += grown(self, tokens.space("hair"))
        rows = self.results.height_for(min(most_list, most - bars))
        self.setFixedSize(width, bars + rows)

    def _restyle(self) -> None:
        scale = scale_of(self.font())
        side = round(MARK * scale)
        ink = theme.colours_of(self).ink2
        self._icon.setPixmap(icons.pixmap("search", ink, side))
        pad = round(PAD * scale)
        self._head.setFixedHeight(round(INPUT_HEIGHT * scale))
        self._feet.setFixedHeight(round(FOOT_HEIGHT * scale))
        for row in (self._top, self._bottom):
            row.setContentsMargins(pad, 0, pad, 0)
            row.setSpacing(round(tokens.space("row") * scale))
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(1, 1, 1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.colours_of(self)
        with QPainter(self) as painter:
            paint_sheet(painter, self, colours.control)
            line = theme.colour(colours.edge)
            for y in (self._head.geometry().bottom(), self._feet.geometry().top()):
                painter.fillRect(
                    1, y, self.width() - grown(self, tokens.space("hair")), 1, line
                )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and hasattr(self, "_feet"):
            self._restyle()
