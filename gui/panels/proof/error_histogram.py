"""A histogram of the relative errors by decade: two rows of bars."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.protocol.side_jobs.proofs import DECADES, SMALLEST_DECADE, Counts, ProofReport
from core.values.words import tr
from gui.style import theme, tokens
from gui.style.lengths import grown
from gui.style.number_format import counted, power_text
from gui.widgets.accessible.parts import Part, Role
from gui.widgets.tooltip_picture import TooltipPicture

_ROWS: Final = (
    (tr("autodiff vs explicit"), "ink2"),
    (tr("difference vs explicit"), "curve_test"),
)
_SHOWN_EACH: Final = 2


class ErrorHistogram(TooltipPicture):
    """Bars of a report, each row on its own linear scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: ProofReport | None = None
        self.setFont(theme.figures_font(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Relative errors by decade"))

    def show_report(self, report: ProofReport) -> None:
        if report is not self._report:
            self._report = report
            self.update()

    def counts(self) -> tuple[Counts, ...]:
        """Counts of each row, by decade."""
        if self._report is None:
            return ()
        return (self._report.autodiff_errors, self._report.difference_errors)

    def described(self) -> Part:
        """The bars in words."""
        bars = tuple(
            Part(self.bar_text(line, decade), "", Role.Cell)
            for line, counts in enumerate(self.counts())
            for decade, number in enumerate(counts)
            if number
        )
        return Part(self.accessibleName(), "", Role.Graphic, None, bars)

    def bar_text(self, row: int, decade: int) -> str:
        """What a bar counts, and how many there are."""
        low = SMALLEST_DECADE + decade
        below = tr("below") if decade == 0 else tr("{power} to", power=power_text(low))
        number = counted(int(self.counts()[row][decade]), "derivative")
        return tr(
            "{row}: {number} with a relative error {below} {power}",
            row=_ROWS[row][0],
            number=number,
            below=below,
            power=power_text(low + 1),
        )

    def _label_width(self) -> float:
        names = [name for name, _ in _ROWS]
        widest = max(self.fontMetrics().horizontalAdvance(name) for name in names)
        return widest + grown(self, tokens.space("m"))

    def _bar_rect(self, row: int, decade: int) -> QRectF:
        """The rectangle of a bar at full height."""
        left = self._label_width()
        width = (self.width() - left - grown(self, tokens.space("xs"))) / DECADES
        line = self.fontMetrics().height()
        height = (self.height() - line - grown(self, tokens.space("close"))) / len(
            _ROWS
        )
        top = row * height
        return QRectF(
            left + decade * width,
            top + grown(self, tokens.space("hair")),
            max(1.0, width - 1),
            height - grown(self, tokens.space("xs")),
        )

    def sizeHint(self) -> QSize:
        return QSize(
            tokens.length("error_histogram.width"), 5 * self.fontMetrics().height()
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(
            tokens.length("error_histogram.least_width"),
            5 * self.fontMetrics().height(),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            dark = theme.is_dark(self.palette())
            faint = theme.colour(theme.colours(dark=dark).ink3)
            ink = theme.colour(theme.colours(dark=dark).ink1)
            for row, ((name, token), counts) in enumerate(
                zip(_ROWS, self.counts(), strict=False)
            ):
                most = max(1, int(counts.max()))
                room = self._bar_rect(row, 0)
                painter.setPen(ink)
                area = QRectF(
                    0,
                    room.top(),
                    self._label_width() - grown(self, tokens.space("s")),
                    room.height(),
                )
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, name)
                painter.setPen(faint)
                painter.drawLine(
                    room.bottomLeft(), self._bar_rect(row, DECADES - 1).bottomRight()
                )
                least = grown(self, tokens.space("hair"))
                for decade, number in enumerate(counts):
                    if number:
                        rect = self._bar_rect(row, decade)
                        high = max(least, rect.height() * number / most)
                        rect.setTop(rect.bottom() - high)
                        painter.fillRect(
                            rect, theme.colour(theme.colours(dark=dark).named(token))
                        )
            self._draw_scale(painter)

    def _draw_scale(self, painter: QPainter) -> None:
        metrics, last = self.fontMetrics(), len(_ROWS) - 1
        used = 0.0
        for decade in range(DECADES):
            exponent = SMALLEST_DECADE + decade
            if exponent % _SHOWN_EACH:
                continue
            text = power_text(exponent)
            room = self._bar_rect(last, decade)
            half = metrics.horizontalAdvance(text) / 2
            if room.left() - half < used:
                continue
            used = room.left() + half + grown(self, tokens.space("close"))
            place = QRectF(
                room.left() - half - grown(self, tokens.space("hair")),
                room.bottom() + grown(self, tokens.space("hair")),
                2 * half + grown(self, tokens.space("xs")),
                grown(self, tokens.length("error_histogram.text_room")),
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, text)

    def tip_at(self, point: QPointF) -> str:
        for row, counts in enumerate(self.counts()):
            for decade in range(len(counts)):
                if self._bar_rect(row, decade).contains(point):
                    return self.bar_text(row, decade)
        return tr(
            "Derivatives that are exactly 0 by all three methods are not counted."
        )
