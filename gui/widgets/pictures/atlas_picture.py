"""One image of all visible tiles, and the painting of its labels."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen

from core.arrays import FloatArray
from core.values.words import tr
from gui.style import theme, tokens
from gui.style.in_force import in_force
from gui.style.lengths import grown
from gui.style.notation import unit_number
from gui.style.number_format import fixed
from gui.style.signed_scale import ZERO_CODE, Pixels, code_colours, codes_of, decimals
from gui.widgets.pictures.atlas_geometry import AtlasGeometry
from gui.widgets.pictures.atlas_mosaic import Places, mosaic_places
from gui.widgets.pictures.cells import Cells
from gui.widgets.pictures.code_image import image_of_codes, text_colour_on

COLOURS: Final = (tr("red"), tr("green"), tr("blue"))
MAX_WRITTEN = 600
MAX_MARKED = 256
_ROUND_STEPS: Final[tuple[int, ...]] = tuple(
    digit * factor
    for factor in (1, 10, 100, 1000, 10000, 100000)
    for digit in (1, 2, 5)
)


@dataclass(frozen=True, slots=True, eq=False)
class AtlasContent:
    """The contents of an atlas.

    Attributes:
        values: (units, n_in), one row for each unit.
        shape: the cells of a unit's picture; None shows a matrix of one strip
            for each unit.
        limit: the scale runs from -limit to limit.
        input_names: headers of a matrix's columns, empty for their numbers.
        negated: whether minus the values is shown, e.g. nudges from a gradient.
    """

    values: FloatArray
    shape: Cells | None
    limit: float
    input_names: tuple[str, ...] = ()
    negated: bool = False

    @property
    def cells(self) -> Cells:
        """The cells of a tile."""
        return self.shape or Cells(1, self.values.shape[1])


class AtlasPicture:
    """Keeps the image until other tiles are visible."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._image = QImage()
        self._pixels: Pixels | None = None
        self._colours: Pixels | None = None
        self._places: Places | None = None
        self._placed: tuple[AtlasGeometry, range, range] | None = None
        self.tiles = range(0)
        self.cells = range(0)

    def compose(
        self, content: AtlasContent, geometry: AtlasGeometry, *, dark: bool
    ) -> None:
        """Turn the visible values into colours, unless this is already done."""
        tiles, cells = geometry.visible_tiles(), geometry.visible_cells()
        key = (content, geometry, in_force(dark=dark))
        if key == self._key:
            return
        values = content.values[tiles.start : tiles.stop]
        if content.shape is None:
            values = values[:, cells.start : cells.stop]
        codes = codes_of(values, -content.limit if content.negated else content.limit)
        if content.shape is None:
            self._colours = code_colours(dark=dark)[codes]
        # The space between the tiles has the background colour, like a zero.
        codes = np.append(codes, ZERO_CODE)
        places = self._places_of(geometry, tiles, cells)
        colours = code_colours(dark=dark)
        self._image, self._pixels = image_of_codes(codes.take(places), colours)
        self._image.setDevicePixelRatio(geometry.ratio)
        self.tiles, self.cells, self._key = tiles, cells, key

    def _places_of(self, geometry: AtlasGeometry, tiles: range, cells: range) -> Places:
        placed = (geometry, tiles, cells)
        if self._places is None or placed != self._placed:
            self._places, self._placed = mosaic_places(*placed), placed
        return self._places

    def paint_tiles(self, painter: QPainter, geometry: AtlasGeometry) -> None:
        """Paint all tiles at once."""
        painter.drawImage(QPointF(*geometry.header_size), self._image)

    def paint_labels(self, painter: QPainter, geometry: AtlasGeometry) -> None:
        """Write the unit's number above each picture."""
        height = geometry.label_height
        for unit in self.tiles:
            tile = geometry.tile_rect(unit)
            area = QRectF(tile.left(), tile.top() - height, tile.width(), height)
            number = str(unit_number(unit))
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft, number)
            if geometry.cells.channels > 1:
                _paint_colours(painter, area, number)

    def paint_unit_headers(self, painter: QPainter, geometry: AtlasGeometry) -> None:
        """Write unit numbers at the left of a matrix."""
        line = QFontMetricsF(painter.font()).height()
        left, top = geometry.header_size
        every = _round_step(line * geometry.ratio / geometry.grid.pitch_y)
        for unit in self.tiles:
            middle = geometry.tile_rect(unit).center().y()
            if unit % every == 0 and middle >= top:
                area = QRectF(
                    0, middle - line / 2, left - grown(painter, tokens.space("s")), line
                )
                painter.drawText(
                    area, Qt.AlignmentFlag.AlignRight, str(unit_number(unit))
                )

    def paint_input_headers(
        self, painter: QPainter, geometry: AtlasGeometry, names: tuple[str, ...]
    ) -> None:
        """Write input names, or numbers if there are none, above a matrix."""
        metrics = QFontMetricsF(painter.font())
        texts = {s: names[s] if names else str(unit_number(s)) for s in self.cells}
        longest = max(texts.values(), key=len, default="")
        widest = metrics.horizontalAdvance(longest) + grown(painter, tokens.space("m"))
        every = _round_step(widest / geometry.cell_size[0])
        for source, text in texts.items():
            middle = geometry.cell_rect(0, source).center().x()
            if source % every == 0 and middle >= geometry.header_size[0]:
                area = QRectF(middle - widest, 0, 2 * widest, metrics.height())
                painter.drawText(area, Qt.AlignmentFlag.AlignHCenter, text)

    def paint_numbers(
        self, painter: QPainter, geometry: AtlasGeometry, content: AtlasContent
    ) -> None:
        """Write each weight on its cell where there is space."""
        metrics = QFontMetricsF(painter.font())
        needed = metrics.horizontalAdvance("\N{MINUS SIGN}0.00000 ")
        width, height = geometry.cell_size
        too_many = len(self.tiles) * len(self.cells) > MAX_WRITTEN
        if self._colours is None or too_many or content.shape is not None:
            return
        if width < needed or height < metrics.height():
            return
        sign = -1 if content.negated else 1
        digits = decimals(content.limit)
        for place, unit in enumerate(self.tiles):
            for at, source in enumerate(self.cells):
                painter.setPen(text_colour_on(int(self._colours[place, at])))
                painter.drawText(
                    geometry.cell_rect(unit, source),
                    Qt.AlignmentFlag.AlignCenter,
                    fixed(sign * float(content.values[unit, source]), digits),
                )

    def paint_marks(
        self,
        painter: QPainter,
        geometry: AtlasGeometry,
        unit: int | None,
        source: int | None,
        colours: theme.Colours,
    ) -> None:
        """Frame the unit; ring its input, or that input of all visible units."""
        if unit is not None and unit in self.tiles:
            painter.setPen(
                QPen(
                    theme.colour(colours.selection),
                    grown(painter, tokens.stroke("line")),
                )
            )
            painter.drawRect(geometry.tile_rect(unit).adjusted(-1, -1, 1, 1))
        if source is None:
            return
        units = self.tiles if unit is None else range(unit, unit + 1)
        if len(units) <= MAX_MARKED:
            for marked in units:
                if marked in self.tiles:
                    paint_ring(painter, geometry.cell_rect(marked, source), colours)


def _paint_colours(painter: QPainter, area: QRectF, number: str) -> None:
    """Name the colour of each plane below, where there is room beside the number."""
    width = area.width() / len(COLOURS)
    advance = painter.fontMetrics().horizontalAdvance
    if width < 2 * advance(f"{number} ") + advance("M"):
        return
    for place, name in enumerate(COLOURS):
        above = QRectF(area.left() + place * width, area.top(), width, area.height())
        is_short = advance(name) > width - 2 * advance(f"{number} ")
        text = name[0].upper() if is_short else name
        painter.drawText(above, Qt.AlignmentFlag.AlignHCenter, text)


def paint_ring(painter: QPainter, cell: QRectF, colours: theme.Colours) -> None:
    """Ring a cell so that it stands out on blue, orange and the background."""
    least = grown(painter, tokens.length("atlas_picture.least_ring"))
    grow = max(1.0, (least - cell.width()) / 2)
    ring = cell.adjusted(-grow, -grow, grow, grow)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(
        QPen(theme.colour(colours.plane), grown(painter, tokens.stroke("casing")))
    )
    painter.drawRect(ring)
    painter.setPen(
        QPen(theme.colour(colours.selection), grown(painter, tokens.stroke("line")))
    )
    painter.drawRect(ring)


def _round_step(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, … that is at least `least`."""
    return next((step for step in _ROUND_STEPS if step >= least), _ROUND_STEPS[-1])
