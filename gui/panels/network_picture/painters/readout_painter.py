"""The numbers of what is hovered or selected, in a box inside the picture."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from gui.panels.network_picture.scene.layout import Layout
from gui.panels.network_picture.scene.scene import Scene
from gui.session.selection import Selection
from gui.style import theme


def paint_readout(
    painter: QPainter, scene: Scene, lines: list[str], at: QPointF
) -> QRectF:
    """Draw lines beside a point, the first one as a title; return the box."""
    plain = theme.figures_font(scene.font)
    bold = theme.figures_font(scene.font, bold=True)
    fonts = [bold] + [plain] * (len(lines) - 1)
    height = QFontMetricsF(plain).height()
    width = max(
        QFontMetricsF(font).horizontalAdvance(line)
        for font, line in zip(fonts, lines, strict=True)
    )
    box = _placed(scene, at, width + 20, height * len(lines) + 14)
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


def readout_place(layout: Layout, chosen: Selection) -> QPointF:
    """Below the image, where nothing is covered, else beside the unit."""
    image = layout.image
    if image is not None and image.width >= 150 and layout.zoom.factor == 1:
        return QPointF(image.x - 16, image.bottom + 4)
    column = layout.columns[chosen.layer]
    return QPointF(column.right, column.y_of(chosen.unit))


def _placed(scene: Scene, at: QPointF, width: float, height: float) -> QRectF:
    layout = scene.layout
    x, y = at.x() + 16, at.y() + 16
    if x + width > layout.width - 2:
        x = at.x() - 16 - width
    if y + height > layout.height - 2:
        y = at.y() - 16 - height
    return QRectF(max(x, 2.0), max(y, 2.0), width, height)
