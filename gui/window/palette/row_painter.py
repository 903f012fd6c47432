"""How the rows of the palette are painted: headings, entries, hits, values, keys."""

import re
from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.style import icons, theme, tokens
from gui.style.fonts import role_font, scale_of
from gui.style.lengths import grown
from gui.window.palette.entry import Entry
from gui.window.palette.matching import Hit, Span

HIT: Final = Qt.ItemDataRole.UserRole
HEADING_HEIGHT: Final = tokens.length("row_painter.heading_height")
PAD: Final = tokens.space("m")
GAP: Final = tokens.space("panel_pad")
INSET: Final = tokens.space("s")
"""Of the mark of the chosen row, from the edges of the list."""
VALUE_HEIGHT: Final = tokens.length("row_painter.value_height")
VALUE_MOST: Final = tokens.length("row_painter.most_value")
_CLAUSE_END: Final = re.compile(r"[.;:](?=\s|$)|$")

Index = QModelIndex | QPersistentModelIndex


class RowPainter(QStyledItemDelegate):
    """Sizes are those of the design, times the scale of the text."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        is_heading = index.data(HIT) is None
        height = HEADING_HEIGHT if is_heading else tokens.size("palette_row")
        return QSize(0, round(height * scale_of(option.font)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        hit = index.data(HIT)
        painter.save()
        if isinstance(hit, Hit):
            _Row(painter, option, hit).paint()
        else:
            _paint_heading(painter, option, str(index.data()))
        painter.restore()


def value_place(row: QRect, text: str, font: QFont) -> QRect:
    """Where the value of a row stands, and is changed."""
    scale = scale_of(font)
    around = 2 * tokens.length("row_painter.around_value")
    width = QFontMetrics(font).horizontalAdvance(text) + round(around * scale)
    least = round(tokens.length("row_painter.least_value") * scale)
    width = min(max(width, least), round(VALUE_MOST * scale))
    height = round(VALUE_HEIGHT * scale)
    right = row.right() - round((INSET + PAD) * scale) + 1
    return QRect(right - width, row.center().y() - height // 2 + 1, width, height)


def _paint_heading(painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
    scale = scale_of(option.font)
    pad = round((INSET + PAD) * scale)
    box = option.rect.adjusted(pad, round(tokens.space("s") * scale), -pad, 0)
    painter.setFont(role_font(option.font, "label", strong=True))
    colours = theme.colours(dark=theme.is_dark(option.palette))
    painter.setPen(theme.colour(colours.ink2))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


class _Row:
    """One row while it is painted."""

    def __init__(
        self, painter: QPainter, option: QStyleOptionViewItem, hit: Hit
    ) -> None:
        self._painter = painter
        self._hit, self._entry = hit, hit.entry
        self._font = option.font
        self._scale = scale_of(option.font)
        self._colours = theme.colours(dark=theme.is_dark(option.palette))
        state = option.state
        self._is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        self._is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        self._rect = option.rect
        inset = round(INSET * self._scale)
        self._box = option.rect.adjusted(inset, 0, -inset, 0)

    def _scaled(self, length: float) -> int:
        return round(length * self._scale)

    def paint(self) -> None:
        painter, colours = self._painter, self._colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_chosen or self._is_hovered:
            round_ = tokens.radius("control") * self._scale
            painter.setPen(Qt.PenStyle.NoPen)
            fill = colours.pressed if self._is_chosen else colours.raised
            painter.setBrush(theme.colour(fill))
            painter.drawRoundedRect(QRectF(self._box), round_, round_)
        if self._entry.problem:
            painter.setOpacity(max(tokens.opacity("disabled"), 0.6))
        side = self._scaled(tokens.icon_size("player"))
        left = self._box.left() + self._scaled(PAD)
        middle = self._box.center().y()
        ink = colours.accent if self._is_chosen else colours.ink2
        if self._entry.icon:
            glyph = icons.pixmap(self._entry.icon, ink, side)
            painter.drawPixmap(left, middle - side // 2 + 1, glyph)
        self._paint_texts(left + side + self._scaled(PAD), self._paint_end())

    def _paint_end(self) -> int:
        """The value, or the keys; returns where the texts have to end."""
        entry = self._entry
        right = self._box.right() - self._scaled(PAD)
        if entry.problem:
            return right
        if entry.change is not None:
            place = value_place(self._rect, entry.change.text, self._font)
            self._paint_box(place, entry.change.text, self._colours.plane)
            return place.left() - self._scaled(GAP)
        text = keys_text(entry)
        width = _keys_width(entry, self._font)
        if not entry.keys and not self._is_chosen:
            return right - width - self._scaled(GAP)
        height = self._scaled(tokens.space("wide"))
        top = self._box.center().y() - height // 2 + 1
        place = QRect(right - width, top, width, height)
        self._paint_box(place, text, self._colours.control)
        return place.left() - self._scaled(GAP)

    def _paint_box(self, place: QRect, text: str, fill: theme.Rgb) -> None:
        painter, round_ = self._painter, tokens.radius("small") * self._scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(QRectF(place), round_, round_)
        painter.setFont(self._font)
        painter.setPen(theme.colour(self._colours.ink1))
        metrics, room = (
            QFontMetrics(self._font),
            place.width() - self._scaled(tokens.space("s")),
        )
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_texts(self, left: int, right: int) -> None:
        title = role_font(self._font, "read")
        left = self._paint_title(title, left, right) + self._scaled(GAP)
        shown = shown_remark(self._rect, self._hit, self._font)
        self._painter.setFont(self._font)
        # On the chosen row grey would be too faint.
        ink = self._colours.ink2 if self._is_chosen else self._colours.ink3
        self._painter.setPen(theme.colour(ink))
        place = QRect(left, self._box.top() + 1, right - left, self._box.height())
        self._painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_title(self, font: QFont, left: int, right: int) -> int:
        """The title with its hits; returns where it ends."""
        strong = role_font(self._font, "read", strong=True)
        ink = self._colours.ink1
        # On the chosen row the accent would be too faint; a hit is heavier, too.
        accent = ink if self._is_chosen else self._colours.accent
        for text, is_hit in pieces(self._entry.title, self._hit.spans):
            used = strong if is_hit else font
            metrics = QFontMetrics(used)
            mode = Qt.TextElideMode.ElideRight
            shown = metrics.elidedText(text, mode, max(0, right - left))
            width = metrics.horizontalAdvance(shown)
            self._painter.setFont(used)
            self._painter.setPen(theme.colour(accent if is_hit else ink))
            place = QRect(
                left,
                self._box.top(),
                width + grown(self._painter, tokens.space("hair")),
                self._box.height(),
            )
            self._painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
            left += width
        return left


def pieces(text: str, spans: tuple[Span, ...]) -> list[tuple[str, bool]]:
    """A text cut at its hits: each piece, and whether it is one."""
    is_hit = [False] * len(text)
    for start, stop in spans:
        is_hit[start:stop] = [True] * (stop - start)
    found: list[tuple[str, bool]] = []
    for letter, hit in zip(text, is_hit, strict=True):
        if found and found[-1][1] == hit:
            found[-1] = (found[-1][0] + letter, hit)
        else:
            found.append((letter, hit))
    return found


def keys_text(entry: Entry) -> str:
    """The keys that do the same, or the one that does it in the list."""
    keys = entry.keys.replace("+", " ").strip() or entry.keys
    return keys or "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}"


def _keys_width(entry: Entry, font: QFont) -> int:
    pad = round(tokens.space("panel_pad") * scale_of(font))
    return QFontMetrics(font).horizontalAdvance(keys_text(entry)) + pad


def shown_remark(row: QRect, hit: Hit, font: QFont) -> str:
    """What stands beside the title of a row, the same whether it is chosen or not."""
    scale, entry = scale_of(font), hit.entry
    inset, pad, gap, side = (
        round(length * scale)
        for length in (INSET, PAD, GAP, tokens.icon_size("player"))
    )
    right = row.right() - inset - pad
    if not entry.problem and entry.change is not None:
        right = value_place(row, entry.change.text, font).left() - gap
    elif not entry.problem:
        right -= _keys_width(entry, font) + gap
    left = row.left() + inset + pad + side + pad
    for text, is_hit in pieces(entry.title, hit.spans):
        used = role_font(font, "read", strong=is_hit)
        left += QFontMetrics(used).horizontalAdvance(text)
    return whole_part(hit.remark, QFontMetrics(font), right - left - gap)


def whole_part(text: str, metrics: QFontMetrics, room: int) -> str:
    """As many whole clauses of a text as there is room for; its tip has them all."""
    shown = ""
    for end in _CLAUSE_END.finditer(text):
        part = text[: end.start()]
        if end.group() == "." and end.end() == len(text):
            part = text
        if metrics.horizontalAdvance(part) > room:
            break
        shown = part
    return shown
