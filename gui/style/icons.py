"""The bundled Lucide icons, drawn in the colours of a theme."""

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from core.platform.asset_files import asset_path
from core.values.words import tr
from gui.style import theme, tokens
from gui.style.picture_pass import ratio_of

FILLED: Final = frozenset({"play", "pause"})
"""Drawn as a solid shape, because they are the one thing to press."""
SIDE: Final = 24.0


@cache
def _template(name: str) -> str:
    stroke = tokens.values()["icon"]["stroke"]
    text = asset_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', f'stroke-width="{stroke}"')


def svg_text(name: str, rgb: theme.Rgb) -> str:
    """An icon's file in one colour."""
    colour = theme.colour(rgb).name()
    text = _template(name).replace("currentColor", colour)
    return text.replace('fill="none"', f'fill="{colour}"') if name in FILLED else text


def pixmap(name: str, rgb: theme.Rgb, side: float, *, alpha: float = 1.0) -> QPixmap:
    """An icon with `side` logical pixels, sharp on the finest screen."""
    screens = QGuiApplication.screens()
    ratio = ratio_of(max((s.devicePixelRatio() for s in screens), default=1.0))
    pixels = max(1, round(side * ratio))
    key = tr(
        "glassbox {name} {rgb} {pixels} {ratio} {alpha}",
        name=name,
        rgb=rgb,
        pixels=pixels,
        ratio=ratio,
        alpha=alpha,
    )
    drawn = QPixmap()
    if QPixmapCache.find(key, drawn):
        return drawn
    drawn = QPixmap(QSize(pixels, pixels))
    drawn.fill(Qt.GlobalColor.transparent)
    with QPainter(drawn) as painter:
        painter.setOpacity(alpha)
        renderer = QSvgRenderer(QByteArray(svg_text(name, rgb).encode()))
        renderer.render(painter, QRectF(0, 0, pixels, pixels))
    drawn.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


def icon(
    name: str,
    rgb: theme.Rgb,
    side: float,
    *,
    chosen: theme.Rgb | None = None,
    fades: bool = True,
) -> QIcon:
    """An icon in its colour.

    Args:
        name: of a file in assets/icons.
        rgb: its colour.
        side: its size in logical pixels.
        chosen: its colour where it stands for what is chosen, if that is another one.
        fades: whether what it stands for can be disabled.
    """
    made = QIcon(pixmap(name, rgb, side))
    if fades:
        faded = pixmap(name, rgb, side, alpha=tokens.opacity("disabled"))
        made.addPixmap(faded, QIcon.Mode.Disabled)
    if chosen is not None:
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):
            made.addPixmap(pixmap(name, chosen, side), mode, QIcon.State.On)
    return made
