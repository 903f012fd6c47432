"""Rows of a step: a task with its ring, and an answer that can be chosen."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QWidget

from core.values.words import tr
from gui.panels.lesson.marks import Mark, MarkState
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.widgets.role_font import RoleFont
from gui.widgets.scaled_margins import ScaledMargins

GAP: Final = tokens.space("row")
LINE_HEIGHT: Final = tokens.length("rows.line_height")
"""Per cent: 23 pixels at the size of texts that are read."""


class ReadingLabel(QLabel):
    """A text that is read, with values that change."""

    def __init__(self, parent: QWidget, *, quiet: bool = False) -> None:
        super().__init__(parent)
        self._is_quiet = quiet
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        RoleFont(self, "read", parent)
        self._ink()

    def show_html(self, html: str) -> None:
        """Show a text; nothing happens where it is the same."""
        text = f"<div style='line-height:{LINE_HEIGHT}%'>{html}</div>"
        if self.text() != text:
            self.setText(text)

    def set_quiet(self, *, on: bool) -> None:
        """In the second ink, or the first."""
        if on != self._is_quiet:
            self._is_quiet = on
            self._ink()

    def _ink(self) -> None:
        colours = theme.colours_of(self)
        ink = theme.colour(colours.ink2 if self._is_quiet else colours.ink1)
        # Rich text is drawn in the colour of texts, plain text in the window's.
        roles = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text)
        palette = self.palette()
        if any(palette.color(role) != ink for role in roles):
            for role in roles:
                palette.setColor(role, ink)
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._ink()


class TaskRow(QWidget):
    """What is to be done; the ring turns to a mark when it was."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark = Mark(self)
        self._label = ReadingLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(round(GAP * scale_of(self.font())))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)

    def show_task(self, html: str, state: MarkState) -> None:
        self._mark.show_state(state)
        self._label.set_quiet(on=state == "later")
        self._label.show_html(html)
        said = {"done": tr("Done: "), "next": tr("To do: "), "later": tr("Later: ")}
        self.setAccessibleName(said.get(state, "") + self._label.text())


class AnswerRow(QAbstractButton):
    """An answer; a click or its number chooses it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._mark = Mark(self)
        self._label = ReadingLabel(self)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._key = QLabel(self)
        self._key.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        ScaledMargins(
            row,
            (
                tokens.space("xs"),
                tokens.space("xs"),
                tokens.space("xs"),
                tokens.space("xs"),
            ),
            self,
        )
        row.setSpacing(round(GAP * scale_of(self.font())))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        row.addWidget(self._key, 0, Qt.AlignmentFlag.AlignTop)

    def show_answer(self, html: str, key: str, state: MarkState) -> None:
        self._mark.show_state(state)
        self._label.show_html(html)
        self._key.setText(key)
        said = {"chosen": "chosen", "right": "right", "wrong": tr("not right")}
        self.setAccessibleName(f"{self._label.text()} {said.get(state, '')}")

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        assert layout is not None
        return layout.totalHeightForWidth(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if not (self.hasFocus() or self.isDown() or self.underMouse()):
            return
        colours = theme.colours_of(self)
        round_ = tokens.radius("control")
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            if self.isEnabled() and (self.isDown() or self.underMouse()):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour(colours.raised))
                painter.drawRoundedRect(box, round_, round_)
            if self.hasFocus():
                painter.setPen(
                    QPen(
                        theme.colour(colours.accent), grown(self, tokens.stroke("line"))
                    )
                )
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box, round_, round_)
