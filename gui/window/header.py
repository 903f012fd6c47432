"""The header: the mark with the whole menu, the workspaces, and the lecture mode."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from core.values.words import tr
from gui.style import icons, theme, tokens
from gui.style.fonts import is_seen_from_afar, scale_of
from gui.style.mark import paint_mark
from gui.widgets.menu_buttons import give_menu
from gui.window.find_button import FindButton
from gui.window.workspace_tabs import Words, WorkspaceTabs

MARK_WIDTH: Final = tokens.length("header.mark_width")
MARK_SIDE: Final = tokens.length("header.mark_side")
PAD: Final = tokens.space("s")


class MarkButton(QToolButton):
    """The mark, which opens the menus."""

    def __init__(self, menu: QMenu, parent: QWidget) -> None:
        super().__init__(parent)
        give_menu(self, menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Menu"))

    def sizeHint(self) -> QSize:
        scale = scale_of(self.font())
        side = round(tokens.size("icon_button_header") * scale)
        return QSize(round((MARK_WIDTH - 2 * PAD) * scale), side)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = MARK_SIDE * scale_of(self.font())
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(self.rect()).center())
        with QPainter(self) as painter:
            paint_mark(painter, box, theme.colours_of(self))


AT_END: Final = {"lessons": "lessons", "lecture": "lecture_mode"}
"""Actions at the right end, by their icons' keys in the tokens."""


class Header(QWidget):
    """One bar of 44 pixels across the window."""

    def __init__(
        self,
        menu: QMenu,
        tabs: WorkspaceTabs,
        actions: Mapping[str, QAction],
        parent: QWidget,
    ) -> None:
        """Make the bar.

        Args:
            menu: behind the mark.
            tabs: the workspaces.
            actions: by their keys.
            parent: owner.
        """
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs = tabs
        self.mark = MarkButton(menu, self)
        self._buttons: dict[str, QToolButton] = {}
        for key, action in AT_END.items():
            button = self._buttons[key] = QToolButton(self)
            button.setDefaultAction(actions[action])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.finder = FindButton(actions["find"], self)
        row = QHBoxLayout(self)
        row.setSpacing(0)
        row.addWidget(self.mark)
        row.addWidget(tabs)
        row.addStretch(1)
        row.addWidget(self.finder)
        row.addSpacing(PAD)
        for button in self._buttons.values():
            row.addWidget(button)
        self._restyle()
        self.show_keys(actions)

    def show_keys(self, actions: Mapping[str, QAction]) -> None:
        """Name the keys of what the header has buttons for."""
        keys = actions["open_menu"].shortcut().toString()
        self.mark.setToolTip(tr("Menu  ({keys})", keys=keys) if keys else tr("Menu"))
        self._fit()

    def open_menu(self) -> None:
        """As a click on the mark does."""
        menu = self.mark.menu()
        assert isinstance(menu, QMenu)
        menu.popup(self.mark.mapToGlobal(QPoint(0, self.mark.height())))

    def _restyle(self) -> None:
        scale = scale_of(self.font())
        pad = round(PAD * scale)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(pad, 0, pad, 1)
        self.setFixedHeight(round(tokens.size("header") * scale))
        side = round(tokens.size("icon_button_header") * scale)
        glyph = round(tokens.icon_size("player") * scale)
        for key, button in self._buttons.items():
            button.setFixedSize(side, side)
            button.setIconSize(QSize(glyph, glyph))
            name = tokens.icon_name("action", key)
            ink = theme.colours_of(self).ink2
            button.defaultAction().setIcon(icons.icon(name, ink, glyph))
        self._fit()

    def _fit(self) -> None:
        """Words where there is room for all of them."""
        ends = sum(button.width() for button in self._buttons.values())
        others = self.mark.sizeHint().width() + ends + 5 * PAD
        room = self.width() - others
        tabs = self.tabs.width_with("all")
        find = self.finder.width_of(self.width(), words=True)
        is_lecture = is_seen_from_afar(self.font())
        has_words = tabs + find <= room and not is_lecture
        # Without its word where every tab but the chosen one is without, too.
        self.finder.fit(self.width(), words=has_words)
        left = room - self.finder.width()
        fits_chosen = self.tabs.width_with("chosen") <= left
        some: Words = "chosen" if fits_chosen else "none"
        self.tabs.show_words("all" if has_words else some)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and hasattr(self, "_buttons"):
            self._restyle()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and hasattr(self, "_buttons"):
            # Its parts get a new font later than itself.
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
