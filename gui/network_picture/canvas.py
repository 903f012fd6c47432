"""The network picture as a widget: what is shown, painting, mouse and keys."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.network_picture.edge_picture import EdgePicture, Focus
from gui.network_picture.hit import thing_at
from gui.network_picture.input_painter import paint_input
from gui.network_picture.layout import Layout, Measures, Zoom, lay_out
from gui.network_picture.output_painter import MARK, paint_outputs
from gui.network_picture.quantity import Quantity, edge_values
from gui.network_picture.readout import readout_lines
from gui.network_picture.readout_painter import paint_readout
from gui.network_picture.scale_painter import paint_headers, paint_scales
from gui.network_picture.scene import Scene
from gui.network_picture.scene_source import SceneSource
from gui.network_picture.selection_painter import (
    paint_edge,
    paint_edge_value,
    paint_unit_mark,
)
from gui.network_picture.steps import neighbour
from gui.network_picture.unit_painter import paint_units
from gui.network_picture.zooming import clamped, dragged, zoomed
from gui.selection import Selection
from gui.view_state import View

DRAG_DISTANCE: Final = 5.0
REST_MILLISECONDS: Final = 120


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """What the edge image shows; values are compared by identity."""

    values: tuple[object, ...]
    focus: Selection | None
    quantity: Quantity
    dark: bool
    layout: Layout
    ratio: float

    def same(self, other: "_Drawn | None") -> bool:
        if other is None or len(self.values) != len(other.values):
            return False
        pairs = zip(self.values, other.values, strict=True)
        return all(a is b for a, b in pairs) and (
            (self.focus, self.quantity, self.dark, self.layout, self.ratio)
            == (other.focus, other.quantity, other.dark, other.layout, other.ratio)
        )


class NetworkCanvas(QWidget):
    """Draws a View; emits `thing_clicked` with a Selection or None.

    The edges are drawn in the paint event, so however many views arrive between two
    screen frames, they are drawn once, and not at all when nothing in them changed.
    """

    thing_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(220, 160)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._view: View | None = None
        self._quantity: Quantity = "weights"
        self._zoom = Zoom()
        self._edges = EdgePicture()
        self._drawn: _Drawn | None = None
        self._source = SceneSource()
        self._layout: Layout | None = None
        self._cursor: QPointF | None = None
        self._pressed_at: QPointF | None = None
        self._dragging = False
        self._moving = QTimer(self)
        self._moving.setSingleShot(True)
        self._moving.setInterval(REST_MILLISECONDS)
        self._moving.timeout.connect(self.update)
        self.edge_draws = 0

    @property
    def layout_shown(self) -> Layout | None:
        """Where things are, for whoever points at them."""
        return self._layout

    @property
    def zoom(self) -> Zoom:
        return self._zoom

    @property
    def hovered(self) -> Selection | None:
        """What lies under the cursor."""
        if self._view is None or self._cursor is None or self._dragging:
            return None
        return self._thing(self._cursor)

    def readout(self) -> list[str]:
        """The lines shown for what is hovered, else for the selection."""
        if self._view is None:
            return []
        chosen = self.hovered or self._view.selection
        return [] if chosen is None else readout_lines(self._view, chosen)

    def set_view(self, view: View | None) -> None:
        old = self._view
        self._view = view
        if view is None or old is None or view.run is not old.run:
            self._zoom = Zoom()
            self._source.reset()
            self._edges.reset_scales()
        self._place()
        self.update()

    def set_quantity(self, quantity: Quantity) -> None:
        if quantity != self._quantity:
            self._quantity = quantity
            self._edges.reset_scales()
            self.update()

    def reset_zoom(self) -> None:
        self._set_zoom(Zoom())

    def _move_zoom(self, zoom: Zoom) -> None:
        """A zoom that more will follow: edges are drawn anew when it comes to rest."""
        self._moving.start()
        self._set_zoom(zoom)

    def _set_zoom(self, zoom: Zoom) -> None:
        zoom = clamped(zoom, float(self.width()), float(self.height()))
        if zoom != self._zoom:
            self._zoom = zoom
            self._place()
            self.update()

    def _place(self) -> None:
        if self._view is None:
            self._layout = None
            return
        dataset = self._view.run.dataset
        metrics = QFontMetricsF(theme.figures_font(self.font(), scale=1.15, bold=True))
        names = [metrics.horizontalAdvance(n) for n in dataset.class_names]
        inputs = 0.0
        if dataset.image_shape is None and self._view.spec.n_inputs <= 30:
            inputs = max(
                metrics.horizontalAdvance(dataset.input_name(k))
                for k in range(self._view.spec.n_inputs)
            )
        figure = metrics.horizontalAdvance("100.0 %") + MARK + 22
        measures = Measures(metrics.height(), max(names), figure, inputs)
        size = (float(self.width()), float(self.height()))
        shape = dataset.image_shape
        self._layout = lay_out(self._view.spec, shape, size, measures, self._zoom)

    def _thing(self, at: QPointF) -> Selection | None:
        if self._view is None or self._layout is None:
            return None
        return thing_at(self._layout, self._view, self._quantity, at.x(), at.y())

    def _draw_edges(self, view: View, layout: Layout) -> None:
        dark = theme.is_dark(self.palette())
        count = view.spec.n_layers
        parts: tuple[object, ...] = view.params
        if self._quantity == "nudges":
            parts = (view.snapshot.gradient,)
        elif self._quantity == "signal":
            parts = (view.params, *(view.trace.layer(k) for k in range(count)))
        ratio = self.devicePixelRatioF()
        focus = view.selection
        key = _Drawn(parts, focus, self._quantity, dark, layout, ratio)
        if key.same(self._drawn):
            return
        if self._drawn is not None and self._drawn.focus != focus:
            self._edges.reset_scales()
        self._drawn = key
        self.edge_draws += 1
        self._edges.set_layout(layout, ratio)
        values = [edge_values(view, self._quantity, k + 1) for k in range(count)]
        self._edges.draw(values, _focuses(focus, count), dark=dark)

    def _old_image_place(self) -> QRectF:
        """Where the last image of the edges belongs at the present zoom."""
        old = self._drawn.layout.zoom if self._drawn is not None else Zoom()
        change = self._zoom.factor / old.factor
        x, y = self._zoom.dx - old.dx * change, self._zoom.dy - old.dy * change
        return QRectF(x, y, self.width() * change, self.height() * change)

    def _scene(self, view: View, layout: Layout) -> Scene:
        return self._source.scene(
            view,
            layout,
            self._edges,
            quantity=self._quantity,
            widget=self,
            hovered=self.hovered,
        )

    def _paint_things(self, painter: QPainter, scene: Scene) -> None:
        chosen = scene.view.selection
        things = [t for t in (chosen, scene.hovered) if t is not None]
        for thing in things:
            if thing.kind == "weight":
                paint_edge(painter, scene, thing)
        paint_input(painter, scene)
        paint_units(painter, scene)
        paint_outputs(painter, scene)
        for thing in things:
            paint_unit_mark(painter, scene, thing)
        if chosen is not None and chosen.kind == "weight":
            paint_edge_value(painter, scene, chosen)

    def _paint_frame(self, painter: QPainter, scene: Scene) -> None:
        """Headers and scales stand still while the stage is zoomed."""
        stage = scene.layout.stage
        below = self.height() - stage.bottom
        if scene.layout.zoom.factor > 1:
            painter.fillRect(QRectF(0, 0, self.width(), stage.y - 4), scene.plane)
            painter.fillRect(
                QRectF(0, stage.bottom + 4, self.width(), below), scene.plane
            )
        paint_headers(painter, scene)
        paint_scales(painter, scene)

    def _paint_readout(self, painter: QPainter, scene: Scene) -> None:
        hovered, chosen = scene.hovered, scene.view.selection
        if hovered is not None and self._cursor is not None:
            lines = readout_lines(scene.view, hovered)
            paint_readout(painter, scene, lines, self._cursor)
        elif chosen is not None and chosen.kind != "weight":
            lines = readout_lines(scene.view, chosen)
            paint_readout(painter, scene, lines, _readout_place(scene.layout, chosen))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._place()
            self.update()

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self._move_zoom(zoomed(self._zoom, 1 + event.value(), event.position()))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self._view.selection if self._view is not None else None
        if event.key() == Qt.Key.Key_Escape and chosen is not None:
            self.thing_clicked.emit(None)
            return
        if self._view is not None:
            moved = neighbour(self._view.spec, chosen, Qt.Key(event.key()))
            if moved is not None:
                self.thing_clicked.emit(moved)
                return
        super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._cursor = None
        self.update()
        super().leaveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._thing(event.position()) is None or self._zoom != Zoom():
            self.reset_zoom()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed_at is not None and self._cursor is not None:
            far = (at - self._pressed_at).manhattanLength() > DRAG_DISTANCE
            self._dragging = self._dragging or far
            if self._dragging:
                self._move_zoom(dragged(self._zoom, at - self._cursor))
        self._cursor = at
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = self._cursor = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clicked = self._pressed_at is not None and not self._dragging
        self._pressed_at = None
        self._dragging = False
        if clicked and event.button() == Qt.MouseButton.LeftButton:
            self.thing_clicked.emit(self._thing(event.position()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        plane = theme.plane_colour(dark=theme.is_dark(self.palette()))
        view, layout = self._view, self._layout
        if view is None or layout is None:
            painter.fillRect(self.rect(), theme.colour(plane))
            return
        if self._moving.isActive() and self._drawn is not None:
            painter.fillRect(self.rect(), theme.colour(plane))
            painter.drawImage(self._old_image_place(), self._edges.image)
        else:
            self._draw_edges(view, layout)
            painter.drawImage(0, 0, self._edges.image)
        scene = self._scene(view, layout)
        self._paint_things(painter, scene)
        self._paint_frame(painter, scene)
        self._paint_readout(painter, scene)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        zoom = clamped(self._zoom, float(self.width()), float(self.height()))
        self._zoom = zoom
        self._place()

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        self._move_zoom(zoomed(self._zoom, 1.2**steps, event.position()))
        event.accept()


def _readout_place(layout: Layout, chosen: Selection) -> QPointF:
    """Below the image, where nothing is covered, else beside the unit."""
    image = layout.image
    if image is not None and image.width >= 150 and layout.zoom.factor == 1:
        return QPointF(image.x - 16, image.bottom + 4)
    column = layout.columns[chosen.layer]
    return QPointF(column.right, column.y_of(chosen.unit))


def _focuses(chosen: Selection | None, n_layers: int) -> list[Focus | None]:
    """What stays bright in each gap when a unit is selected."""
    focuses: list[Focus | None] = [None] * n_layers
    if chosen is None or chosen.kind != "unit":
        return focuses
    return [
        Focus(
            chosen.unit if k + 1 == chosen.layer else None,
            chosen.unit if k == chosen.layer else None,
        )
        for k in range(n_layers)
    ]
