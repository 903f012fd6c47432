"""What is wrong with a run, over the empty upper left of its plot.

A line of its own would take the height of the curves: the newest steps, where a loss
that grows is at the top, are at the right.
"""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui.panels.curves.curve_texts import Trouble
from gui.style import icons, theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown


class PlotNote(QWidget):
    """A mark and a text; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._trouble: Trouble | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._mark, self._label = QLabel(self), QLabel(self)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._label.setWordWrap(True)
        self._label.setForegroundRole(QPalette.ColorRole.WindowText)
        policy = QSizePolicy.Policy
        self._label.setSizePolicy(policy.Expanding, policy.Preferred)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.space("s"))
        row.addWidget(self._mark)
        row.addWidget(self._label, 1)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def say(self, trouble: Trouble | None) -> None:
        """Show what is wrong; None where nothing is."""
        if trouble == self._trouble:
            return
        self._trouble = trouble
        self._label.setText("" if trouble is None else trouble.text)
        self.setVisible(trouble is not None)
        self._restyle()

    def place_in(self, area: QRect) -> None:
        """Stand at the upper left of an area, as wide as the text or the area."""
        if self._trouble is None:
            return
        gap = grown(self, tokens.space("s"))
        room = area.width() - 2 * gap
        text = self.fontMetrics().horizontalAdvance(self._trouble.text)
        beside = self._mark.sizeHint().width() + 2 * tokens.space("s")
        width = min(room, text + beside)
        height = self._row.heightForWidth(width)
        self.setGeometry(area.left() + gap, area.top(), width, height)
        self.raise_()

    def _restyle(self) -> None:
        if self._trouble is None:
            return
        colours = theme.colours_of(self)
        rgb = colours.named(self._trouble.token)
        side = tokens.icon_size("panel") * scale_of(self.font())
        name = tokens.icon_name("action", self._trouble.icon)
        self._mark.setPixmap(icons.pixmap(name, rgb, side))
        palette = self._label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(rgb))
        if palette != self._label.palette():
            self._label.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and hasattr(self, "_mark"):
            self._restyle()
