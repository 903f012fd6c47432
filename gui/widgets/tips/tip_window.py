"""The window that every tooltip of the program is shown in."""

from math import ceil
from typing import Final
from weakref import WeakSet

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QGuiApplication,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QRegion,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.widgets.tips.place import tip_place

WIDEST: Final = tokens.length("tip.widest")
_PADS: Final = tokens.lengths("tip.pads")
_GAP: Final = tokens.length("tip.gap")
_BOLD: Final = tokens.type_role("read").strong
_WITHOUT_COMPOSITOR: Final = "xcb"
"""Where corners may not be translucent, and are cut off as well."""
_CLEAR: Final["WeakSet[QWidget]"] = WeakSet()


def keep_clear(widget: QWidget) -> None:
    """No tip covers this widget, or the part of it that its `keeps_clear` names."""
    _CLEAR.add(widget)


class TipWindow(QWidget):
    """Takes no events: it is passed on to what is below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            Qt.WindowType.ToolTip
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowTransparentForInput
            | Qt.WindowType.NoDropShadowWindowHint,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFont(QApplication.font())
        self.about: QWidget = parent
        self.text = ""
        self._told: tuple[QPoint, QRect] = (QPoint(), QRect())
        self._document = QTextDocument(self)

    def say(
        self, text: str, about: QWidget, place: tuple[QPoint, QRect], *, strong: bool
    ) -> None:
        """Show a text beside a pointer and what it points at."""
        if (text, about, place) == (self.text, self.about, self._told):
            self.show()
            return
        self.text, self.about, self._told = text, about, place
        self.setFont(QApplication.font())
        self._write(text, strong=strong)
        pads = [grown(self, pad) for pad in _PADS]
        size = self._document.size().toSize() + QSize(2 * pads[1], 2 * pads[0])
        self.resize(size)
        if QGuiApplication.platformName() == _WITHOUT_COMPOSITOR:
            polygon = self._outline(QRectF(self.rect())).toFillPolygon().toPolygon()
            self.setMask(QRegion(polygon))
        screen = about.screen().availableGeometry()
        self.move(tip_place(size, *place, _clear_in(about), screen, grown(self, _GAP)))
        self.update()
        self.show()

    def _write(self, text: str, *, strong: bool) -> None:
        document, widest = self._document, grown(self, WIDEST)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(0)
        document.setTextWidth(-1)
        if GuiQt.mightBeRichText(text):
            document.setHtml(text)
        else:
            document.setPlainText(text)
        if strong and document.blockCount() > 1:
            cursor = QTextCursor(document.firstBlock())
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            heavy = QTextCharFormat()
            heavy.setFontWeight(_BOLD)
            cursor.mergeCharFormat(heavy)
        document.setTextWidth(min(ceil(document.idealWidth()), widest))

    def _outline(self, rect: QRectF) -> QPainterPath:
        path = QPainterPath()
        radius = tokens.radius("control") * scale_of(self.font())
        path.addRoundedRect(rect, radius, radius)
        return path

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.colours_of(self)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour(colours.edge), 1))
            painter.setBrush(theme.colour(colours.raised))
            half = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawPath(self._outline(half))
            context = QAbstractTextDocumentLayout.PaintContext()
            ink = theme.colour(colours.ink1)
            context.palette.setColor(QPalette.ColorRole.Text, ink)
            painter.translate(grown(self, _PADS[1]), grown(self, _PADS[0]))
            self._document.documentLayout().draw(painter, context)


_shown: TipWindow | None = None


def show_tip(
    text: str,
    about: QWidget,
    pointer: QPoint,
    pointed: QRect | None = None,
    *,
    strong: bool = False,
) -> None:
    """Show a tip; an empty text hides what is shown.

    Args:
        text: plain, or rich as `plain_text.tip` makes it.
        about: the widget that it is about.
        pointer: where the mouse points at, on the screen.
        pointed: what the tip explains, in the widget; the pointer's place if None.
        strong: whether the first of several lines is what is to be read first.
    """
    global _shown
    if not text:
        hide_tip()
        return
    tip, window = _living(), about.window()
    if tip is None or tip.parentWidget() is not window:
        hide_tip()
        tip = _shown = TipWindow(window)
    place = QRect(pointer, QSize(1, 1))
    if pointed is not None:
        place = QRect(about.mapToGlobal(pointed.topLeft()), pointed.size())
    tip.say(text, about, (pointer, place), strong=strong)


def hide_tip() -> None:
    """Take the tip away, if there is one."""
    global _shown
    tip, _shown = _living(), None
    if tip is not None:
        tip.hide()
        tip.deleteLater()


def tip_shown() -> TipWindow | None:
    """The tip that is to be seen."""
    tip = _living()
    return tip if tip is not None and tip.isVisible() else None


def _living() -> TipWindow | None:
    return _shown if _shown is not None and isValid(_shown) else None


def _clear_in(about: QWidget) -> list[QRect]:
    """On the screen, what is not covered in the window of a widget."""
    window = about.window()
    found = []
    for widget in list(_CLEAR):
        if (
            not isValid(widget)
            or not widget.isVisible()
            or widget.window() is not window
        ):
            continue
        part = getattr(widget, "keeps_clear", widget.rect)()
        if not part.isEmpty():
            found.append(QRect(widget.mapToGlobal(part.topLeft()), part.size()))
    return found
