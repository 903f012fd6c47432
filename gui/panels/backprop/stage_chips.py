"""The stages in their groups: a click goes to one, arrow keys move while focused."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from core.values.words import plural, tr
from gui.panels.backprop.stages import StageName
from gui.style import theme, tokens
from gui.style.fonts import role_font, scale_of
from gui.style.lengths import grown
from gui.widgets.focus.key_policy import is_plain

_BESIDE: Final = tokens.space("close")
_GAP: Final = tokens.space("xs")
_BETWEEN: Final = tokens.space("m")
"""Between two groups."""
_WIDEST: Final = tokens.length("stage_chips.widest")
_MOST_STAGES: Final = 88
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter
_KEYS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class StageChip(QAbstractButton):
    """One stage; those that lie behind are brighter than those ahead."""

    def __init__(self, name: StageName, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(name.chip)
        self.setToolTip(name.title)
        self.setAccessibleName(f"{name.group}: {name.title}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.is_ahead = True

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(role_font(self.font(), "label", strong=True))
        scale = scale_of(self.font())
        width = metrics.horizontalAdvance(self.text()) + 2 * _BESIDE * scale
        return QSize(round(width) + 1, round(tokens.size("segment") * scale))

    def _fill(self, colours: theme.Colours) -> theme.Rgb:
        if self.isChecked():
            return colours.accent
        if self.underMouse():
            return colours.pressed
        return colours.control if self.is_ahead else colours.raised

    def _ink(self, colours: theme.Colours) -> theme.Rgb:
        if self.isChecked():
            return colours.on_accent
        return colours.ink2 if self.is_ahead and not self.underMouse() else colours.ink1

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.colours_of(self)
        round_ = tokens.radius("small") * scale_of(self.font())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(self._fill(colours)))
            painter.drawRoundedRect(QRectF(self.rect()), round_, round_)
            painter.setFont(role_font(self.font(), "label", strong=True))
            painter.setPen(theme.colour(self._ink(colours)))
            painter.drawText(self.rect(), _CENTRE, self.text())


class MoreChip(StageChip):
    """How many stages have no room on one side; a click leads to the next of them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(StageName("", "", "", ""), parent)
        self.setCheckable(False)
        self.hide()

    def widest(self) -> int:
        """Its width for any number of stages."""
        self.setText(f"+{_MOST_STAGES}")
        return self.sizeHint().width()

    def say(self, number: int) -> None:
        self.setText(f"+{number}")
        told = plural(number, "{n} more stage", "{n} more stages", n=number)
        self.setAccessibleName(told)
        self.setToolTip(tr("{told}: a click shows the next of them", told=told))


class StageChips(QWidget):
    """Where not all of them have room, the ones around the shown stage are there.

    How many more there are stands on the side where they are.

    Signals:
        stage_chosen: the index of the clicked stage.
        walked: -1 or 1.
    """

    stage_chosen = Signal(int)
    walked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[StageName, ...] = ()
        self._position = 0
        self._is_marked = False
        self.chips: list[StageChip] = []
        self.before, self.after = MoreChip(self), MoreChip(self)
        self._of_more = 0
        self.before.clicked.connect(self._on_before_clicked)
        self.after.clicked.connect(self._on_after_clicked)
        self._sight = (0, 0)
        self._buttons = QButtonGroup(self)
        self._buttons.idClicked.connect(self.stage_chosen)
        self.setAccessibleName(tr("Stages"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Expanding)

    def set_names(self, names: tuple[StageName, ...]) -> None:
        if names == self._names:
            return
        for chip in self.chips:
            self._buttons.removeButton(chip)
            chip.deleteLater()
        self._names, self._is_marked = names, False
        self.chips = [StageChip(name, self) for name in names]
        for place, chip in enumerate(self.chips):
            self._buttons.addButton(chip, place)
        self._lay_out()

    def show_position(self, position: int) -> None:
        """Mark the stage that is shown, and have it in sight."""
        if self._is_marked and position == self._position:
            return
        self._is_marked, self._position = True, position
        for place, chip in enumerate(self.chips):
            chip.setChecked(place == position)
            chip.is_ahead = place > position
            chip.update()
        name = self._names[position]
        told = tr(
            "{position} of {names}: {group}, {name}",
            position=position + 1,
            names=len(self._names),
            group=name.group,
            name=name.title,
        )
        self.setAccessibleDescription(told)
        self._lay_out()

    @property
    def position(self) -> int:
        return self._position

    def _lay_out(self) -> None:
        if not self.chips:
            return
        scale = scale_of(self.font())
        widths = [chip.sizeHint().width() for chip in self.chips]
        self._of_more = self.after.widest()
        self._sight = first, last = self._in_sight(widths)
        joints = self._joints(first, last)
        spare = (self.width() - self._length(widths, first, last)) / (last - first + 1)
        ahead = len(widths) - 1 - last
        tall = self.chips[0].sizeHint().height()
        text = role_font(self.font(), "label", strong=True)
        middle = self.height() / 2 + (QFontMetricsF(text).height() - tall) / 2
        top = round(middle) + grown(self, tokens.space("hair"))
        x = self._place_more(self.before, first, 0.0, top)
        for place, chip in enumerate(self.chips):
            chip.setVisible(first <= place <= last)
            if not first <= place <= last:
                continue
            wide = min(max(widths[place], _WIDEST * scale), widths[place] + spare)
            chip.setGeometry(round(x), top, round(wide), tall)
            x += wide + scale * (_BETWEEN if place in joints else _GAP)
        self._place_more(self.after, ahead, x, top)
        self.update()

    def _place_more(self, chip: MoreChip, number: int, x: float, top: int) -> float:
        """Show it where it is true; where the next chip begins."""
        chip.setVisible(number > 0)
        if number == 0:
            return x
        chip.say(number)
        chip.setGeometry(round(x), top, self._of_more, chip.sizeHint().height())
        return x + self._of_more + _GAP * scale_of(self.font())

    def _on_before_clicked(self) -> None:
        self.stage_chosen.emit(self._sight[0] - 1)

    def _on_after_clicked(self) -> None:
        self.stage_chosen.emit(self._sight[1] + 1)

    def _joints(self, first: int, last: int) -> set[int]:
        """Stages after which another group begins."""
        names = self._names
        return {k for k in range(first, last) if names[k].group != names[k + 1].group}

    def _length(self, widths: list[int], first: int, last: int) -> float:
        joints = len(self._joints(first, last))
        gaps = joints * _BETWEEN + (last - first - joints) * _GAP
        more = (first > 0) + (last < len(widths) - 1)
        length = sum(widths[first : last + 1]) + more * self._of_more
        return length + (gaps + more * _GAP) * scale_of(self.font())

    def _in_sight(self, widths: list[int]) -> tuple[int, int]:
        """The stages around the shown one that have room, each of them whole."""
        first = last = min(self._position, len(widths) - 1)
        grows = True
        while grows:
            grows = False
            for a, b in ((first, last + 1), (first - 1, last)):
                fits = a >= 0 and b < len(widths)
                if fits and self._length(widths, a, b) <= self.width():
                    first, last, grows = a, b, True
                    break
        return first, last

    def _paint_group(self, painter: QPainter, places: list[int]) -> None:
        """The name of a group over its stages, where it has room."""
        colours = theme.colours_of(self)
        is_shown = self._position in places
        painter.setFont(role_font(self.font(), "label", strong=is_shown))
        painter.setPen(theme.colour(colours.ink1 if is_shown else colours.ink2))
        left, right = self.chips[places[0]], self.chips[places[-1]].geometry().right()
        metrics = painter.fontMetrics()
        name = self._names[places[0]].group
        if metrics.horizontalAdvance(name) > right - left.x() + _BETWEEN:
            name = self._names[places[0]].short_group
        top = left.y() - metrics.height() - _GAP * scale_of(self.font())
        painter.drawText(left.x(), round(top) + metrics.ascent(), name)

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key walks on; see gui.widgets.focus.key_policy."""
        return is_plain(event) and event.key() in _KEYS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.keeps_key(event):
            self.walked.emit(_KEYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(*tokens.lengths("stage_chips.least"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "chips"):
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        groups: dict[str, list[int]] = {}
        for place, chip in enumerate(self.chips):
            if not chip.isHidden():
                groups.setdefault(self._names[place].group, []).append(place)
        with QPainter(self) as painter:
            for places in groups.values():
                self._paint_group(painter, places)
            if self.hasFocus() and self.chips:
                colour = theme.colour(theme.colours_of(self).accent)
                painter.setPen(QPen(colour, tokens.size("focus_ring")))
                box = (
                    self.chips[self._position]
                    .geometry()
                    .adjusted(
                        -grown(self, tokens.space("thin")),
                        -grown(self, tokens.space("thin")),
                        grown(self, tokens.space("thin")),
                        grown(self, tokens.space("thin")),
                    )
                )
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                round_ = tokens.radius("control")
                painter.drawRoundedRect(QRectF(box), round_, round_)
