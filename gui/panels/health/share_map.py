"""Histograms over the steps as pictures: one layer each, side by side."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.protocol.health_record import BINS, HealthRecord, Histogram, edges_of
from core.values.network_spec import NetworkSpec
from core.values.words import tr
from gui.panels.health.gaps import gaps
from gui.panels.health.health_picture import HealthPicture, paint_shown
from gui.style import theme, tokens
from gui.style.lengths import grown
from gui.style.number_format import count, percent, short
from gui.widgets.accessible.parts import LazyParts, Part, Role
from gui.widgets.plots.ticks import decade_ticks, linear_ticks

MARGIN: Final = tokens.space("close")
MOST_COLUMNS: Final = 256
_USUAL_LABEL: Final = "\N{MINUS SIGN}0.88"
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)
Floats = npt.NDArray[np.float64]
KINDS: Final = ("weights", "activations", "gradients")


@dataclass(frozen=True, slots=True, eq=False)
class LayerMap:
    """The shares of one layer.

    Attributes:
        shares: (bins, columns) of the values in each bin, the lowest bin first; each
            column sums to 1 with what is outside of the bins.
        steps: (columns,) the step that a column was read at, or stands for where
            nothing was.
        known: (columns,) whether anything was recorded about there; else its shares
            are 0.
        edges: (bins + 1,) of the bins that are shown.
        lost: share of the values at the shown step that are 0 or too small to show.
        same_axis: whether the edges are those of the previous layer.
    """

    title: str
    shares: Floats
    steps: Floats
    known: npt.NDArray[np.bool_]
    edges: Floats
    is_log: bool
    lost: float
    same_axis: bool


def layer_maps(
    spec: NetworkSpec, records: list[HealthRecord], kind: str, shown: int
) -> tuple[LayerMap, ...]:
    """Shares of every layer, on one axis for all layers with the same kind of bins.

    Bins at the ends that are empty in all of these layers are left out.

    Args:
        spec: of the network.
        records: of the run, in the order of their steps.
        kind: one of KINDS.
        shown: the step that is shown, which has a record.
    """
    places, steps, known = _columns(records)
    chosen = [records[k] for k in places]
    now = next(record for record in records if record.step == shown)
    found = [
        [getattr(record.layers[k], kind) for record in chosen]
        for k in range(spec.n_layers)
    ]
    axes = {
        spacing: _axis(found, spacing) for spacing in {f[-1].spacing for f in found}
    }
    maps: list[LayerMap] = []
    for k, histograms in enumerate(found):
        newest = histograms[-1]
        axis = axes[newest.spacing]
        zeros = np.asarray([h.zeros for h in histograms], float)
        counts = _counts(histograms, axis.reach)
        totals = np.maximum(counts.sum(axis=0) + zeros, 1)
        counts[:, ~known] = 0
        same = k > 0 and found[k - 1][-1].spacing == newest.spacing
        maps.append(
            LayerMap(
                spec.layer_name(k + 1),
                counts[axis.first : axis.stop] / totals,
                steps,
                known,
                edges_of(newest.spacing, axis.reach)[axis.first : axis.stop + 1],
                newest.spacing == "decades",
                _lost(getattr(now.layers[k], kind), axis.reach),
                same,
            )
        )
    return tuple(maps)


def _lost(histogram: Histogram, reach: float) -> float:
    counted = float(histogram.counts_within(reach).sum())
    return histogram.zeros / max(counted + histogram.zeros, 1)


class _Axis(NamedTuple):
    """Bins first to stop of so wide a reach."""

    reach: float
    first: int
    stop: int


def _counts(histograms: list[Histogram], reach: float) -> Floats:
    """(bins, columns) counts of one layer, each column from one record."""
    columns = [h.counts_within(reach) for h in histograms]
    return np.stack(columns, axis=1).astype(np.float64)


def _axis(found: list[list[Histogram]], spacing: str) -> _Axis:
    """The axis that covers all layers with these bins."""
    layers = [histograms for histograms in found if histograms[-1].spacing == spacing]
    reach = max(h.reach for histograms in layers for h in histograms)
    used = np.zeros(BINS, bool)
    for histograms in layers:
        used |= _counts(histograms, reach).any(axis=1)
    places = np.flatnonzero(used)
    if spacing in ("unit", "symmetric") or not len(places):
        return _Axis(reach, 0, BINS)
    return _Axis(reach, int(places[0]), int(places[-1]) + 1)


def _columns(
    records: list[HealthRecord],
) -> tuple[list[int], Floats, npt.NDArray[np.bool_]]:
    """What each column shows: evenly spaced over the steps.

    Returns:
        The record of each column, its step, and whether it is none of a gap.
    """
    if not records:
        return [], np.empty(0), np.empty(0, np.bool_)
    steps = np.asarray([record.step for record in records], float)
    shown = np.linspace(steps[0], steps[-1], min(MOST_COLUMNS, 4 * len(records)))
    before = np.maximum(np.searchsorted(steps, shown, side="right") - 1, 0)
    is_gap = np.append(gaps(steps), False)[before]
    # Also a record alone between two gaps has a column.
    first = np.append(True, before[1:] != before[:-1])
    known = ~is_gap | first
    return before.tolist(), np.where(known, steps[before], shown), known


class ShareMaps(HealthPicture):
    """Step to the right, value upwards, brighter where more values are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Histograms over the steps"), parent)
        self._maps: tuple[LayerMap, ...] = ()
        self._shown = 0
        self._images: list[QImage] = []
        self._pixels: list[npt.NDArray[np.uint8]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def maps(self) -> tuple[LayerMap, ...]:
        return self._maps

    def show_maps(self, maps: tuple[LayerMap, ...], shown: int) -> None:
        """Show these layers side by side, and in each where the shown step is."""
        self._maps, self._shown = maps, shown
        self._compose()
        self.update()

    def _compose(self) -> None:
        table = theme.activation_table(dark=theme.is_dark(self.palette()))
        self._images, self._pixels = [], []
        for layer in self._maps:
            # Relative to each step's largest: an early peak must not hide the rest.
            largest = np.maximum(layer.shares.max(axis=0, initial=0.0), 1e-9)
            # Square roots, so that thin tails are visible beside a dense middle.
            codes = np.rint(255 * np.sqrt(layer.shares[::-1] / largest))
            pixels = np.ascontiguousarray(table[codes.astype(np.uint8)])
            height, width = codes.shape
            kind = QImage.Format.Format_RGB888
            self._pixels.append(pixels)
            self._images.append(QImage(pixels.data, width, height, 3 * width, kind))

    def box_of(self, place: int) -> QRectF:
        """Rectangle of a layer's picture, with space for an axis where one is drawn."""
        metrics = self.fontMetrics()
        axes = [self._axis_width(layer) for layer in self._maps]
        gaps = grown(self, MARGIN) * len(self._maps)
        width = (self.width() - sum(axes) - gaps) / max(1, len(self._maps))
        left = sum(axes[: place + 1]) + place * (width + grown(self, MARGIN))
        top = below = metrics.height() + grown(self, tokens.space("xs"))
        return QRectF(
            left,
            top,
            max(grown(self, tokens.space("xs")), width),
            max(grown(self, tokens.space("xs")), self.height() - top - below),
        )

    def described(self) -> Part:
        """The histograms in words: of the shown step, the fullest bins first."""
        maps = LazyParts(len(self._maps), self._described_map)
        return Part(self.accessibleName(), "", Role.Graphic, None, maps)

    def _described_map(self, place: int) -> Part:
        layer = self._maps[place]
        if not len(layer.steps):
            return Part(layer.title, role=Role.Graphic)
        # The columns are as close as the picture has room for.
        newest = int(np.searchsorted(layer.steps, self._shown, side="right")) - 1
        newest = max(newest, 0)
        order = np.argsort(-layer.shares[:, newest], kind="stable")
        filled = [int(k) for k in order if layer.shares[k, newest] > 0]
        bins = LazyParts(
            len(filled), lambda k: Part(share_text(layer, filled[k], newest))
        )
        step = tr("step {step}", step=count(int(layer.steps[newest])))
        box = self.box_of(place)
        return Part(title_text(layer), step, Role.Graphic, box, bins)

    def _axis_width(self, layer: LayerMap) -> int:
        """Room for the labels beside a layer's picture, if it has an axis."""
        if layer.same_axis:
            return 0
        metrics = self.fontMetrics()
        texts = [_USUAL_LABEL, *(text for _, text in _ticks(layer, self._most_ticks()))]
        return max(metrics.horizontalAdvance(text) for text in texts) + grown(
            self, MARGIN
        )

    def _most_ticks(self) -> int:
        row = self.fontMetrics().height()
        ends = 2 * (row + grown(self, tokens.space("xs")))
        return max(2, int((self.height() - ends) / (1.8 * row)))

    def paint(self, painter: QPainter, *, dark: bool) -> None:
        for place in range(len(self._maps)):
            self._paint_map(painter, place, dark=dark)

    def _paint_map(self, painter: QPainter, place: int, *, dark: bool) -> None:
        layer, box = self._maps[place], self.box_of(place)
        height = self.fontMetrics().height()
        painter.drawImage(box, self._images[place])
        if len(layer.steps) and self._shown < layer.steps[-1]:
            first, last = float(layer.steps[0]), float(layer.steps[-1])
            share = (self._shown - first) / (last - first)
            paint_shown(painter, box.left() + share * box.width(), box, dark=dark)
        painter.setPen(theme.colour(theme.colours(dark=dark).ink1))
        title = title_text(layer)
        header = QRectF(
            box.left(), 0, box.width(), height + grown(self, tokens.space("xs"))
        )
        end = Qt.TextElideMode.ElideRight
        title = self.fontMetrics().elidedText(title, end, int(box.width()))
        painter.drawText(header, _LEFT, title)
        faint = theme.colour(theme.colours(dark=dark).ink3)
        edge = theme.colour(theme.colours(dark=dark).edge)
        painter.setPen(QPen(edge, 1))
        painter.drawRect(box)
        painter.setPen(QPen(faint, 1))
        ticks = () if layer.same_axis else _ticks(layer, self._most_ticks())
        for share, text in ticks:
            y = box.bottom() - share * box.height()
            area = QRectF(
                box.left() - grown(self, tokens.length("share_map.name_room")),
                y - height / 2,
                grown(self, tokens.length("share_map.name_width")),
                height,
            )
            painter.drawText(area, _RIGHT, text)
        area = QRectF(
            box.left(),
            box.bottom() + grown(self, tokens.space("hair")),
            box.width(),
            height,
        )
        if len(layer.steps):
            if box.width() > 60:
                painter.drawText(area, _RIGHT, count(int(layer.steps[-1])))
            if box.width() > 130:
                painter.drawText(
                    area, _LEFT, tr("step {step}", step=count(int(layer.steps[0])))
                )

    def tip_at(self, point: QPointF) -> str:
        """Values, step, and share of the values."""
        for place, layer in enumerate(self._maps):
            box = self.box_of(place)
            if not box.contains(point) or not len(layer.steps):
                continue
            bins, columns = layer.shares.shape
            column = int((point.x() - box.left()) / box.width() * columns)
            row = int((box.bottom() - point.y()) / box.height() * bins)
            column, row = min(column, columns - 1), min(max(row, 0), bins - 1)
            step = count(int(layer.steps[column]))
            if not layer.known[column]:
                return tr("nothing was recorded at step {step}", step=step)
            return tr(
                "{layer}, step {step}\n{share}",
                layer=layer.title,
                step=step,
                share=share_text(layer, row, column),
            )
        return ""

    def minimumSizeHint(self) -> QSize:
        return QSize(*tokens.lengths("share_map.least"))

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("share_map.wished"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._compose()


def title_text(layer: LayerMap) -> str:
    """The layer, and how many of its values have no place in the picture."""
    if layer.lost < 0.005:
        return layer.title
    return tr("{layer}, {lost} are 0", layer=layer.title, lost=percent(layer.lost, 0))


def share_text(layer: LayerMap, row: int, column: int) -> str:
    """How many values lie in a bin."""
    low, high = (short(float(edge)) for edge in layer.edges[row : row + 2])
    share = percent(float(layer.shares[row, column]))
    return tr(
        "{share} of the values are {low} to {high}", share=share, low=low, high=high
    )


def _ticks(layer: LayerMap, most: int) -> list[tuple[float, str]]:
    """Positions from 0, the lowest edge, to 1, with their labels."""
    low, high = float(layer.edges[0]), float(layer.edges[-1])
    if layer.is_log:
        low, high = float(np.log10(low)), float(np.log10(high))
        ticks = decade_ticks(low, high, most)
    else:
        ticks = linear_ticks(low, high, most)
    return [((tick.place - low) / (high - low), tick.label) for tick in ticks]
