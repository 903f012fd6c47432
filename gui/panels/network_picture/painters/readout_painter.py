"""The numbers of what is hovered or selected, in a box inside the picture."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from gui.panels.network_picture.scene.layout import Layout
from gui.panels.network_picture.scene.scene import Scene
from gui.session.selection import Selection
from gui.style import theme


def paint_readout(
    painter: QPainter, scene: Scene, lines: list[str], shown: QRectF
) -> QRectF:
    """Draw lines beside what they say, the first as a title; return the box."""
    plain = theme.figures_font(scene.font)
    bold = theme.figures_font(scene.font, bold=True)
    fonts = [bold] + [plain] * (len(lines) - 1)
    height = QFontMetricsF(plain).height()
    width = max(
        QFontMetricsF(font).horizontalAdvance(line)
        for font, line in zip(fonts, lines, strict=True)
    )
    box = box_place(scene.layout, shown, width + 20, height * len(lines) + 14)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setPen(QPen(scene.faint, 1))
    fill = scene.plane
    fill.setAlpha(238)
    painter.setBrush(fill)
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(scene.ink)
    for k, (font, line) in enumerate(zip(fonts, lines, strict=True)):
        painter.setFont(font)
        row = QRectF(box.x() + 10, box.y() + 7 + k * height, width + 2, height)
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, line)
    return box


def place_of(layout: Layout, chosen: Selection) -> QRectF:
    """Where a unit is drawn, or the unit that a weight or bias belongs to."""
    column = layout.columns[chosen.layer]
    width, y = column.right - column.left, column.y_of(chosen.unit)
    return QRectF(column.left, y, width, 0)


def box_place(layout: Layout, shown: QRectF, width: float, height: float) -> QRectF:
    """Below a large image, where nothing is hidden, else where least is.

    Args:
        layout: the picture.
        shown: what the box is about; without a width it is the mouse.
        width: of the box.
        height: of the box.
    """
    image = layout.image
    free = image is not None and image.width >= 150 and layout.zoom.factor == 1
    room = QRectF(2, 2, layout.width - 4, layout.height - 4)
    if image is not None and free and shown.width():
        below = QRectF(image.x, image.bottom + 20, width, height)
        return _moved_into(below, room)
    places = [
        QRectF(x, y, width, height)
        for y in (shown.y() + 16, shown.y() - 16 - height)
        for x in (shown.right() + 16, shown.left() - 16 - width)
    ]
    return min(
        (_moved_into(place, room) for place in places),
        key=lambda place: _hidden_by(place, layout, shown),
    )


def _moved_into(place: QRectF, room: QRectF) -> QRectF:
    x = max(min(place.x(), room.right() - place.width()), room.x())
    y = max(min(place.y(), room.bottom() - place.height()), room.y())
    return QRectF(x, y, place.width(), place.height())


def _hidden_by(
    place: QRectF, layout: Layout, shown: QRectF
) -> tuple[bool, float, float]:
    """Whether the thing itself, how much of the outputs, how much of all units."""
    columns = [
        QRectF(c.left, c.top, c.right - c.left, c.bottom - c.top)
        for c in layout.columns
    ]
    outputs = columns[-1].adjusted(0, 0, layout.bars.right - columns[-1].right(), 0)
    return (
        place.intersects(shown.adjusted(-1, -1, 1, 1)),
        _area(place & outputs),
        sum(_area(place & column) for column in columns),
    )


def _area(box: QRectF) -> float:
    return max(box.width(), 0.0) * max(box.height(), 0.0)
