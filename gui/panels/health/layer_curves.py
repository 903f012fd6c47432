"""One quantity of every layer over the steps: a line for each layer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.network.numpy.activations.record import Activation
from core.network.numpy.activations.table import ACTIVATIONS
from core.protocol.health_record import HEALTHY_RATIO, HealthRecord, LayerHealth
from core.values.network_spec import NetworkSpec
from core.values.words import tr
from gui.panels.health.gaps import gaps
from gui.panels.health.health_picture import HealthPicture, paint_shown
from gui.panels.health.layer_colours import layer_colour, layer_pen
from gui.style import theme, tokens
from gui.style.checked_numbers import significant
from gui.style.contrast import name_colour
from gui.style.experiment_labels import listed
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.style.number_format import count, percent
from gui.widgets.accessible.parts import LazyParts, Part, Role, table_row
from gui.widgets.plots.decades import Decades, decades_of
from gui.widgets.plots.end_labels import pushed_apart

_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
MARGIN: Final = tokens.space("close")
BESIDE: Final = tokens.space("s")
_FEW: Final = 24
"""Records in a stretch below which each is a dot."""
_CLOSEST: Final = 0.85
"""From one name to the next, as a part of a font's height."""
Series = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HealthQuantity:
    """One quantity of each layer.

    Attributes:
        read: the value, None where the layer has none.
        is_share: 0 to 1 on a linear axis, else on a log axis.
        rule: a value to mark with a dashed line.
        absent: text for the case that no layer has a value.
        narrow: a shorter title, if it has one.
    """

    title: str
    tip: str
    read: Callable[[LayerHealth], float | None]
    is_share: bool = False
    rule: float | None = None
    absent: str = tr("Shown after the first step")
    narrow: str = ""

    @property
    def short(self) -> str:
        """The title where there is little room."""
        return self.narrow or self.title


def _gradient(layer: LayerHealth) -> float | None:
    return layer.gradient_norm


def _ratio(layer: LayerHealth) -> float | None:
    return layer.ratio


def _dead(layer: LayerHealth) -> float | None:
    return None if layer.dead is None else float(layer.dead.mean())


def _saturated(layer: LayerHealth) -> float | None:
    return layer.saturated_share


def _titles(has: Callable[[Activation], bool]) -> str:
    return listed([record.title for record in ACTIVATIONS.values() if has(record)])


QUANTITIES: Final = (
    HealthQuantity(tr("Gradient"), tr("Norm of the gradient of each layer"), _gradient),
    HealthQuantity(
        tr("Update : weights"),
        tr(
            "Norm of the step's change divided by the norm of the weights; dashed: "
            "1:1000"
        ),
        _ratio,
        rule=HEALTHY_RATIO,
        narrow=tr("Ratio"),
    ),
    HealthQuantity(
        tr("Dead"),
        tr("Share of dead units"),
        _dead,
        is_share=True,
        absent=tr(
            "Only {titles} units can be dead; this network has none",
            titles=_titles(lambda r: r.can_die),
        ),
    ),
    HealthQuantity(
        tr("Saturated"),
        tr("Share of saturated activations"),
        _saturated,
        is_share=True,
        absent=tr(
            "Only {titles} saturate; this network has none",
            titles=_titles(lambda r: r.saturates),
        ),
    ),
)


class LayerCurves(HealthPicture):
    """Steps to the right; as many points as the log keeps, joined by thin lines.

    Signals:
        resized: there may be room for other names now.
    """

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Each layer over the steps"), parent)
        self._spec: NetworkSpec | None = None
        self._quantity = QUANTITIES[0]
        self._shown = 0
        self._steps: Series = np.empty(0)
        self._values: Series = np.empty((0, 0))
        self._axis = Decades(-3, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def values(self) -> Series:
        """(records, layers); NaN where a layer has no such value."""
        return self._values

    @property
    def axis(self) -> Decades:
        return self._axis

    def show_log(
        self,
        spec: NetworkSpec,
        records: list[HealthRecord],
        quantity: HealthQuantity,
        *,
        shown: int,
    ) -> None:
        """Draw one quantity of all records, and where the shown step is."""
        self._spec, self._quantity, self._shown = spec, quantity, shown
        self._steps = np.asarray([record.step for record in records], float)
        rows = [[quantity.read(layer) for layer in r.layers] for r in records]
        self._values = np.asarray(rows, float).reshape(len(records), -1)
        seen = self._values[np.isfinite(self._values)]
        marked = [] if quantity.rule is None else [quantity.rule]
        self._axis = decades_of([*seen[seen > 0].tolist(), *marked])
        self.update()

    def described(self) -> Part:
        """The curves in words: each layer's first, shown and newest value."""
        name, quantity = self.accessibleName(), self._quantity
        if self._spec is None or not np.isfinite(self._values).any():
            return Part(name, quantity.absent, Role.Graphic)
        rows = LazyParts(self._values.shape[1], self._described_layer)
        return Part(f"{quantity.title}: {name}", "", Role.Graphic, None, rows)

    def _described_layer(self, place: int) -> Part:
        assert self._spec is not None
        values = self._values[:, place]
        known = np.flatnonzero(np.isfinite(values))
        cells = [
            (
                tr("step {step}", step=count(int(self._steps[k]))),
                self._text(float(values[k])),
            )
            for k in known.tolist()
            if k in (known[0], known[-1]) or self._steps[k] == self._shown
        ]
        return table_row(self._spec.layer_name(place + 1), cells)

    def _text(self, value: float) -> str:
        return percent(value) if self._quantity.is_share else significant(value)

    def _box(self) -> QRectF:
        metrics = self.fontMetrics()
        pad = tokens.space("panel_pad") * scale_of(self.font())
        left = metrics.horizontalAdvance("10⁻¹²") + pad
        right = metrics.horizontalAdvance(tr("hidden 10")) + pad
        below = metrics.height() + grown(self, tokens.space("xs"))
        return QRectF(
            left,
            grown(self, tokens.space("s")),
            max(grown(self, tokens.space("row")), self.width() - left - right),
            self.height() - grown(self, tokens.space("s")) - below,
        )

    def _y(self, values: Series) -> Series:
        box, axis = self._box(), self._axis
        if self._quantity.is_share:
            share = values
        else:
            with np.errstate(all="ignore"):
                logs = np.where(values > 0, np.log10(values), np.nan)
            share = (logs - axis.low) / (axis.high - axis.low)
        return np.asarray(box.bottom() - share * box.height())

    def _x(self, steps: Series) -> Series:
        box = self._box()
        first, last = self._ends()
        share = (steps - first) / max(last - first, 1.0)
        return np.asarray(box.left() + share * box.width())

    def _ends(self) -> tuple[float, float]:
        """The first and the last recorded step."""
        if not len(self._steps):
            return 0.0, 1.0
        return float(self._steps[0]), float(self._steps[-1])

    def paint(self, painter: QPainter, *, dark: bool) -> None:
        if self._spec is None:
            return
        if not np.isfinite(self._values).any():
            painter.setPen(theme.colour(theme.colours(dark=dark).ink3))
            text = self._quantity.absent
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), text)
            return
        self._paint_axes(painter)
        rule = self._quantity.rule
        if rule is not None:
            box, y = self._box(), float(self._y(np.asarray([rule]))[0])
            ink = theme.colour(theme.colours(dark=dark).ink1)
            painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._shown < self._steps[-1]:
            x = float(self._x(np.asarray([self._shown], float))[0])
            paint_shown(painter, x, self._box(), dark=dark)
        self._paint_lines(painter)
        self._paint_names(painter)

    def _paint_axes(self, painter: QPainter) -> None:
        dark = theme.is_dark(self.palette())
        faint = theme.colours(dark=dark).ink3
        box, height = self._box(), self.fontMetrics().height()
        line = theme.colour(theme.colours(dark=dark).line)
        for share, text in self._ticks(max(2, int(box.height() / (1.6 * height)))):
            y = box.bottom() - share * box.height()
            painter.setPen(QPen(line, 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(theme.colour(faint))
            area = QRectF(0, y - height / 2, box.left() - grown(self, MARGIN), height)
            painter.drawText(area, _RIGHT, text)
        last = count(int(self._steps[-1])) if len(self._steps) else "0"
        area = QRectF(
            box.left(),
            box.bottom() + grown(self, tokens.space("hair")),
            box.width(),
            height,
        )
        room = int(box.width()) - self.fontMetrics().horizontalAdvance(f"  {last}")
        painter.drawText(area, _LEFT, self.beginning(room))
        painter.drawText(area, _RIGHT, last)

    def beginning(self, room: int) -> str:
        """What stands where the axis begins: at the first record."""
        first = int(self._ends()[0])
        texts = [tr("step {step}", step=count(first))]
        if first > 0:
            texts.insert(0, tr("recorded from step {step} on", step=count(first)))
        wide = self.fontMetrics().horizontalAdvance
        return next((text for text in texts if wide(text) <= room), texts[-1])

    def _ticks(self, most: int) -> list[tuple[float, str]]:
        if self._quantity.is_share:
            return [(share, percent(share, 0)) for share in (0.0, 0.5, 1.0)]
        axis = self._axis
        return [(axis.share(t.place), t.label) for t in axis.ticks(most)]

    def _paint_lines(self, painter: QPainter) -> None:
        layers = self._values.shape[1]
        x, dark = self._x(self._steps), theme.is_dark(self.palette())
        for layer in range(layers, 0, -1):
            y = self._y(self._values[:, layer - 1])
            known = np.isfinite(y)
            pen = layer_pen(layer, dark=dark)
            pen.setWidthF(grown(self, pen.widthF()))
            for part in self._parts(known):
                points = [QPointF(a, b) for a, b in zip(x[part], y[part], strict=True)]
                painter.setPen(pen)
                painter.drawPolyline(QPolygonF(points))
                if len(points) < _FEW:
                    self._paint_dots(painter, points, pen.color())

    def _parts(self, known: npt.NDArray[np.bool_]) -> list[npt.NDArray[np.intp]]:
        """The records that a line may join, those beyond a gap apart."""
        places = np.flatnonzero(known)
        breaks = np.flatnonzero(gaps(self._steps[places])) + 1
        return [part for part in np.split(places, breaks) if len(part)]

    def _paint_dots(
        self, painter: QPainter, points: list[QPointF], colour: QColor
    ) -> None:
        """Where something was measured, if that is seldom."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        radius = grown(self, tokens.dot("small"))
        for point in points:
            painter.drawEllipse(point, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    @property
    def is_named(self) -> bool:
        """Whether there is room for the names of all layers beside their lines."""
        return self._pitch(self._values.shape[1]) is not None

    def _pitch(self, names: int) -> float | None:
        """From one name to the next, as close as letters allow; None without room."""
        height = float(self.fontMetrics().height())
        if names < 2:
            return height
        pitch = min(height, self._box().height() / (names - 1))
        return pitch if pitch >= _CLOSEST * height else None

    def _paint_names(self, painter: QPainter) -> None:
        """Names at the ends of the lines, moved apart so that they can be read."""
        if self._spec is None or not len(self._steps):
            return
        box, height = self._box(), self.fontMetrics().height()
        pitch = self._pitch(self._values.shape[1])
        if pitch is None:
            return
        dark = theme.is_dark(self.palette())
        ends = self._y(self._values[-1])
        order = [k for k in np.argsort(ends).tolist() if np.isfinite(ends[k])]
        drawn = [float(ends[k]) for k in order]
        places = pushed_apart(drawn, pitch, box.top(), box.bottom())
        for k, y in zip(order, places, strict=True):
            rgb = theme.rgb_of(layer_colour(k + 1, dark=dark))
            painter.setPen(theme.colour(name_colour(rgb, theme.colours(dark=dark))))
            area = QRectF(
                box.right() + grown(self, BESIDE),
                y - height / 2,
                grown(self, tokens.length("layer_curves.text_room")),
                height,
            )
            painter.drawText(area, _LEFT, self._spec.layer_name(k + 1))

    def tip_at(self, point: QPointF) -> str:
        """All layers at the nearest recorded step."""
        if self._spec is None or not len(self._steps):
            return ""
        nearest = int(np.argmin(np.abs(self._x(self._steps) - point.x())))
        lines = [
            tr(
                "step {step}: {tip}",
                step=count(int(self._steps[nearest])),
                tip=self._quantity.tip,
            )
        ]
        for k, value in enumerate(self._values[nearest].tolist()):
            if np.isfinite(value):
                name = self._spec.layer_name(k + 1)
                lines.append(f"{name}: {significant(value, 4)}")
        return "\n".join(lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def minimumSizeHint(self) -> QSize:
        return QSize(*tokens.lengths("layer_curves.least"))

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("layer_curves.wished"))
