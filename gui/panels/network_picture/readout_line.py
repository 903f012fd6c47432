"""The line beside the panel's title that reads what is pointed at or selected.

It is painted, and as wide as the header leaves it: live numbers lay nothing out anew.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.panels.network_picture.painters.text_metrics import title_font
from gui.panels.network_picture.readout import Readout
from gui.style import theme, tokens
from gui.style.lengths import past
from gui.widgets.accessible.parts import Part, Role, texts
from gui.widgets.tooltip_picture import TooltipPicture

SEPARATOR = ", "


class ReadoutLine(TooltipPicture):
    """A name and its numbers; as many of them as there is room for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._readout: Readout | None = None
        self._is_selected = False

    def show_readout(self, readout: Readout | None, *, selected: bool) -> None:
        """Show it; `selected` says that it is not only pointed at."""
        if (readout, selected) == (self._readout, self._is_selected):
            return
        self._readout, self._is_selected = readout, selected
        self.update()

    def described(self) -> Part:
        """All that there is to read."""
        readout = self._readout
        if readout is None:
            return Part("", role=Role.StaticText)
        value = SEPARATOR.join(readout.numbers)
        lines = texts(*readout.lines)
        return Part(readout.name, value, Role.StaticText, None, lines)

    @property
    def text(self) -> str:
        """What is read now."""
        name, numbers = self._shown()
        return f"{name} {numbers}".strip()

    def _shown(self) -> tuple[str, str]:
        """The name and the numbers that have room."""
        if self._readout is None:
            return "", ""
        plain, strong = self._metrics()
        name, pieces = self._readout.name, list(self._readout.numbers)
        room = self.width() - strong.horizontalAdvance(name) - self._gap
        while pieces and plain.horizontalAdvance(SEPARATOR.join(pieces)) > room:
            pieces.pop()
        return (name if room + self._gap >= 0 else ""), SEPARATOR.join(pieces)

    @property
    def _gap(self) -> float:
        return float(tokens.space("s"))

    def _metrics(self) -> tuple[QFontMetricsF, QFontMetricsF]:
        return QFontMetricsF(self.font()), QFontMetricsF(title_font(self.font()))

    def tip_at(self, point: QPointF) -> str:
        """All of it, with the sums."""
        return "" if self._readout is None else "\n".join(self._readout.lines)

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        name, numbers = self._shown()
        colours = theme.colours_of(self)
        middle = Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            painter.setFont(title_font(self.font()))
            # The ring's own amber is no colour for text on white.
            rgb = colours.warning if self._is_selected else colours.ink1
            painter.setPen(theme.colour(rgb))
            painter.drawText(QRectF(self.rect()), middle, name)
            width = self._metrics()[1].horizontalAdvance(name)
            painter.setFont(self.font())
            painter.setPen(theme.colour(colours.ink2))
            room = past(QRectF(self.rect()), width + self._gap, painter)
            painter.drawText(room, middle, numbers)
