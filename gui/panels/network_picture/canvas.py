"""The network picture as a widget: what is shown, painting, mouse and keys."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from gui.panels.network_picture.description import network_part
from gui.panels.network_picture.edges.edge_drawer import EdgeDrawer
from gui.panels.network_picture.edges.edge_request import DrawnEdges, EdgeRequest
from gui.panels.network_picture.edges.file_edges import FileEdges
from gui.panels.network_picture.hit_test import selection_at
from gui.panels.network_picture.painters.input_painter import (
    InputPicture,
    UnrollingPicture,
    paint_unrolling,
)
from gui.panels.network_picture.painters.output_painter import paint_outputs
from gui.panels.network_picture.painters.scale_painter import paint_lag
from gui.panels.network_picture.painters.selection_painter import (
    paint_edge,
    paint_unit_mark,
)
from gui.panels.network_picture.painters.static_layer import StaticLayer, paint_frame
from gui.panels.network_picture.painters.text_metrics import measures_of
from gui.panels.network_picture.painters.unit_painter import paint_units
from gui.panels.network_picture.readout import Readout, readout_of
from gui.panels.network_picture.scene.keyboard_navigation import (
    ARROWS,
    ENTERS,
    entered,
    neighbour,
)
from gui.panels.network_picture.scene.layout import Layout, Zoom, lay_out
from gui.panels.network_picture.scene.quantity import Quantity
from gui.panels.network_picture.scene.scene import Scene
from gui.panels.network_picture.scene.unit_maps import UnitMaps, UnitMapSource, has_maps
from gui.panels.network_picture.scene_source import SceneSource
from gui.panels.network_picture.tip_places import answers_of, spot_of
from gui.panels.network_picture.zooming import clamped, dragged, moved_place, zoomed
from gui.session.copied_numbers import copyings_of_selection
from gui.session.selection import Selection, is_weight
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.in_force import in_force
from gui.style.picture_pass import PicturePass, fill_ground, for_file, ratio_of
from gui.widgets.accessible.events import tell_current
from gui.widgets.accessible.parts import Part
from gui.widgets.copying.content import Copying
from gui.widgets.focus.focus_return import give_to_window
from gui.widgets.focus.key_policy import is_plain, zoom_of
from gui.widgets.tips.tip_watch import tell_again
from gui.widgets.tips.tip_window import keep_clear, tip_shown

DRAG_DISTANCE: Final = 5.0
REST_MILLISECONDS: Final = 120
KEY_ZOOM: Final = 1.25
LATE_MILLISECONDS: Final = 24
"""Longest wait of a new view for its edges, so that both are painted together."""


class NetworkCanvas(QWidget):
    """Draws a View; emits `selection_clicked` with a Selection or None.

    The edges are drawn by another thread. Everything else is painted together with them
    when they are done, or a moment later with the edges as they were when they are not
    ready: then an old picture of another size or zoom is scaled to its place. Until
    then it shows the view before, and so does whatever reads it out.
    """

    selection_clicked = Signal(object)
    # What can be done is asked for: a Selection, and where on the screen.
    menu_requested = Signal(object, object)
    # Whether it is zoomed in.
    zoom_changed = Signal(bool)
    # Another view is shown from now on.
    view_shown = Signal()
    # What is read of it may be something else.
    readout_changed = Signal()
    # Its columns are elsewhere.
    laid_out = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # From the input to the answer, whatever the language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMinimumSize(*tokens.lengths("canvas.least"))
        self.setMouseTracking(True)
        keep_clear(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._view: View | None = None
        self._shown: View | None = None
        self._quantity: Quantity = "weights"
        self._zoom = Zoom()
        self._edges = EdgeDrawer(self)
        self._edges.edges_drawn.connect(self._on_edges_drawn)
        self._unit_maps = UnitMapSource(self)
        self._unit_maps.maps_drawn.connect(self.update)
        self._unrolling = UnrollingPicture()
        self._input_picture = InputPicture()
        self._frame = StaticLayer()
        self._source = SceneSource()
        self._layout: Layout | None = None
        self._cursor: QPointF | None = None
        self._pressed_at: QPointF | None = None
        self._dragging = False
        self._moving = QTimer(self)
        self._moving.setSingleShot(True)
        self._moving.setInterval(REST_MILLISECONDS)
        self._moving.timeout.connect(self._refresh)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE_MILLISECONDS)
        self._late.timeout.connect(self.show_newest)

    @property
    def layout_shown(self) -> Layout | None:
        """The layout that is shown, for pointing at its parts."""
        return self._layout

    @property
    def shown(self) -> View | None:
        """The view whose numbers are painted, which may not be the newest yet."""
        return self._shown

    @property
    def edge_draws(self) -> int:
        """How often the edges have been drawn."""
        return self._edges.draws

    @property
    def is_settled(self) -> bool:
        """Whether the edges are those of the newest view, at this size and zoom."""
        if self._view is None or not self.isVisible():
            return True
        drawn = self._edges.is_settled and self._unit_maps.is_settled
        return drawn and not self._moving.isActive()

    @property
    def zoom(self) -> Zoom:
        return self._zoom

    @property
    def hovered(self) -> Selection | None:
        """The selection under the cursor."""
        if self._shown is None or self._cursor is None or self._dragging:
            return None
        return self._selection_at(self._cursor)

    def readout(self) -> Readout | None:
        """What there is to say of what is under the cursor, else of the selection."""
        if self._shown is None:
            return None
        chosen = self.hovered or self._shown.selection
        return None if chosen is None else readout_of(self._shown, chosen)

    def chosen_copyings(self, place: QPoint | None) -> list[Copying]:
        """The numbers of what is pointed at, or else selected."""
        view = self._shown
        chosen = None if view is None else view.selection
        if place is not None:
            chosen = self._selection_at(QPointF(self.mapFromGlobal(place)))
        if view is None or chosen is None:
            return []
        return copyings_of_selection(view, chosen)

    def described(self) -> Part:
        """The picture in words, for assistive technology."""
        return network_part(self._shown, self._layout)

    def set_view(self, view: View | None) -> None:
        old = self._view
        self._view = view
        is_other = view is None or old is None or _is_other_run(view, old)
        if is_other:
            self._zoom = Zoom()
            self.zoom_changed.emit(False)
            self._source.reset()
            self._unit_maps.reset()
        self._place()
        if is_other or (view and old and view.selection != old.selection):
            # A view before has no place in the layout of another network, and
            # what is chosen does not wait for edges.
            self.show_newest()
        self._refresh()

    def show_newest(self) -> None:
        """Paint the newest view, and have the same view read out beside it."""
        self._late.stop()
        old, self._shown = self._shown, self._view
        self.update()
        self.view_shown.emit()
        self.readout_changed.emit()
        self._retell()
        view = self._view
        if view is not None and (old is None or view.selection != old.selection):
            tell_current(self)

    def set_quantity(self, quantity: Quantity) -> None:
        self._quantity = quantity
        self._refresh()

    def reset_zoom(self) -> None:
        self._set_zoom(Zoom())

    def _move_zoom(self, zoom: Zoom) -> None:
        """A zoom step: edges are drawn again when zooming has stopped."""
        self._moving.start()
        self._set_zoom(zoom)

    def _set_zoom(self, zoom: Zoom) -> None:
        zoom = clamped(zoom, float(self.width()), float(self.height()))
        if zoom != self._zoom:
            self._zoom = zoom
            self.zoom_changed.emit(zoom.factor > 1)
            self._place()
            self.update()
            self._refresh()

    def _place(self) -> None:
        if self._view is None:
            self._layout = None
            return
        self._layout = lay_out(
            self._view.spec,
            self._view.run.dataset.image_shape,
            (float(self.width()), float(self.height())),
            measures_of(self._view, self.font(), float(self.width())),
            self._zoom,
            maps=has_maps(self._view),
        )
        self.laid_out.emit()

    def _selection_at(self, at: QPointF) -> Selection | None:
        if self._shown is None or self._layout is None:
            return None
        return selection_at(self._layout, self._shown, self._quantity, at.x(), at.y())

    def _refresh(self) -> None:
        """Request the edges where they changed, then paint."""
        view, layout = self._view, self._layout
        if view is None or layout is None or not self.isVisible():
            self.show_newest()
            return
        dark, ratio = theme.is_dark(self.palette()), self.devicePixelRatioF()
        self._unit_maps.want(view, layout, ratio=ratio, dark=dark)
        shown = self._edges_shown(layout)
        if self._moving.isActive() and shown is not None:
            # Building the edges is not worthwhile while size or zoom still changes.
            layout = shown.request.layout
            self.update()
        request = EdgeRequest(view, self._quantity, layout, ratio, in_force(dark=dark))
        if not self._edges.want(request):
            self.show_newest()
        elif not self._late.isActive():
            self._late.start()

    def _on_edges_drawn(self) -> None:
        self.show_newest()
        if not self._edges.is_settled:
            self._late.start()

    def _edges_shown(self, layout: Layout) -> DrawnEdges | None:
        """The last picture of the edges, if it has these columns."""
        drawn = self._edges.drawn
        if drawn is None:
            return None
        old = [column.count for column in drawn.request.layout.columns]
        return drawn if old == [c.count for c in layout.columns] else None

    def _paint_edges(self, painter: QPainter, layout: Layout, plane: QColor) -> None:
        drawn = self._edges_shown(layout)
        look = in_force(dark=theme.is_dark(self.palette()))
        if drawn is not None and drawn.request.look != look:
            drawn = None  # better no edges than those in the old colours
        if drawn is not None and drawn.request.layout == layout:
            painter.drawImage(0, 0, self._edges.image)
            return
        painter.fillRect(self.rect(), plane)
        if drawn is not None:
            old = drawn.request.layout
            painter.drawImage(moved_place(old, layout), self._edges.image)

    def _scene(self, view: View, layout: Layout, edges: DrawnEdges | None) -> Scene:
        self._source.maps = self._maps(view)
        return self._source.scene(
            view,
            layout,
            edges,
            quantity=self._quantity,
            widget=self,
            hovered=self.hovered,
        )

    def _maps(self, view: View) -> UnitMaps | None:
        """The responses over the plane, if they are of this network."""
        maps = self._unit_maps.maps
        fitting = maps is not None and maps.request.spec == view.spec
        return maps if fitting and has_maps(view) else None

    def _paint_parts(self, painter: QPainter, scene: Scene) -> None:
        """The units and what is selected or hovered, edges below and rings above."""
        marked = [s for s in (scene.view.selection, scene.hovered) if s is not None]
        for selection in marked:
            if is_weight(selection):
                paint_edge(painter, scene, selection)
        ratio = ratio_of(self.devicePixelRatioF())
        self._input_picture.paint(painter, scene, ratio)
        paint_units(painter, scene)
        paint_outputs(painter, scene)
        for selection in marked:
            if not is_weight(selection):
                paint_unit_mark(painter, scene, selection)

    def _paint(self, painter: QPainter) -> None:
        dark = theme.is_dark(self.palette())
        plane = theme.colour(theme.colours(dark=dark).plane)
        view, layout = self._shown, self._layout
        if view is None or layout is None:
            fill_ground(painter, self.rect(), plane)
            return
        one = for_file()
        if one is not None:
            self._paint_for_file(painter, (view, layout), one)
            return
        self._paint_edges(painter, layout, plane)
        ratio = self.devicePixelRatioF()
        self._unrolling.paint(painter, layout, ratio, dark=dark)
        scene = self._scene(view, layout, self._edges_shown(layout))
        self._paint_parts(painter, scene)
        self._frame.paint(painter, scene, ratio)
        if self._edges.is_behind:
            paint_lag(painter, scene, self._edges_shown(layout))

    def _paint_for_file(
        self, painter: QPainter, shown: tuple[View, Layout], one: PicturePass
    ) -> None:
        """All of it anew: nothing of this step is behind, or kept for the screen."""
        view, layout = shown
        dark = theme.is_dark(self.palette())
        request = EdgeRequest(view, self._quantity, layout, 1.0, in_force(dark=dark))
        edges = FileEdges(request, one)
        scene = self._scene(view, layout, edges.drawn)
        fill_ground(painter, self.rect(), scene.plane)
        edges.paint(painter)
        painter.save()
        paint_unrolling(painter, layout, dark=dark)
        painter.restore()
        self._paint_parts(painter, scene)
        paint_frame(painter, scene)

    def tip_at(self, point: QPointF) -> str:
        """All numbers of what is pointed at; the panel's header has the first ones."""
        pointed = self._selection_at(point)
        if self._shown is None or pointed is None or self._dragging:
            return ""
        return "\n".join(readout_of(self._shown, pointed).lines)

    def tip_rect(self, point: QPointF) -> QRect:
        """What the tip of a place explains: the unit, or where its edge is."""
        pointed = self._selection_at(point)
        return spot_of(self._layout, pointed, point)

    def keeps_clear(self) -> QRect:
        """The outputs with their names and bars, which no tip covers."""
        return answers_of(self._layout)

    def _retell(self) -> None:
        """A tip that is up says the numbers of the view that is painted."""
        tip = tip_shown()
        if tip is not None and tip.about is self:
            tell_again()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._place()
            self.update()
            self._refresh()

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self._move_zoom(zoomed(self._zoom, 1 + event.value(), event.position()))
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._refresh()
        return super().event(event)

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key begins a selection, or goes from it to its neighbour."""
        chosen = self._view.selection if self._view is not None else None
        key = Qt.Key(event.key())
        goes = self._view is not None and key in ARROWS
        goes = goes or (chosen is not None and key in ENTERS)
        return zoom_of(event) != 0 or (is_plain(event) and goes)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        selection = self._selection_at(QPointF(event.pos()))
        if by_key:
            selection = None if self._view is None else self._view.selection
        if selection is not None:
            self.menu_requested.emit(selection, event.globalPos())

    def hideEvent(self, event: QHideEvent) -> None:
        self._edges.give_up()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self._view.selection if self._view is not None else None
        if event.key() == Qt.Key.Key_Escape:
            if chosen is None:
                give_to_window(self.window())
            self.selection_clicked.emit(None)
            return
        if zoom_of(event):
            middle = QPointF(self.rect().center())
            self._move_zoom(zoomed(self._zoom, KEY_ZOOM ** zoom_of(event), middle))
            return
        if self._view is not None:
            key = Qt.Key(event.key())
            moved = neighbour(self._view.spec, chosen, key)
            if key in ENTERS and chosen is not None:
                moved = entered(self._view, chosen)
            if moved is not None:
                self.selection_clicked.emit(moved)
                return
        super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._cursor = None
        self.update()
        self.readout_changed.emit()
        super().leaveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._selection_at(event.position()) is None or self._zoom != Zoom():
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
        self.readout_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = self._cursor = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clicked = self._pressed_at is not None and not self._dragging
        self._pressed_at = None
        self._dragging = False
        if clicked and event.button() == Qt.MouseButton.LeftButton:
            selection = self._selection_at(event.position())
            if selection is None:
                # Empty ground: the arrows steer the training again.
                give_to_window(self.window())
            self.selection_clicked.emit(selection)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            self._paint(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        zoom = clamped(self._zoom, float(self.width()), float(self.height()))
        self._zoom = zoom
        self._place()
        self._moving.start()
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        self._move_zoom(zoomed(self._zoom, 1.2**steps, event.position()))
        event.accept()


def _is_other_run(view: View, old: View) -> bool:
    # A run with a changed learning rate is a new value, but the same run.
    return (view.run.run_id, view.spec) != (old.run.run_id, old.spec)
