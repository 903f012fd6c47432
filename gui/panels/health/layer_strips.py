"""Each layer as a row: gradient norm and update:weights on log axes, and figures."""

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.protocol.health_record import HEALTHY_RATIO, HealthRecord, LayerHealth
from core.values.network_spec import NetworkSpec
from gui.panels.health.health_picture import HealthPicture
from gui.panels.health.layer_colours import layer_colour
from gui.style import theme
from gui.style.checked_numbers import significant
from gui.style.number_format import full, percent, rounded_count
from gui.widgets.plots.decades import Decades, decades_of

MARGIN: Final = 8
NOTHING: Final = "\N{EM DASH}"
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)
_TIPS: Final = (
    "",
    "Norm of the batch's gradient with respect to the layer's weights and biases, "
    "log axis. A gradient that falls by orders of magnitude towards the input is "
    "vanishing.",
    "Norm of the step's change divided by the norm of the weights. Rule of thumb: "
    "about 1:1000, the dashed line. Far less, and the layer hardly learns; far more, "
    "and it becomes unstable.",
    "Dead: units that are 0 for every example in the sample",
    "Saturated: units whose slope is below a twentieth of its largest "
    "for 90 % of the examples",
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges and widths of the five columns."""

    lefts: tuple[float, ...]
    widths: tuple[float, ...]

    def at(self, x: float) -> int | None:
        for k, (left, width) in enumerate(zip(self.lefts, self.widths, strict=True)):
            if left <= x < left + width:
                return k
        return None


def dead_text(layer: LayerHealth) -> str:
    """For example "3 of 16"."""
    if layer.dead is None:
        return NOTHING
    return f"{int(layer.dead.sum())} of {len(layer.dead)}"


def saturated_text(layer: LayerHealth) -> str:
    """For example "3 of 16"."""
    if layer.saturated is None:
        return NOTHING
    return f"{int(layer.saturated.sum())} of {len(layer.saturated)}"


def ratio_text(ratio: float | None) -> str:
    """As a fraction of one: "1:1,240"."""
    if ratio is None or not math.isfinite(ratio):
        return NOTHING
    if ratio == 0:
        return "0"
    return f"1:{rounded_count(1 / ratio)}" if ratio < 0.5 else significant(ratio, 2)


class LayerStrips(HealthPicture):
    """Painted as a whole: a handful of rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Health of each layer", parent)
        self._spec: NetworkSpec | None = None
        self._record: HealthRecord | None = None
        self._gradients: Decades | None = None
        self._ratios: Decades | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def gradients(self) -> Decades | None:
        """The axis of the gradient norms."""
        return self._gradients

    def forget(self) -> None:
        """Another run: reset the axes."""
        self._record, self._gradients, self._ratios = None, None, None

    def show_record(self, spec: NetworkSpec, record: HealthRecord) -> None:
        """Show the layers; axes only grow, so that a decrease stays visible."""
        if spec != self._spec:
            self._spec = spec
            self.updateGeometry()
        self._record = record
        norms = [layer.gradient_norm for layer in record.layers]
        self._gradients = decades_of(norms, self._gradients)
        ratios = [layer.ratio or 0.0 for layer in record.layers]
        self._ratios = decades_of([*ratios, HEALTHY_RATIO], self._ratios)
        self.update()

    def dot_of(self, layer: int) -> QPointF | None:
        """The position of a layer's gradient norm."""
        if self._record is None or self._gradients is None:
            return None
        box = self._strip(1, layer)
        share = self._gradients.place(self._record.layer(layer).gradient_norm)
        if share is None:
            return None
        return QPointF(box.left() + share * box.width(), box.center().y())

    def _row_height(self) -> float:
        metrics = self.fontMetrics()
        rows = len(self._record.layers) if self._record is not None else 1
        room = (self.height() - self._head() - 2) / max(1, rows)
        return min(max(room, metrics.height() + 2.0), metrics.height() * 2.2)

    def _head(self) -> float:
        return 2.0 * self.fontMetrics().height() + 6

    def _columns(self) -> Columns:
        metrics = self.fontMetrics()
        name = metrics.horizontalAdvance("hidden 10") + 2 * MARGIN
        dead = metrics.horizontalAdvance("128 of 128") + MARGIN
        saturated = metrics.horizontalAdvance("128 of 128") + MARGIN
        record = self._record
        layers = () if record is None else record.layers
        if all(layer.dead is None for layer in layers):
            dead = 0
        if all(layer.saturated is None for layer in layers):
            saturated = 0
        left = max(60.0, self.width() - name - dead - saturated - MARGIN)
        widths = (name, 0.52 * left, 0.48 * left, dead, saturated)
        lefts = [0.0]
        for width in widths[:-1]:
            lefts.append(lefts[-1] + width)
        return Columns(tuple(lefts), widths)

    def _strip(self, column: int, layer: int) -> QRectF:
        """The axis part of a cell; its figure is to the right of it."""
        columns, height = self._columns(), self._row_height()
        figure = self.fontMetrics().horizontalAdvance("8.8\N{MULTIPLICATION SIGN}10⁻⁸⁸")
        left = columns.lefts[column] + MARGIN
        width = max(10.0, columns.widths[column] - figure - 3 * MARGIN)
        return QRectF(left, self._head() + (layer - 1) * height, width, height)

    def paint(self, painter: QPainter, *, dark: bool) -> None:
        if self._record is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = theme.colour(theme.colours(dark=dark).ink1)
        faint = theme.colour(theme.colours(dark=dark).ink3)
        self._paint_headers(painter, ink, faint)
        self._paint_rule(painter, ink)
        for layer in range(1, len(self._record.layers) + 1):
            self._paint_layer(painter, layer, ink)

    def _paint_headers(self, painter: QPainter, ink: QColor, faint: QColor) -> None:
        columns, height = self._columns(), self.fontMetrics().height()
        titles = ("", "gradient norm", "update : weights", "dead", "saturated")
        for k, title in enumerate(titles):
            if columns.widths[k] == 0:
                continue
            painter.setPen(ink)
            side = _LEFT if k in (1, 2) else _RIGHT
            left = columns.lefts[k] + (MARGIN if k in (1, 2) else 0)
            area = QRectF(left, 1, columns.widths[k] - MARGIN, height)
            painter.drawText(area, side, title)
        painter.setPen(faint)
        for column, axis in ((1, self._gradients), (2, self._ratios)):
            if axis is not None:
                self._paint_axis(painter, column, axis)

    def _paint_axis(self, painter: QPainter, column: int, axis: Decades) -> None:
        assert self._record is not None
        metrics = self.fontMetrics()
        box = self._strip(column, 1)
        bottom = self._strip(column, len(self._record.layers)).bottom()
        wide = metrics.horizontalAdvance("10⁻¹²") + 10
        faint = theme.colour(theme.colours(dark=theme.is_dark(self.palette())).ink3, 70)
        text_pen = painter.pen()
        for tick in axis.ticks(max(2, int(box.width() / wide))):
            x = box.left() + axis.share(tick.place) * box.width()
            painter.setPen(QPen(faint, 1))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, bottom))
            painter.setPen(text_pen)
            area = QRectF(x - wide / 2, metrics.height() + 2, wide, metrics.height())
            painter.drawText(area, _CENTRE, tick.label)

    def _paint_rule(self, painter: QPainter, ink: QColor) -> None:
        """The dashed line of the rule of thumb."""
        if self._record is None or self._ratios is None:
            return
        top = self._strip(2, 1)
        share = self._ratios.place(HEALTHY_RATIO)
        if share is None:
            return
        x = top.left() + share * top.width()
        bottom = self._strip(2, len(self._record.layers)).bottom()
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, top.top()), QPointF(x, bottom))

    def _paint_layer(self, painter: QPainter, layer: int, ink: QColor) -> None:
        assert self._record is not None
        assert self._spec is not None
        values, columns = self._record.layer(layer), self._columns()
        colour = layer_colour(layer, dark=theme.is_dark(self.palette()))
        row = self._strip(1, layer)
        painter.setPen(ink)
        area = QRectF(0, row.top(), columns.widths[0] - MARGIN, row.height())
        painter.drawText(area, _RIGHT, self._spec.layer_name(layer))
        ratio = values.ratio
        norm_text = significant(values.gradient_norm, 2)
        self._paint_bar(painter, 1, layer, values.gradient_norm, colour)
        self._paint_figure(painter, 1, layer, norm_text, ink)
        self._paint_bar(painter, 2, layer, ratio or 0.0, colour)
        self._paint_figure(painter, 2, layer, ratio_text(ratio), ink)
        for column, text in ((3, dead_text(values)), (4, saturated_text(values))):
            width = columns.widths[column]
            if width:
                area = QRectF(columns.lefts[column], row.top(), width, row.height())
                is_bad = text[0] not in ("0", NOTHING)
                painter.setPen(
                    theme.colour(theme.colours_of(self).warning) if is_bad else ink
                )
                painter.drawText(area, _RIGHT, text)

    def _paint_bar(
        self, painter: QPainter, column: int, layer: int, value: float, colour: QColor
    ) -> None:
        axis = self._gradients if column == 1 else self._ratios
        share = None if axis is None else axis.place(value)
        if share is None:
            return
        box = self._strip(column, layer)
        middle = box.center().y()
        end = QPointF(box.left() + share * box.width(), middle)
        painter.setPen(QPen(colour, 3))
        painter.drawLine(QPointF(box.left(), middle), end)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(end, 5.0, 5.0)

    def _paint_figure(
        self, painter: QPainter, column: int, layer: int, text: str, ink: QColor
    ) -> None:
        box, columns = self._strip(column, layer), self._columns()
        right = columns.lefts[column] + columns.widths[column]
        painter.setPen(ink)
        area = QRectF(box.right(), box.top(), right - box.right(), box.height())
        painter.drawText(area, _RIGHT, text)

    def tip_at(self, point: QPointF) -> str:
        """The meaning of a column; for a cell its exact value too."""
        column = self._columns().at(point.x())
        record = self._record
        if column is None or record is None or self._spec is None:
            return ""
        layer = int((point.y() - self._head()) // self._row_height()) + 1
        if point.y() < self._head() or not 1 <= layer <= len(record.layers):
            return _TIPS[column]
        values = record.layer(layer)
        name = self._spec.layer_name(layer)
        if column == 1:
            return f"{name}: {full(values.gradient_norm)}\n{_TIPS[1]}"
        if column == 2:
            update = values.update_norm
            parts = NOTHING if update is None else full(update)
            norms = f"update {parts}, weights {full(values.weight_norm)}"
            return f"{name}: {norms}\n{_TIPS[2]}"
        if column == 4 and values.saturated_share is not None:
            share = percent(values.saturated_share, 1)
            return f"{name}: {share} of all activations are saturated\n{_TIPS[4]}"
        return _TIPS[column]

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        rows = self._spec.n_layers if self._spec is not None else 2
        rows = min(rows, 8)
        return QSize(300, int(self._head()) + rows * (metrics.height() + 2) + 4)

    def sizeHint(self) -> QSize:
        rows = self._spec.n_layers if self._spec is not None else 2
        height = self.fontMetrics().height()
        return QSize(520, int(self._head() + rows * 1.7 * height) + 4)
