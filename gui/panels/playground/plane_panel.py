"""The plane: the network's output everywhere, its boundary, and the points."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.playground import PLANE
from gui.panels.playground.brush import Brush, shown_points
from gui.panels.playground.class_legend import ClassLegend
from gui.panels.playground.description import answer_text
from gui.panels.playground.line_canvas import LineCanvas
from gui.panels.playground.paint_bar import PaintBar
from gui.panels.playground.plane_canvas import PlaneCanvas
from gui.runtime.layout_items import nest
from gui.session.document.document import ExperimentDocument
from gui.session.example_point import example_near, free_example, point_of
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.widgets.eliding_label import ElidingLabel
from gui.widgets.pictures.signed_scale_bar import SignedScaleBar
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.scaled_margins import ScaledMargins, ScaledSpacing
from gui.widgets.segmented_control import Segment

NOTHING_YET = tr("No network yet. Start a run to see it here.")
NO_POINTS = tr("The plane is shown for data of points")
PRESET = "spiral"
POINTS = tr("Two classes in a spiral, which no straight line parts")
CHOOSE_POINTS = tr("Begin with the spiral")


class PlanePanel(Panel):
    """Regions, confidence and points; a click shows a point in the network."""

    entry: ClassVar[PanelEntry] = PLANE
    in_step = True
    yields_to_training = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: ExperimentDocument | None = None
        self._content = QWidget(self)
        self.canvas = PlaneCanvas(self._content)
        self.canvas.point_hovered.connect(self._on_canvas_point_hovered)
        self.canvas.point_clicked.connect(self._on_canvas_point_clicked)
        self.canvas.point_moved.connect(self._on_canvas_point_moved)
        self.canvas.painted_at.connect(self._on_canvas_painted_at)
        self.canvas.stroke_ended.connect(self._on_canvas_stroke_ended)
        self._hovered: tuple[float, ...] | None = None
        self.line = LineCanvas(self._content)
        self.line.x_hovered.connect(self._on_line_x_hovered)
        self.line.x_clicked.connect(self._on_line_x_clicked)
        self.line.answers_drawn.connect(self._show_readout)
        self.canvas.picture_drawn.connect(self._on_canvas_picture_drawn)
        self._legend = ClassLegend(self._content)
        self._scale = SignedScaleBar(self._content)
        # One of the pictures, or both would ask for room before the first view.
        for other in (self.line, self._scale):
            other.hide()
        self._readout = self._line_of_figures()
        self._line_error = self._line_of_figures()
        column = QVBoxLayout(self._content)
        pad = tokens.space("panel_pad")
        ScaledMargins(column, (pad, 0, pad, tokens.space("s")), self._content)
        column.setSpacing(tokens.space("xs"))
        nest(column, self._switches())
        self.paint_bar = PaintBar(self._content)
        self.paint_bar.undo_requested.connect(self._on_paint_bar_undo_requested)
        self.paint_bar.clear_requested.connect(self._on_paint_bar_clear_requested)
        self.paint_bar.hide()
        column.addWidget(self.paint_bar)
        self._brush = Brush()
        column.addWidget(self.canvas, 1)
        column.addWidget(self.line, 1)
        column.addWidget(self._legend)
        column.addWidget(self._scale)
        column.addWidget(self._readout)
        column.addWidget(self._line_error)
        self._stack = PlaceholderLayout(self, self._content)
        self._stack.show_reason(NOTHING_YET)
        self._stack.act_requested.connect(self._on_stack_act_requested)

    def _line_of_figures(self) -> ElidingLabel:
        label = ElidingLabel(self._content)
        label.setFont(theme.figures_font(label.font()))
        return label

    def _on_stack_act_requested(self) -> None:
        self.preset_requested.emit(PRESET)

    def set_document(self, document: ExperimentDocument) -> None:
        self._document = document

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (), (self._test, self._discrete, self.paint)

    def _switches(self) -> QHBoxLayout:
        row = QHBoxLayout()
        ScaledSpacing(row, tokens.space("m"), self)
        self._test = self._switch(
            tr("Test points"), tr("Show the test points too, as rings")
        )
        self._test.toggled.connect(self._on_test_toggled)
        self._discrete = self._switch(
            tr("Discrete"), tr("Show classes only, without the network's confidence")
        )
        self._discrete.toggled.connect(self._on_discrete_toggled)
        self.paint = Segment(tr("Paint"), self._content, has_tray=False)
        self.paint.setToolTip(
            tr(
                "Paint points with the mouse; the right button erases. They are part "
                "of the experiment and are saved with it."
            )
        )
        self.paint.clicked.connect(self._on_paint_clicked)
        row.addWidget(self._test)
        row.addWidget(self._discrete)
        row.addStretch(1)
        row.addWidget(self.paint)
        return row

    def _switch(self, text: str, tip: str) -> QCheckBox:
        box = QCheckBox(text, self._content)
        box.setToolTip(tip)
        return box

    def draw(self, view: View | None) -> None:
        space = None if view is None else view.run.dataset.space
        if view is None or space is None:
            if view is None:
                self._stack.show_reason(NOTHING_YET)
            else:
                offer = (NO_POINTS, POINTS, CHOOSE_POINTS)
                self._stack.show_offer("chart-scatter", *offer)
            self.canvas.set_view(None)
            self.line.set_view(None)
            return
        self._stack.show_content()
        on_line = space.n_coordinates == 1
        has_classes = view.run.dataset.has_classes
        for widget, wanted in (
            (self.line, on_line),
            (self._line_error, on_line),
            (self.canvas, not on_line),
            (self._discrete, not on_line),
            (self._legend, has_classes and not on_line),
            (self._scale, not has_classes and not on_line),
        ):
            if widget.isHidden() == wanted:
                widget.setVisible(wanted)
        self._legend.set_names(view.run.dataset.class_names)
        self.paint.setVisible(has_classes and not on_line)
        if self.paint.isChecked():
            self._follow(view)
        self.canvas.set_view(None if on_line else view)
        self.line.set_view(view if on_line else None)
        self._show_readout()

    def _show_readout(self) -> None:
        view = self.view
        if view is None or view.run.dataset.space is None:
            return
        self._line_error.setText(self.line.error_text)
        point = self._hovered or point_of(view.run.dataset, view.example)
        if point is None:
            self._readout.setText("")
            return
        picture = self.line if len(point) == 1 else self.canvas
        # What is read off the picture is of its step, which may not be the newest yet;
        # the example's own answer is the one that stands beside the network.
        of = view if self._hovered is None else picture.shown or view
        self._readout.setText(answer_text(of, point))

    def _follow(self, view: View) -> None:
        """Take over points from elsewhere: another data set, or an undone edit."""
        dataset = view.run.dataset
        if not dataset.has_classes or self.canvas.isHidden():
            self._paint_with(on=False)
        elif self._brush.take(dataset, view.run.experiment.data.inputs):
            self._show_painted()

    def _paint_with(self, *, on: bool) -> None:
        self.paint.setChecked(on)
        self.paint_bar.setVisible(on)
        if not on or self.view is None:
            self.canvas.set_painted(None)
            return
        self._brush = Brush()
        view = self.view
        self._brush.take(view.run.dataset, view.run.experiment.data.inputs)
        self._show_painted()

    def _show_painted(self) -> None:
        if self.view is not None:
            self.canvas.set_painted(
                shown_points(self.view.run.dataset, self._brush.now)
            )
        self.paint_bar.undo.setEnabled(self._brush.can_undo)

    def _send_painted(self) -> None:
        self._show_painted()
        if self._brush.now.is_enough:
            self._brush.sent = self._brush.now.points
            self.values_edited.emit(self._brush.now.values())

    def _on_paint_clicked(self, on: bool) -> None:
        self._paint_with(on=on)

    def _on_paint_bar_undo_requested(self) -> None:
        painted = self._brush.now.points
        self._brush.undo()
        if self._document is not None and self._document.undo_points(painted):
            # The same undo as Ctrl+Z: its run comes back with the points before.
            self._brush.sent = self._brush.now.points
            self._show_painted()
        else:
            self._send_painted()

    def _on_paint_bar_clear_requested(self) -> None:
        self._brush.clear()
        self._show_painted()

    def _on_canvas_painted_at(self, point: tuple[float, float], erases: bool) -> None:
        if self._brush.paint(point, self.paint_bar.label, erases=erases):
            self._show_painted()

    def _on_canvas_stroke_ended(self) -> None:
        self._brush.end_stroke()
        self._send_painted()

    def _on_test_toggled(self, on: bool) -> None:
        self.canvas.set_with_test(on=on)

    def _on_discrete_toggled(self, on: bool) -> None:
        self.canvas.set_discrete(on=on)

    def _on_canvas_point_hovered(self, point: tuple[float, float] | None) -> None:
        self._hovered = point
        self._show_readout()

    def _on_canvas_picture_drawn(self) -> None:
        self._show_readout()
        if self.canvas.picture is not None:
            self._scale.set_limit(self.canvas.picture.limit)

    def _on_line_x_hovered(self, x: float | None) -> None:
        self._hovered = None if x is None else (x,)
        self._show_readout()

    def _on_line_x_clicked(self, x: float) -> None:
        if self.view is not None:
            self.example_chosen.emit(free_example(self.view.run.dataset, (x,)))

    def _on_canvas_point_clicked(self, point: tuple[float, float]) -> None:
        if self.view is not None:
            dataset = self.view.run.dataset
            test = self._test.isChecked()
            self.example_chosen.emit(example_near(dataset, point, test=test))

    def _on_canvas_point_moved(self, point: tuple[float, float]) -> None:
        if self.view is not None:
            self.example_chosen.emit(free_example(self.view.run.dataset, point))
