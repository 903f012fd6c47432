"""A widget as it is seen, painted into an image, an SVG file or a PDF file."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPoint, QRect, QSize, QSizeF
from PySide6.QtGui import (
    QBrush,
    QImage,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPicture,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsView, QWidget

from core.values.errors import GlassboxError
from core.values.words import tr
from gui.style.number_format import count
from gui.style.picture_pass import PicturePass, painting
from gui.window.pictures.choice import SCALES
from gui.window.pictures.pdf_text import with_plain_figures
from gui.window.pictures.svg_text import with_plain_strokes

MOST_PIXELS: Final = 80_000_000
"""An image of so many takes 320 MB."""
POINTS_AN_INCH: Final = 72.0
_FLAGS: Final = QWidget.RenderFlag


class PictureError(GlassboxError):
    """A picture that is not made; the text says why, with the numbers."""


def pixels_of(size: QSize, scale: float) -> QSize:
    """Width and height of an image of a widget of that size."""
    return QSize(round(size.width() * scale), round(size.height() * scale))


def problem_of(size: QSize, scale: int) -> str:
    """Why no image of a widget of that size is made; empty where it is."""
    pixels = pixels_of(size, scale)
    number = pixels.width() * pixels.height()
    if number <= MOST_PIXELS:
        return ""
    fits = max((s for s in SCALES if _number(size, s) <= MOST_PIXELS), default=0)
    advice = tr("; {fits}x fits", fits=fits) if fits else ""
    return tr(
        "{size} are {number} pixels, and the most is {most_pixels}{advice}",
        size=size_text(pixels),
        number=count(number),
        most_pixels=count(MOST_PIXELS),
        advice=advice,
    )


def _number(size: QSize, scale: int) -> int:
    pixels = pixels_of(size, scale)
    return pixels.width() * pixels.height()


def size_text(size: QSize) -> str:
    """A size in words."""
    return f"{count(size.width())} \N{MULTIPLICATION SIGN} {count(size.height())}"


def as_image(widget: QWidget, one: PicturePass) -> QImage:
    """An image with `one.scale` pixels for each logical one.

    Raises:
        PictureError: it would be too large for the memory.
    """
    problem = problem_of(widget.size(), round(one.scale))
    if problem:
        raise PictureError(problem)
    size = pixels_of(widget.size(), one.scale)
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        msg = tr("there is no memory for {size} pixels", size=size_text(size))
        raise PictureError(msg)
    image.setDevicePixelRatio(one.scale)
    image.fill(0)
    flags = _FLAGS.DrawChildren
    if not one.is_transparent:
        flags |= _FLAGS.DrawWindowBackground
    with painting(one), _grounds_of(widget, one), QPainter(image) as painter:
        QWidget.render(widget, painter, QPoint(), widget.rect(), flags)
    if not one.is_transparent:
        # Half the file: nothing of it lets anything through.
        image = image.convertToFormat(QImage.Format.Format_RGB32)
    return image


def as_svg(widget: QWidget, one: PicturePass, title: str) -> bytes:
    """The text of an SVG file: text as text, lines as lines."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # Version 1.1 knows how to clip: what is scrolled out of sight is not to be seen.
    device = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    device.setOutputDevice(buffer)
    device.setResolution(widget.logicalDpiX())
    device.setSize(widget.size())
    device.setViewBox(widget.rect())
    device.setTitle(title)
    device.setDescription(tr("Made with Glassbox"))
    with painting(one), _grounds_of(widget, one), QPainter(device) as painter:
        _replay(widget, painter, one)
    return with_plain_strokes(bytes(buffer.data().data()).decode()).encode()


def as_pdf(widget: QWidget, one: PicturePass, title: str) -> bytes:
    """A PDF file of one page that is as large as the widget."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    device = QPdfWriter(buffer)
    dpi = widget.logicalDpiX()
    device.setResolution(dpi)
    device.setTitle(title)
    device.setCreator("Glassbox")
    size = QSizeF(widget.size()) * (POINTS_AN_INCH / dpi)
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    device.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", exact))
    device.setPageMargins(QMarginsF(0, 0, 0, 0))
    with painting(one), _grounds_of(widget, one), QPainter(device) as painter:
        _replay(widget, painter, one)
    return with_plain_figures(bytes(buffer.data().data()), widget.font())


def _replay(widget: QWidget, painter: QPainter, one: PicturePass) -> None:
    flags = _FLAGS(0) if one.is_transparent else _FLAGS.DrawWindowBackground
    _replay_tree(widget, painter, (QPoint(), widget.rect()), flags)


def _replay_tree(
    widget: QWidget,
    painter: QPainter,
    place: tuple[QPoint, QRect],
    flags: QWidget.RenderFlag,
) -> None:
    """Paint a widget, then its children over it, each within what is seen of it.

    Qt clips a child by a region of its own that files of lines know nothing of.
    """
    at, visible = place
    visible = visible.intersected(QRect(at, widget.size()))
    if visible.isEmpty():
        return
    alone = QPicture()
    with QPainter(alone) as onto:
        QWidget.render(widget, onto, QPoint(), widget.rect(), flags)
    painter.save()
    painter.setClipRect(visible)
    painter.translate(at)
    painter.drawPicture(0, 0, alone)
    painter.restore()
    for child in widget.children():
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            _replay_tree(child, painter, (at + child.pos(), visible), _FLAGS(0))


@contextmanager
def _grounds_of(widget: QWidget, one: PicturePass) -> Iterator[None]:
    """Nobody paints a ground of its own while the picture is to have none."""
    if not one.is_transparent:
        yield
        return
    parts = [widget, *widget.findChildren(QWidget)]
    filled = [part for part in parts if part.autoFillBackground()]
    views = [part for part in parts if isinstance(part, QGraphicsView)]
    brushes = [view.backgroundBrush() for view in views]
    for part in filled:
        part.setAutoFillBackground(False)
    for view in views:
        view.setBackgroundBrush(QBrush())
    try:
        yield
    finally:
        for part in filled:
            part.setAutoFillBackground(True)
        for view, brush in zip(views, brushes, strict=True):
            view.setBackgroundBrush(brush)
