"""The loss over a plane through the weights, with the path of training."""

import time
from collections.abc import Sequence
from typing import ClassVar, Final

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from core.protocol.jobs import JobAdvanced, JobEnded
from core.protocol.side_jobs.landscape import Landscape, LandscapeRequest, PlaneKind
from core.values.parameter import Parameter
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.landscape import LANDSCAPE
from gui.panels.landscape.texts import (
    end_texts,
    gap_text,
    loss_unit,
    measure_text,
    missing_text,
    share_text,
    weight_labels,
)
from gui.runtime.layout_items import nest
from gui.session.jobs import JobSlot
from gui.session.selection import Selection
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.widgets.icon_button import IconButton
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.plots.contour_map import ContourMap
from gui.widgets.plots.field import Field, PathLine
from gui.widgets.plots.surface_view import SurfaceView
from gui.widgets.scaled_margins import ScaledMargins
from gui.widgets.segmented_control import SegmentedControl

NO_RUN: Final = tr("No network yet: the loss around its weights appears here.")
WAITING: Final = tr("Computing the loss around the weights \N{HORIZONTAL ELLIPSIS}")
KINDS: Final[tuple[PlaneKind, ...]] = ("path", "random", "weights")
PLANES: Final = (
    (tr("Path"), tr("The two directions in which training has moved the weights most")),
    (
        tr("Random"),
        tr(
            "Two random directions, as long as the weights of each unit (Li et al. "
            "2018)"
        ),
    ),
    (
        tr("Two weights"),
        tr("The two weights that were selected last; all others stay fixed"),
    ),
)
SHAPES: Final = (
    (tr("Map"), tr("Contours, seen from above")),
    (tr("Surface"), tr("In space; drag to turn")),
)
FOLLOWING: Final = 41
RESTING: Final = 81
ZOOM: Final = 1.25
SHORTEST_PAUSE: Final = 1.0
SHARE_OF_TIME: Final = 0.15
"""Share of the runner's time while it trains."""


class LandscapePanel(Panel):
    """Requests a new landscape when the weights have changed, and draws the newest."""

    entry: ClassVar[PanelEntry] = LANDSCAPE

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = JobSlot()
        self._asked: tuple[object, ...] = ()
        self._asked_at = 0.0
        self._landscape: Landscape | None = None
        self._zoom = 1.0
        self._seed = 0
        self._weights: tuple[Parameter, ...] = ()
        self._run_id = 0
        self._build()
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.timeout.connect(self._on_due_timeout)

    def _build(self) -> None:
        self._content = QWidget(self)
        self.planes = SegmentedControl(PLANES, self._content, name=tr("Plane"))
        self.planes.segment_chosen.connect(self._on_planes_chosen)
        self.shapes = SegmentedControl(SHAPES, self._content, name=tr("View"))
        self.shapes.segment_chosen.connect(self._on_shapes_chosen)
        self.log_box = QCheckBox(tr("Log"), self._content)
        self.log_box.setToolTip(tr("Logarithmic scale for colours and heights"))
        self.log_box.toggled.connect(self._on_log_toggled)
        self.map = ContourMap(self._content)
        self.surface = SurfaceView(self._content)
        for view in (self.map, self.surface):
            view.zoom_requested.connect(self._on_zoom_requested)
        self.share, self.measure = self._line(), self._line()
        self._pictures = QStackedLayout()
        self._pictures.addWidget(self.map)
        self._pictures.addWidget(self.surface)
        column = QVBoxLayout(self._content)
        pad = tokens.space("panel_pad")
        column.setContentsMargins(0, 0, 0, tokens.space("s"))
        column.setSpacing(tokens.space("xs"))
        # What the header takes, where the panel has one.
        above = QHBoxLayout()
        for widget in (self.planes, self.shapes):
            above.addWidget(widget)
        nest(column, above)
        nest(column, self._pictures, 1)
        below = self._switches()
        ScaledMargins(below, (pad, 0, pad, 0), self)
        nest(column, below)
        self._stack = PlaceholderLayout(self, self._content)
        self._stack.show_reason(NO_RUN)

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (self.planes,), (self.shapes,)

    def _line(self) -> QLabel:
        label = QLabel(self._content)
        label.setWordWrap(True)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        label.setFont(theme.figures_font(self.font()))
        return label

    def _switches(self) -> QHBoxLayout:
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.share)
        texts.addWidget(self.measure)
        row = QHBoxLayout()
        row.setSpacing(tokens.space("s"))
        nest(row, texts, 1)
        self.shuffle = QPushButton(tr("Redraw"), self._content)
        self.shuffle.setToolTip(tr("Draw two other random directions"))
        self.shuffle.clicked.connect(self._on_shuffle_clicked)
        self.shuffle.hide()
        nearer, farther = tr("Zoom in (mouse wheel)"), tr("Zoom out (mouse wheel)")
        self.nearer = IconButton("add", nearer, nearer, self._content)
        self.nearer.clicked.connect(self._on_nearer_clicked)
        self.farther = IconButton("fewer", farther, farther, self._content)
        self.farther.clicked.connect(self._on_farther_clicked)
        for widget in (self.shuffle, self.log_box, self.farther, self.nearer):
            row.addWidget(widget)
        return row

    @property
    def kind(self) -> PlaneKind:
        return KINDS[self.planes.index]

    def choose(self, kind: str) -> None:
        """Choose a plane by its key."""
        if kind != self.kind:
            index = [str(known) for known in KINDS].index(kind)
            self.planes.choose(index)
            self._on_planes_chosen(index)

    @property
    def landscape(self) -> Landscape | None:
        """The landscape that is drawn."""
        return self._landscape

    def _request(self, view: View) -> LandscapeRequest:
        finest = FOLLOWING if view.snapshot.playing else RESTING
        weights = self._chosen_weights(view) if self.kind == "weights" else None
        return LandscapeRequest(self.kind, weights, self._zoom, self._seed, finest)

    def _chosen_weights(self, view: View) -> tuple[Parameter, Parameter] | None:
        """The two weights selected last, completed with weights of the output."""
        last = view.spec.n_layers
        n_out, n_in = view.spec.weight_shapes[-1]
        defaults = [Parameter(last, 0, 0), Parameter(last, (n_out > 1) + 0, n_in - 1)]
        known = [w for w in self._weights if w.is_in(view.spec)]
        known += [w for w in defaults if w not in known]
        return (known[0], known[1]) if len(known) > 1 else None

    def _ask_if_due(self, view: View) -> None:
        snapshot = view.snapshot
        asked = (view.run.run_id, snapshot.step, self._request(view))
        if asked == self._asked:
            return
        same_plane = self._asked[2:] == asked[2:]
        if self._job.is_busy and same_plane:
            return  # a result for slightly older weights is better than none
        wait = self._asked_at + self._pause() - time.perf_counter()
        if same_plane and snapshot.playing and wait > 0:
            self._due.start(int(1000 * wait) + 1)
            return
        self._asked, self._asked_at = asked, time.perf_counter()
        for command in self._job.begin(self._request(view)):
            self.job_requested.emit(command)

    def _pause(self) -> float:
        """Seconds between two landscapes during training."""
        seconds = self._landscape.seconds if self._landscape is not None else 0.0
        return max(SHORTEST_PAUSE, seconds / SHARE_OF_TIME)

    def _note_selection(self, selection: Selection | None) -> None:
        if not isinstance(selection, Parameter):
            return
        if not self._weights or self._weights[0] != selection:
            self._weights = (selection, *self._weights)[:2]

    def take_job(self, event: JobAdvanced | JobEnded) -> None:
        if not self._job.accepts(event):
            return
        if isinstance(event, JobEnded):
            if event.reason:
                self._landscape = None
                self._stack_reason(event.reason)
            elif self.view is not None and self.isVisible():
                self._ask_if_due(self.view)
            return
        if isinstance(event.result, Landscape) and self._is_better(event.result):
            self._landscape = event.result
            self._show_landscape()

    def _is_better(self, new: Landscape) -> bool:
        """During training a coarse grid does not replace a fine one."""
        old = self._landscape
        if old is None or new.is_finest or len(new.x) >= FOLLOWING:
            return True
        return old.plane.kind != new.plane.kind or old.step == new.step

    def _show_landscape(self) -> None:
        landscape, view = self._landscape, self.view
        if landscape is None or view is None:
            return
        self._stack.show_content()
        labels = landscape.plane.labels
        weights = self._chosen_weights(view)
        if landscape.plane.kind == "weights" and weights is not None:
            labels = weight_labels(view.run, weights)
        field = Field(
            landscape.x,
            landscape.y,
            landscape.losses.astype(np.float64),
            self.log_box.isChecked(),
            labels,
            loss_unit(view.run.experiment.training.loss),
        )
        path = PathLine(
            landscape.plane.path,
            theme.on_map().series[-1],
            ends=end_texts(landscape),
        )
        for picture in (self.map, self.surface):
            picture.show_field(field)
            picture.show_paths((path,), landscape.plane.here)
        shares = (
            share_text(landscape),
            gap_text(landscape),
            missing_text(field.n_missing),
        )
        self.share.setText("  ".join(text for text in shares if text))
        self.measure.setText(measure_text(landscape, len(view.run.dataset.train)))

    def _stack_reason(self, reason: str) -> None:
        """Show why there is no picture, and keep the controls."""
        self._stack.show_content()
        for picture in (self.map, self.surface):
            picture.show_field(None)
            picture.show_paths(())
        self.share.setText(reason)
        self.measure.setText("")

    def _renew(self) -> None:
        if self.view is not None and self.isVisible():
            self._ask_if_due(self.view)

    def _on_planes_chosen(self, index: int) -> None:
        self._zoom = 1.0
        self._landscape = None
        self.shuffle.setVisible(KINDS[index] == "random")
        self._renew()

    def _on_shapes_chosen(self, index: int) -> None:
        self._pictures.setCurrentIndex(index)

    def _on_log_toggled(self, _on: bool) -> None:
        self._show_landscape()

    def _on_shuffle_clicked(self) -> None:
        self._seed += 1
        self._renew()

    def _on_zoom_requested(self, steps: float) -> None:
        self._zoom = float(np.clip(self._zoom * ZOOM**steps, 1e-3, 1e4))
        self._renew()

    def _on_nearer_clicked(self) -> None:
        self._on_zoom_requested(1)

    def _on_farther_clicked(self) -> None:
        self._on_zoom_requested(-1)

    def _on_due_timeout(self) -> None:
        self._renew()

    @property
    def is_ready(self) -> bool:
        return not self._job.is_busy and not self._due.isActive()

    def forget_drawn(self) -> None:
        self._show_landscape()

    def draw(self, view: View | None) -> None:
        if view is None:
            self._stack.show_reason(NO_RUN)
            return
        if view.run.run_id != self._run_id:
            self._run_id = view.run.run_id
            self._landscape = None
            self._asked = ()
            self._stack_reason(WAITING)
        self._note_selection(view.selection)
        self._ask_if_due(view)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._renew()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._due.stop()
        for command in self._job.end():
            self.job_requested.emit(command)
        self._asked = ()
