"""Each layer as a row: gradient norm and update:weights on log axes, and figures."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.protocol.health_record import HEALTHY_RATIO, HealthRecord, LayerHealth
from core.values.network_spec import NetworkSpec
from core.values.words import tr
from gui.panels.health.health_picture import HealthPicture
from gui.panels.health.layer_colours import layer_colour, layer_pen
from gui.style import icons, theme, tokens
from gui.style.checked_numbers import significant
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.style.number_format import count, full, percent, rounded_count
from gui.style.series import SAMPLE
from gui.widgets.accessible.parts import LazyParts, Part, Role, table_row
from gui.widgets.plots.decades import Decades, decades_of

MARGIN: Final = tokens.space("s")
NOTHING: Final = "\N{EM DASH}"
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_TITLES: Final = (
    tr("Layer"),
    tr("Gradient norm"),
    tr("Update : weights"),
    tr("Dead"),
    tr("Saturated"),
)
SHORT: Final = (_TITLES[0], tr("Norm"), tr("Ratio"), *_TITLES[3:])
"""Titles where the columns are narrow; the tooltips say more."""
_TIPS: Final = (
    "",
    tr(
        "Norm of the batch's gradient with respect to the layer's weights and biases, "
        "log axis. A gradient that falls by orders of magnitude towards the input is "
        "vanishing."
    ),
    tr(
        "Norm of the step's change divided by the norm of the weights. Rule of thumb: "
        "about 1:1000, the dashed line. Far less, and the layer hardly learns; far "
        "more, and it becomes unstable."
    ),
    tr("Dead: units that are 0 for every example in the sample"),
    tr(
        "Saturated: units whose slope is below a twentieth of its largest for 90 % of "
        "the examples"
    ),
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
    return tr(
        "{dead} of {n_dead}",
        dead=count(int(layer.dead.sum())),
        n_dead=count(len(layer.dead)),
    )


def saturated_text(layer: LayerHealth) -> str:
    """For example "3 of 16"."""
    if layer.saturated is None:
        return NOTHING
    return tr(
        "{saturated} of {n_saturated}",
        saturated=int(layer.saturated.sum()),
        n_saturated=len(layer.saturated),
    )


def ratio_text(ratio: float | None) -> str:
    """As a fraction of one: "1:1,240", or with a power of ten."""
    if ratio is None or not math.isfinite(ratio):
        return NOTHING
    if ratio == 0:
        return "0"
    if ratio >= 0.5:
        return significant(ratio, 2)
    parts = 1 / ratio
    # A larger count would not fit beside its strip.
    return f"1:{rounded_count(parts) if parts < 1e6 else significant(parts, 2)}"


class LayerStrips(HealthPicture):
    """Painted as a whole: a handful of rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Health of each layer"), parent)
        self._spec: NetworkSpec | None = None
        self._record: HealthRecord | None = None
        self._gradients: Decades | None = None
        self._ratios: Decades | None = None
        self._has_signs = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def show_signs(self, has_signs: bool) -> None:
        """Show each layer's line beside its name, where the curves have no names."""
        if has_signs != self._has_signs:
            self._has_signs = has_signs
            self.update()

    @property
    def gradients(self) -> Decades | None:
        """The axis of the gradient norms."""
        return self._gradients

    def show_record(
        self,
        spec: NetworkSpec,
        record: HealthRecord,
        records: Collection[HealthRecord] = (),
    ) -> None:
        """Show the layers; the axes hold all records, so a decrease stays visible."""
        if spec != self._spec:
            self._spec = spec
            self.updateGeometry()
        self._record = record
        layers = [layer for one in (record, *records) for layer in one.layers]
        self._gradients = decades_of(layer.gradient_norm for layer in layers)
        ratios = [layer.ratio or 0.0 for layer in layers]
        self._ratios = decades_of([*ratios, HEALTHY_RATIO])
        self.update()

    def described(self) -> Part:
        """The table in words: a row for each layer."""
        name, record, spec = self.accessibleName(), self._record, self._spec
        if record is None or spec is None:
            return Part(name, role=Role.Table)
        rows = LazyParts(len(record.layers), partial(self._described_row, record, spec))
        step = tr("step {step}", step=count(record.step))
        return Part(name, step, Role.Table, None, rows)

    def _described_row(
        self, record: HealthRecord, spec: NetworkSpec, place: int
    ) -> Part:
        values, height = record.layer(place + 1), self._row_height()
        texts = (
            significant(values.gradient_norm, 2),
            ratio_text(values.ratio),
            dead_text(values),
            saturated_text(values),
        )
        box = QRectF(0, self._head() + place * height, self.width(), height)
        cells = list(zip(_TITLES[1:], texts, strict=True))
        return table_row(spec.layer_name(place + 1), cells, box)

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
        room = (self.height() - self._head() - grown(self, tokens.space("hair"))) / max(
            1, rows
        )
        usual = tokens.size("table_row") * scale_of(self.font())
        least = metrics.height() + grown(self, tokens.space("hair"))
        return min(max(room, least), usual)

    def _head(self) -> float:
        return tokens.size("table_header") * scale_of(self.font())

    def _pad(self) -> float:
        return tokens.space("panel_pad") * scale_of(self.font())

    def _sign(self) -> float:
        """Room for the line of a layer before its name."""
        return grown(self, SAMPLE.width() + MARGIN) if self._has_signs else 0.0

    def _columns(self) -> Columns:
        metrics = self.fontMetrics()
        pad = self._pad()
        name = pad + metrics.horizontalAdvance(tr("hidden 10")) + grown(self, MARGIN)
        name += self._sign()
        dead = (
            metrics.horizontalAdvance(tr("128 of 128"))
            + metrics.height()
            + grown(self, MARGIN)
        )
        saturated = metrics.horizontalAdvance(tr("128 of 128")) + grown(self, MARGIN)
        record = self._record
        layers = () if record is None else record.layers
        if all(layer.dead is None for layer in layers):
            dead = 0
        if all(layer.saturated is None for layer in layers):
            saturated = 0
        least = grown(self, tokens.fine_length("layer_strips.least_axes"))
        left = max(least, self.width() - name - dead - saturated - pad)
        widths = (name, 0.52 * left, 0.48 * left, dead, saturated)
        lefts = [0.0]
        for width in widths[:-1]:
            lefts.append(lefts[-1] + width)
        return Columns(tuple(lefts), widths)

    def _strip(self, column: int, layer: int) -> QRectF:
        """The axis part of a cell; its figure is to the right of it."""
        columns, height = self._columns(), self._row_height()
        figure = self.fontMetrics().horizontalAdvance("8.8\N{MULTIPLICATION SIGN}10⁻⁸⁸")
        left = columns.lefts[column] + grown(self, MARGIN)
        least = grown(self, tokens.space("row"))
        width = max(least, columns.widths[column] - figure - 3 * grown(self, MARGIN))
        return QRectF(left, self._head() + (layer - 1) * height, width, height)

    def paint(self, painter: QPainter, *, dark: bool) -> None:
        if self._record is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours(dark=dark)
        ink = theme.colour(colours.ink1)
        self._paint_headers(painter, theme.colour(colours.ink3))
        self._paint_lines(painter, theme.colour(colours.line))
        self._paint_rule(painter, theme.colour(colours.ink3))
        for layer in range(1, len(self._record.layers) + 1):
            self._paint_layer(painter, layer, ink)

    def _paint_headers(self, painter: QPainter, ink: QColor) -> None:
        columns = self._columns()
        painter.setPen(ink)
        for k, title in enumerate(_TITLES):
            if columns.widths[k] == 0:
                continue
            is_left = k < 3
            pad = self._pad() if k == 0 else grown(self, MARGIN)
            left = columns.lefts[k] + (pad if is_left else 0)
            width = columns.widths[k] - (grown(self, MARGIN) if is_left else 0)
            if self.fontMetrics().horizontalAdvance(title) > width:
                title = SHORT[k]
            area = QRectF(left, 0, width, self._head())
            painter.drawText(area, _LEFT if is_left else _RIGHT, title)

    def _paint_lines(self, painter: QPainter, ink: QColor) -> None:
        """Hairlines between the rows."""
        assert self._record is not None
        painter.setPen(QPen(ink, 1))
        for row in range(len(self._record.layers) + 1):
            y = round(self._head() + row * self._row_height()) - 0.5
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))

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
        pad = self._pad()
        if self._has_signs:
            pen = layer_pen(layer, dark=theme.is_dark(self.palette()))
            pen.setWidthF(grown(self, pen.widthF()))
            painter.setPen(pen)
            middle, right = row.center().y(), pad + grown(self, SAMPLE.width())
            painter.drawLine(QPointF(pad, middle), QPointF(right, middle))
        painter.setPen(ink)
        left = pad + self._sign()
        area = QRectF(left, row.top(), columns.widths[0] - left, row.height())
        painter.drawText(area, _LEFT, self._spec.layer_name(layer))
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
                painter.setPen(ink)
                if is_bad:
                    self._paint_warning(painter, area, text)
                painter.drawText(area, _RIGHT, text)

    def _paint_warning(self, painter: QPainter, area: QRectF, text: str) -> None:
        """A mark before the figure, whose colour says the same."""
        metrics, rgb = self.fontMetrics(), theme.colours_of(self).warning
        side = 0.85 * metrics.height()
        left = (
            area.right()
            - metrics.horizontalAdvance(text)
            - side
            - grown(self, MARGIN) / 2
        )
        mark = icons.pixmap(tokens.icon_name("action", "warning"), rgb, side)
        painter.drawPixmap(QPointF(left, area.center().y() - side / 2), mark)
        painter.setPen(theme.colour(rgb))

    def _paint_bar(
        self, painter: QPainter, column: int, layer: int, value: float, colour: QColor
    ) -> None:
        axis = self._gradients if column == 1 else self._ratios
        box = self._strip(column, layer)
        middle = box.center().y()
        track = theme.colour(theme.colours_of(self).pressed)
        painter.setPen(QPen(track, grown(self, tokens.stroke("line"))))
        painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
        share = None if axis is None else axis.place(value)
        if share is None:
            return
        end = QPointF(box.left() + share * box.width(), middle)
        painter.setPen(QPen(colour, grown(self, tokens.stroke("line"))))
        painter.drawLine(QPointF(box.left(), middle), end)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(
            end, grown(self, tokens.dot("end")), grown(self, tokens.dot("end"))
        )

    def _paint_figure(
        self, painter: QPainter, column: int, layer: int, text: str, ink: QColor
    ) -> None:
        box, columns = self._strip(column, layer), self._columns()
        right = columns.lefts[column] + columns.widths[column]
        if column == 1:
            # The next column begins with a bar, as far from its edge again.
            right -= grown(self, MARGIN)
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
            norms = tr(
                "update {parts}, weights {weight_norm}",
                parts=parts,
                weight_norm=full(values.weight_norm),
            )
            return f"{name}: {norms}\n{_TIPS[2]}"
        if column == 4 and values.saturated_share is not None:
            share = percent(values.saturated_share, 1)
            return tr(
                "{name}: {share} of all activations are saturated\n{tip}",
                name=name,
                share=share,
                tip=_TIPS[4],
            )
        return _TIPS[column]

    def minimumSizeHint(self) -> QSize:
        rows = min(self._spec.n_layers if self._spec is not None else 2, 8)
        row = self.fontMetrics().height() + grown(self, tokens.space("hair"))
        return QSize(
            tokens.length("layer_strips.least_width"),
            int(self._head()) + rows * row + grown(self, tokens.space("xs")),
        )

    def sizeHint(self) -> QSize:
        rows = self._spec.n_layers if self._spec is not None else 2
        row = tokens.size("table_row") * scale_of(self.font())
        return QSize(
            tokens.length("layer_strips.width"),
            int(self._head() + rows * row) + grown(self, tokens.space("xs")),
        )
