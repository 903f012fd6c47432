"""A row of connected buttons of which exactly one is chosen; a list without room.

Painted here: a style sheet cannot round the whole row and the chosen part of it.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from gui.style import theme, tokens
from gui.style.fonts import role_font, scale_of
from gui.style.lengths import grown
from gui.widgets.focus.key_policy import guard_wheel, is_plain
from gui.widgets.pop_up_choice import PopUpChoice

_BESIDE: Final = tokens.space("m")
_INSET: Final = tokens.space("hair")
"""Between the row's edge and its parts."""
_WAYS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PRESSES: Final = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SegmentedControl(QWidget):
    """Signals: segment_chosen, with the index of the one that the user chose."""

    segment_chosen = Signal(int)

    def __init__(
        self,
        segments: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        name: str = "",
    ) -> None:
        """Make the buttons; the first one is chosen.

        Args:
            segments: text and tooltip of each.
            parent: owner.
            name: name of the choice, for screen readers.
        """
        super().__init__(parent)
        self.setAccessibleName(name)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Fixed, policy.Fixed)
        self._group = QButtonGroup(self)
        self._list: PopUpChoice | None = None
        row = QHBoxLayout(self)
        row.setSpacing(0)
        for index, (text, tip) in enumerate(segments):
            button = Segment(text, self)
            button.setToolTip(tip)
            self._group.addButton(button, index)
            row.addWidget(button)
        self.button(0).setChecked(True)
        self._group.idClicked.connect(self._on_group_id_clicked)
        self._fit()

    @property
    def index(self) -> int:
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Choose without emitting a signal."""
        self.button(index).setChecked(True)
        if self._list is not None:
            self._list.setCurrentIndex(index)

    def take_focus(self) -> None:
        """Give it to what is chosen, as Tab does."""
        chosen = self.list if self.is_list else self.button(self.index)
        chosen.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def list(self) -> PopUpChoice:
        """The same choice where the buttons have no room; made when it is needed."""
        if self._list is None:
            buttons = self._group.buttons()
            self._list = PopUpChoice(self)
            self._list.hide()
            self._list.addItems([button.text() for button in buttons])
            for place, button in enumerate(buttons):
                role = Qt.ItemDataRole.ToolTipRole
                self._list.setItemData(place, button.toolTip(), role)
            self._list.setCurrentIndex(self.index)
            self._list.setAccessibleName(self.accessibleName())
            self._list.setToolTip(self.accessibleName())
            self._list.activated.connect(self._on_list_activated)
            guard_wheel(self._list)
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self._list)
        return self._list

    @property
    def is_list(self) -> bool:
        """Whether it is shown as a list."""
        return self._list is not None and not self._list.isHidden()

    def show_list(self, *, on: bool) -> None:
        """Show the list in place of the buttons, or them again."""
        if on != self.is_list:
            self.list.setVisible(on)
            for button in self._group.buttons():
                button.setVisible(not on)
            self._fit()
            self.updateGeometry()

    def full_width(self) -> int:
        """What the buttons need."""
        inset = 2 * round(_INSET * scale_of(self.font()))
        return inset + sum(b.sizeHint().width() for b in self._group.buttons())

    def least_width(self) -> int:
        """What it needs as the one or the other."""
        return min(self.full_width(), self.list.sizeHint().width())

    def _on_group_id_clicked(self, index: int) -> None:
        self.choose(index)
        self.segment_chosen.emit(index)

    def _on_list_activated(self, index: int) -> None:
        self.choose(index)
        self.segment_chosen.emit(index)

    def button(self, index: int) -> QPushButton:
        button = self._group.button(index)
        assert isinstance(button, QPushButton)
        return button

    def _fit(self) -> None:
        layout = self.layout()
        assert layout is not None
        inset = 0 if self.is_list else round(_INSET * scale_of(self.font()))
        layout.setContentsMargins(inset, inset, inset, inset)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.layout() is not None:
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.is_list:
            return
        paint_tray(self)


def paint_tray(widget: QWidget) -> None:
    """Paint the ground that shows segments to be one thing: a chosen one stands out."""
    with QPainter(widget) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.colours_of(widget).control))
        round_ = tokens.radius("control")
        painter.drawRoundedRect(QRectF(widget.rect()), round_, round_)


class Segment(QPushButton):
    """One of the buttons; a click does not move the focus, an arrow does."""

    def __init__(self, text: str, parent: QWidget, *, has_tray: bool = True) -> None:
        """Make the button.

        Args:
            text: on it.
            parent: owner.
            has_tray: whether a tray is painted under it, from which a chosen one stands
                out; without one it is as dark as what is pressed in.
        """
        super().__init__(text, parent)
        self._has_tray = has_tray
        self._hint: tuple[str, QSize] | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key chooses; see gui.widgets.focus.key_policy."""
        is_arrow = event.key() in _WAYS and self.group() is not None
        return is_plain(event) and (is_arrow or event.key() in _PRESSES)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _WAYS.get(Qt.Key(event.key()))
        if way is None or not is_plain(event) or self.group() is None:
            super().keyPressEvent(event)
            return
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            way = -way
        buttons = self.group().buttons()
        place = buttons.index(self) + way
        if 0 <= place < len(buttons):
            buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
            buttons[place].click()

    def _fill(self, colours: theme.Colours) -> QColor | None:
        if self.isChecked():
            # White on light, as if raised: a darker grey would look pressed in.
            is_sunken = theme.is_dark(self.palette()) or not self._has_tray
            return theme.colour(colours.pressed if is_sunken else colours.plane)
        if self.isDown() or self.underMouse():
            return theme.colour(colours.raised)
        return None

    def sizeHint(self) -> QSize:
        # Asked for thousands of times in one layout of the docks.
        if self._hint is None or self._hint[0] != self.text():
            self._hint = self.text(), self._measured()
        return self._hint[1]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._hint = None
        super().changeEvent(event)

    def _measured(self) -> QSize:
        metrics = QFontMetrics(role_font(self.font(), "label", strong=True))
        text = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text())
        scale = scale_of(self.font())
        height = round(tokens.size("segment") * scale)
        return QSize(text.width() + 2 * round(_BESIDE * scale), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.colours_of(self)
        round_ = tokens.radius("small")
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect())
            fill = self._fill(colours)
            if fill is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(fill)
                painter.drawRoundedRect(box, round_, round_)
            if self.hasFocus():
                painter.setPen(
                    QPen(
                        theme.colour(colours.accent), grown(self, tokens.stroke("line"))
                    )
                )
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), round_, round_)
            painter.setFont(role_font(self.font(), "label", strong=True))
            ink = theme.colour(colours.ink1 if self.isChecked() else colours.ink2)
            ink.setAlphaF(1.0 if self.isEnabled() else tokens.opacity("disabled"))
            painter.setPen(ink)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
            painter.drawText(self.rect(), flags, self.text())
