"""The line of the panel's title: what each plot shows, its values, one icon."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from core.values.words import tr
from gui.panels.curves.curve_legend import CurveLegend
from gui.style import tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.widgets.icon_button import IconButton
from gui.widgets.segmented_control import SegmentedControl

NAMES: Final = (tr("Loss"), tr("Accuracy"))
MOST_LINES: Final = 2
"""Of a legend that has room beside a title."""
_GAP: Final = tokens.space("m")
_PAD_RIGHT: Final = tokens.space("s")


@dataclass(frozen=True, slots=True)
class Titles:
    """Which plots have their title in the line, and whether by the switch."""

    shown: tuple[bool, bool]
    is_switched: bool = False


BOTH: Final = Titles((True, True))


class CurveHead(QWidget):
    """Each title stands over its plot; where there is one plot, a switch does.

    Attributes:
        switch: which plot is shown, where there is room for one only.
        options: opens the controls.
        follow: shown while the newest step is not followed.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Expanding)
        self.titles = tuple(QLabel(name, self) for name in NAMES)
        for title in self.titles:
            title.setObjectName("heading")
        tips = (tr("Show the loss"), tr("Show the accuracy"))
        self.switch = SegmentedControl(
            tuple(zip(NAMES, tips, strict=True)), self, name=tr("Curves shown")
        )
        self.follow = QPushButton(tr("Follow"), self)
        self.follow.setToolTip(tr("Keep the newest step visible again"))
        self.follow.hide()
        self.options = IconButton(
            "plot_options",
            tr("Options of the curves"),
            tr("Which steps are shown, smoothing, log scale"),
            self,
        )
        self._legends: tuple[CurveLegend, ...] = ()
        self._titles = BOTH
        self.switch.hide()

    def arrange(self, titles: Titles) -> None:
        """Show these titles."""
        self._titles = titles
        self.switch.setVisible(titles.is_switched)
        for title, is_shown in zip(self.titles, titles.shown, strict=True):
            title.setVisible(is_shown and not titles.is_switched)
        self._place()

    def take(self, legends: tuple[CurveLegend, ...]) -> None:
        """Show these legends, at most one for each title."""
        self._legends = legends
        for legend in legends:
            if legend.parentWidget() is not self:
                was_hidden = legend.isHidden()
                legend.setParent(self)
                legend.setVisible(not was_hidden)
        self._place()

    def legend_width(self, index: int, titles: Titles) -> int:
        """What a legend of the plot would have beside its title."""
        return self._legend_place(index, titles).width()

    def set_following(self, following: bool) -> None:
        self.follow.setVisible(not following)
        self._place()

    def _half(self) -> int:
        """From the start of one title to that of the other."""
        scale = scale_of(self.font())
        around = tokens.space("panel_pad") + _PAD_RIGHT
        return round((self.width() + around * scale) / 2)

    def _span(self, index: int, titles: Titles) -> tuple[int, int]:
        """Left and right end of a plot's share of the line."""
        right = self._tools_left() - grown(self, _GAP)
        if titles.is_switched or not all(titles.shown):
            return 0, right
        middle = self._half()
        return (middle, right) if index else (0, middle - grown(self, _GAP))

    def _tools_left(self) -> int:
        left = self.width() - self.options.width()
        if not self.follow.isHidden():
            left -= self.follow.sizeHint().width() + grown(self, _GAP)
        return left

    def _legend_place(self, index: int, titles: Titles) -> QRect:
        left, right = self._span(index, titles)
        title = self.switch if titles.is_switched else self.titles[index]
        left += title.sizeHint().width() + grown(self, _GAP)
        return QRect(left, 0, max(0, right - left), self.height())

    def _place(self) -> None:
        for k, title in enumerate(self.titles):
            hint = title.sizeHint()
            left, _ = self._span(k, self._titles)
            title.setGeometry(left, 0, hint.width(), self.height())
        self._centre(self.switch, 0)
        left = self.width() - self.options.width()
        self._centre(self.options, left)
        self._centre(self.follow, self._tools_left())
        for legend in self._legends:
            place = self._legend_place(legend.index, self._titles)
            lines = legend.lines_for(place.width())
            legend.set_tight(lines > 1)
            height = min(lines * legend.row, self.height())
            top = (self.height() - height) // 2
            legend.setGeometry(place.left(), top, place.width(), height)

    def _centre(self, widget: QWidget, left: int) -> None:
        size = widget.sizeHint()
        if isinstance(widget, IconButton):
            size = widget.size()
        top = (self.height() - size.height()) // 2
        widget.setGeometry(left, top, size.width(), size.height())

    def sizeHint(self) -> QSize:
        least = self.titles[1] if not self._titles.is_switched else self.switch
        width = least.sizeHint().width() + grown(self, _GAP) + self.options.width()
        return QSize(width, self.options.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_legends"):
            self._place()
