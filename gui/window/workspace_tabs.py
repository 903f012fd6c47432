"""The tabs of the workspaces: icon and word, in groups, with a line under the chosen.

Painted here: a style sheet knows no groups, and no tab that loses its word.
"""

from collections.abc import Mapping
from typing import Final, Literal

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontMetrics,
    QIcon,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QTabBar, QWidget

from core.values.words import tr
from gui.style import icons, theme, tokens
from gui.style.fonts import role_font, scale_of
from gui.style.lengths import grown
from gui.widgets.focus.focus_ring import focus_pen
from gui.window.actions import WORKSPACE
from gui.window.workspaces import WORKSPACES

PAD: Final = tokens.space("row")
GAP: Final = tokens.space("close")
GROUP: Final = tokens.length("workspace_tabs.group")
"""Room before the first tab of a group, with a hairline in its middle."""
UNDERLINE: Final = tokens.length("workspace_tabs.underline")
TIGHT_PAD: Final = tokens.space("tight")
"""Beside the icons where there is not even room for one word."""


Words = Literal["all", "chosen", "none"]
"""Which tabs have their word."""


class WorkspaceTabs(QTabBar):
    """One tab per workspace, in the order of their shortcuts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("workspaces")
        self.setAccessibleName(tr("Workspaces"))
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setMouseTracking(True)
        self._words: Words = "all"
        self._under_mouse = -1
        self._icons: list[QIcon] = []
        for workspace in WORKSPACES:
            self.addTab(workspace.title)
        self._restyle()
        self.currentChanged.connect(self._refresh)

    def show_keys(self, actions: Mapping[str, QAction]) -> None:
        """Name the keys of each workspace in its tooltip."""
        for index, workspace in enumerate(WORKSPACES):
            tip = actions[f"{WORKSPACE}{workspace.key}"].toolTip()
            self.setTabToolTip(index, f"{workspace.title}: {tip}")

    def show_words(self, words: Words) -> None:
        """Write the word on every tab, on the chosen one alone, or on none."""
        if words != self._words:
            self._words = words
            self._refresh()

    def width_with(self, words: Words) -> int:
        """What the tabs need at the most, whichever is chosen."""
        icons = sum(self._icon_width(k, words) for k in range(self.count()))
        each = [self._word_width(k) for k in range(self.count())]
        return icons + {"all": sum(each), "chosen": max(each), "none": 0}[words]

    def _refresh(self) -> None:
        # What makes Qt ask for the sizes of the tabs again.
        self.setElideMode(Qt.TextElideMode.ElideNone)

    def _restyle(self) -> None:
        colours = theme.colours_of(self)
        side = tokens.icon_size("panel") * scale_of(self.font())
        self._icons = [
            icons.icon(
                tokens.icon_name("workspace", workspace.key),
                colours.ink2,
                side,
                chosen=colours.accent,
                fades=False,
            )
            for workspace in WORKSPACES
        ]

    def _label_font(self) -> QFont:
        return role_font(self.font(), "label", strong=True)

    def _scaled(self, length: float) -> int:
        return round(length * scale_of(self.font()))

    def _is_group_start(self, index: int) -> bool:
        groups = [workspace.group for workspace in WORKSPACES]
        return index > 0 and groups[index] != groups[index - 1]

    def _pad(self, words: Words) -> int:
        return self._scaled(TIGHT_PAD if words == "none" else PAD)

    def _icon_width(self, index: int, words: Words) -> int:
        width = 2 * self._pad(words) + self._scaled(tokens.icon_size("panel"))
        return width + (self._scaled(GROUP) if self._is_group_start(index) else 0)

    def _word_width(self, index: int) -> int:
        metrics = QFontMetrics(self._label_font())
        return self._scaled(GAP) + metrics.horizontalAdvance(self.tabText(index))

    def _has_word(self, index: int) -> bool:
        is_chosen = index == self.currentIndex()
        return self._words == "all" or (self._words == "chosen" and is_chosen)

    def _tab_width(self, index: int) -> int:
        word = self._word_width(index) if self._has_word(index) else 0
        return self._icon_width(index, self._words) + word

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802
        height = self._scaled(tokens.size("header") - 1)
        return QSize(self._tab_width(index), height)

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802
        return self.tabSizeHint(index)

    def minimumSizeHint(self) -> QSize:
        return QSize(
            self._scaled(tokens.length("workspace_tabs.least_width")),
            self.sizeHint().height(),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setFont(self._label_font())
            for index in range(self.count()):
                self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        colours, box = theme.colours_of(self), self.tabRect(index)
        if self._is_group_start(index):
            x = box.left() + self._scaled(GROUP) // 2
            inset = box.height() // 3
            line = QRect(x, box.top() + inset, 1, box.height() - 2 * inset)
            painter.fillRect(line, theme.colour(colours.line))
            box.setLeft(box.left() + self._scaled(GROUP))
        is_chosen = index == self.currentIndex()
        if index == self._under_mouse and not is_chosen:
            painter.fillRect(box, theme.colour(colours.control))
        side, pad = self._scaled(tokens.icon_size("panel")), self._pad(self._words)
        place = QRect(box.left() + pad, box.center().y() - side // 2, side, side)
        state = QIcon.State.On if is_chosen else QIcon.State.Off
        self._icons[index].paint(
            painter, place, Qt.AlignmentFlag.AlignCenter, QIcon.Mode.Normal, state
        )
        bright = is_chosen or index == self._under_mouse
        painter.setPen(theme.colour(colours.ink1 if bright else colours.ink2))
        if self._has_word(index):
            left = place.right() + 1 + self._scaled(GAP)
            text = QRect(left, box.top(), box.right() - left, box.height())
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.tabText(index))
        if is_chosen:
            self._paint_chosen(painter, box, colours)

    def _paint_chosen(
        self, painter: QPainter, box: QRect, colours: theme.Colours
    ) -> None:
        accent, thick = theme.colour(colours.accent), self._scaled(UNDERLINE)
        inset = self._scaled(PAD) // 2
        line = QRect(
            box.left() + inset,
            box.bottom() + 1 - (thick - round(tokens.size("hairline"))),
            box.width() - 2 * inset,
            thick,
        )
        painter.fillRect(line, accent)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(focus_pen(self))
            ring = QRectF(box).adjusted(
                grown(self, tokens.fine_length("workspace_tabs.inset")),
                grown(self, tokens.fine_length("workspace_tabs.inset_above")),
                -grown(self, tokens.fine_length("workspace_tabs.inset")),
                -grown(self, tokens.fine_length("workspace_tabs.inset_above")),
            )
            painter.drawRoundedRect(
                ring, tokens.radius("control"), grown(self, tokens.space("close"))
            )

    def _notice_mouse(self, at: QPoint | None) -> None:
        index = -1 if at is None else self.tabAt(at)
        if index != self._under_mouse:
            self._under_mouse = index
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._notice_mouse(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._notice_mouse(None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and self.count():
            self._restyle()
            self._refresh()
