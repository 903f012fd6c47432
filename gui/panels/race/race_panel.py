"""Optimisers side by side on a surface, moving together."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import ClassVar, Final

import numpy as np
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSlider,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from core.arrays import DoubleArray
from core.experiment.formula import parse_formula
from core.protocol.jobs import JobAdvanced, JobEnded
from core.protocol.side_jobs.race import RacePath, RaceRequest, RaceResult
from core.side_jobs.race.surfaces import (
    OWN,
    OWN_SURFACE,
    SURFACES,
    VARIABLES,
    Surface,
)
from core.values.errors import FormulaError
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.race import RACE
from gui.panels.race.path_key import PathKey
from gui.panels.race.racer_table import RacerTable, racer_colour
from gui.runtime.layout_items import nest
from gui.session.jobs import JobSlot
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.fonts import is_seen_from_afar, scale_of
from gui.style.number_format import count
from gui.style.series import dashes
from gui.widgets.icon_button import IconButton
from gui.widgets.plots.contour_map import ContourMap
from gui.widgets.plots.field import Field, PathLine
from gui.widgets.plots.surface_view import SurfaceView
from gui.widgets.problem_label import ProblemLabel
from gui.widgets.scaled_margins import ScaledMargins, ScaledSpacing
from gui.widgets.segmented_control import SegmentedControl

STEPS: Final = 1000
FIRST_STEPS: Final = 60
"""As far as the first look shows them: some are near the goal and some are not."""
GRID: Final = 161
ENOUGH_STEPS: Final = 60
"""After which the optimisers have gone their ways: the race was run."""
FRAME_MILLISECONDS: Final = 33
STEPS_OF_A_FRAME: Final = 2
LEAST_TABLE: Final = tokens.length("race_panel.least_table")
"""Width of the table at 100 %, which scrolls where there is no more room."""
PLAY: Final = tr("Play the race")
PAUSE: Final = tr("Pause the race")
PLAY_TIP: Final = tr("Run all optimisers together; the network does not train by it")
PAUSE_TIP: Final = tr("Stop all optimisers where they are")
CHOICES: Final = (*SURFACES.values(), OWN_SURFACE)
SHAPES: Final = (
    (tr("Map"), tr("Contours, seen from above; click to start there")),
    (tr("Surface"), tr("In space; drag to turn")),
)


class _RacersArea(QScrollArea):
    """Asks for the room of the whole table, whatever Qt takes for enough."""

    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), super().sizeHint().height())


class RacePanel(Panel):
    """The runner computes all paths at once; playing shows them step by step."""

    entry: ClassVar[PanelEntry] = RACE
    has_strip = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = JobSlot()
        self._paths: tuple[RacePath, ...] = ()
        self._of: RaceRequest | None = None
        self._asked: RaceRequest | None = None
        self._waiting: frozenset[str] = frozenset()
        self._start = CHOICES[0].start
        self._step = 0
        self._is_first_look = True
        self._is_refused = False
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._build()
        self._take_surface(CHOICES[0])

    def _build(self) -> None:
        self._build_surface_controls()
        self._build_transport()
        self.map = ContourMap(self)
        self.map.place_chosen.connect(self._on_map_place_chosen)
        self.surface = SurfaceView(self)
        self.racers = RacerTable(self)
        self.racers.racers_changed.connect(self._on_racers_changed)
        self.problem = ProblemLabel(self)
        self._pictures = QStackedLayout()
        self._pictures.addWidget(self.map)
        self._pictures.addWidget(self.surface)
        pad = tokens.space("panel_pad")
        self._left = left = QVBoxLayout()
        left.setSpacing(tokens.space("xs"))
        ScaledMargins(self._bottom, (pad, 0, pad, 0), self)
        self.key = PathKey(self)
        ScaledMargins(self.problem, (pad, 0, pad, 0), self)
        left.addWidget(self.problem)
        nest(left, self._pictures, 1)
        left.addWidget(self.key)
        nest(left, self._bottom)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        nest(middle, left, 1)
        middle.addWidget(self._scrolled(self.racers))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        nest(column, self._top)
        nest(column, middle, 1)
        self._show_table()

    def _show_table(self) -> None:
        """The table is beside the map, or behind its button where text is large."""
        is_large = is_seen_from_afar(self.font())
        shown = self.table_button.isChecked() or not is_large
        self.table_button.setVisible(is_large)
        self._racers_area.setVisible(shown)
        self.key.setVisible(not shown)
        # The names of the lines take height, which the map may not pay for.
        edge = tokens.space("s") if shown else 0
        self._left.setContentsMargins(0, edge, 0, edge)

    def _scrolled(self, racers: RacerTable) -> QScrollArea:
        """As wide as all of it; a small window scrolls it instead of growing."""
        area = _RacersArea(self)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        racers.setAutoFillBackground(False)
        area.setWidget(racers)
        racers.installEventFilter(self)
        self._racers_area: QScrollArea = area
        self._fit_racers()
        return area

    def _fit_racers(self) -> None:
        area = self._racers_area
        bar = area.verticalScrollBar().sizeHint().width()
        whole = self.racers.sizeHint().width() + bar
        area.setMinimumWidth(min(whole, round(LEAST_TABLE * scale_of(self.font()))))
        area.setMaximumWidth(whole)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Another scale reaches it while it is hidden, without a new layout.
        kinds = (QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Resize)
        if watched is self.racers and event.type() in kinds:
            self._fit_racers()
        return super().eventFilter(watched, event)

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (self.choice, self.formula), (self.shapes, self.table_button)

    def _build_surface_controls(self) -> None:
        self.choice = QComboBox(self)
        self.choice.addItems([surface.title for surface in CHOICES])
        self.choice.setAccessibleName(tr("Surface"))
        self.choice.activated.connect(self._on_choice_activated)
        self.formula = QLineEdit(self)
        self.formula.setAccessibleName(tr("Formula of x and y"))
        self.formula.setMinimumWidth(tokens.length("race_panel.formula_least"))
        self.formula.setToolTip(tr("The surface; press Enter to use another formula"))
        self.formula.editingFinished.connect(self._on_formula_edited)
        self.shapes = SegmentedControl(SHAPES, self, name=tr("How it is drawn"))
        self.shapes.segment_chosen.connect(self._on_shapes_chosen)
        # An icon: beside a lesson the header of a lecture has no room for its name.
        self.table_button = IconButton(
            "plot_options",
            tr("Optimisers"),
            tr("Optimisers: which ones run, their learning rates and heights"),
            self,
        )
        self.table_button.setCheckable(True)
        self.table_button.toggled.connect(self._show_table)
        self._top = QHBoxLayout()
        ScaledSpacing(self._top, tokens.space("s"), self)
        self._top.addWidget(self.choice)
        self._top.addWidget(self.formula, 1)
        self._top.addWidget(self.shapes)
        self._top.addWidget(self.table_button)

    def _build_transport(self) -> None:
        self.play_button = IconButton("play", PLAY, PLAY_TIP, self)
        self.play_button.clicked.connect(self._on_play_clicked)
        self.step_button = IconButton(
            "step", tr("One step of the race"), tr("One step of each optimiser"), self
        )
        self.step_button.clicked.connect(self._on_step_clicked)
        self.restart_button = IconButton(
            "reset",
            tr("Restart the race"),
            tr("All optimisers back to where they started"),
            self,
        )
        self.restart_button.clicked.connect(self._on_restart_clicked)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, STEPS)
        self.slider.setAccessibleName(tr("Step of the race"))
        self.slider.setMinimumWidth(tokens.length("race_panel.slider_least"))
        self.slider.valueChanged.connect(self._on_slider_changed)
        self.counter = QLabel(self)
        self._fit_counter()
        self._bottom = QHBoxLayout()
        self._bottom.setSpacing(tokens.space("xs"))
        for widget in (self.play_button, self.step_button, self.restart_button):
            self._bottom.addWidget(widget)
        self._bottom.addSpacing(tokens.space("s"))
        self._bottom.addWidget(self.slider, 1)
        self._bottom.addSpacing(tokens.space("s"))
        self._bottom.addWidget(self.counter)

    def _fit_counter(self) -> None:
        """Wide enough for the last step, so that the slider keeps its length."""
        metrics = QFontMetricsF(self.counter.font())
        self.counter.setMinimumWidth(ceil(metrics.horizontalAdvance(_counted(STEPS))))

    @property
    def step(self) -> int:
        """The step that is shown."""
        return self._step

    @property
    def surface_key(self) -> str:
        """The key of the chosen surface, "own" for a formula that was typed."""
        keys = [key for key, known in SURFACES.items() if known == self._surface]
        return keys[0] if keys else OWN

    @property
    def paths(self) -> tuple[RacePath, ...]:
        return self._paths

    def _take_surface(self, surface: Surface) -> None:
        self._surface = surface
        self._take_start(surface.start)
        self.formula.setText(surface.text)
        self.racers.take_rates_of(surface)
        self._show_field()
        self._renew()

    def _take_start(self, start: tuple[float, float]) -> None:
        self._start = start
        self.racers.show_start(start)

    def _show_field(self) -> None:
        surface = self._surface
        x = np.linspace(*surface.x_range, GRID)
        y = np.linspace(*surface.y_range, GRID)
        heights = surface.formula(x[None], y[:, None])
        field = Field(x, y, heights, surface.is_log, VARIABLES, "f(x, y)")
        self.map.show_field(field)
        self.surface.show_field(field)

    def _renew(self) -> None:
        """Request new paths when the race has changed."""
        racers = self.racers.racers()
        request = RaceRequest(self._surface.text, self._start, racers, STEPS)
        if request == self._asked or not self.isVisible():
            return
        self._asked = request
        self._paths = self._paths_in(request)
        self._waiting = frozenset(racer.optimizer for racer in racers)
        self._show_step()
        for command in self._job.begin(request):
            self.job_requested.emit(command)

    def _paths_in(self, request: RaceRequest) -> tuple[RacePath, ...]:
        """The paths that another race has, too; what was of the old one is gone."""
        if self._of is None or self._of.text != request.text:
            return ()
        if self._of.start != request.start:
            return ()
        return tuple(path for path in self._paths if path.racer in request.racers)

    def take_job(self, event: JobAdvanced | JobEnded) -> None:
        if not self._job.accepts(event):
            return
        if isinstance(event, JobEnded):
            self.problem.show_problem(event.reason)
            self._waiting = frozenset()
            self._show_step()
        elif isinstance(event.result, RaceResult):
            self._paths, self._of = event.result.paths, event.result.request
            self._waiting = frozenset()
            if self._is_first_look:
                self._is_first_look = False
                self._step = FIRST_STEPS
            self._show_step()

    def _show_step(self) -> None:
        paths = () if self._is_refused else self._paths
        waiting = frozenset() if self._is_refused else self._waiting
        lines = tuple(
            PathLine(
                _as_values(path.points[: self._step + 1]),
                racer_colour(path.racer.optimizer),
                path.racer.title,
                tuple(dashes(theme.series_of(path.racer.optimizer))),
            )
            for path in paths
        )
        minima = () if self._is_refused else self._surface.minima
        self.map.show_paths(lines, None, minima)
        self.surface.show_paths(lines)
        self.racers.show_step(paths, self._step, waiting)
        self.key.show_optimizers([path.racer.optimizer for path in paths])
        self.counter.setText(_counted(self._step))
        self.slider.blockSignals(True)
        self.slider.setValue(self._step)
        self.slider.blockSignals(False)

    def _go_to(self, step: int) -> None:
        was_run = self._step >= ENOUGH_STEPS
        self._step = max(0, min(step, STEPS))
        if self._step == STEPS:
            self._set_playing(on=False)
        self._show_step()
        if self._paths and self._step >= ENOUGH_STEPS and not was_run:
            self.race_run.emit(self.surface_key)

    def _set_playing(self, *, on: bool) -> None:
        self.play_button.show_icon("pause" if on else "play")
        self.play_button.setAccessibleName(PAUSE if on else PLAY)
        self.play_button.setToolTip(PAUSE_TIP if on else PLAY_TIP)
        if on:
            self._timer.start()
        else:
            self._timer.stop()

    def _on_choice_activated(self, index: int) -> None:
        self._is_refused = False
        self.problem.show_problem("")
        self._take_surface(CHOICES[index])
        self._go_to(0)

    def _on_formula_edited(self) -> None:
        text = self.formula.text().strip()
        if text == self._surface.text:
            if self._is_refused:
                self._take_back_refused()
            return
        try:
            parse_formula(text, VARIABLES)
        except FormulaError as error:
            self._refuse(str(error))
            return
        self._is_refused = False
        self.problem.show_problem("")
        self.choice.setCurrentIndex(len(CHOICES) - 1)
        if self._surface.title == OWN_SURFACE.title:
            self._surface = replace(self._surface, text=text)
            self._show_field()
            self._renew()
        else:
            # Scale, range, start and rates of another surface were made for that.
            self._take_surface(replace(OWN_SURFACE, text=text))
        self._go_to(0)

    def _refuse(self, reason: str) -> None:
        """What stands in the field has no heights: those of another are taken away."""
        self._is_refused = True
        self._set_playing(on=False)
        self.problem.show_problem(reason)
        self.map.show_field(None)
        self.surface.show_field(None)
        self._show_step()

    def _take_back_refused(self) -> None:
        """The surface that was there before is named again."""
        self._is_refused = False
        self.problem.show_problem("")
        self._show_field()
        self._show_step()

    def _on_map_place_chosen(self, x: float, y: float) -> None:
        self._take_start((x, y))
        self._go_to(0)
        self._renew()

    def _on_racers_changed(self) -> None:
        self._renew()

    def _on_shapes_chosen(self, index: int) -> None:
        self._pictures.setCurrentIndex(index)

    def _on_play_clicked(self) -> None:
        playing = self._timer.isActive()
        if not playing and self._step == STEPS:
            self._go_to(0)
        self._set_playing(on=not playing)

    def _on_step_clicked(self) -> None:
        self._set_playing(on=False)
        self._go_to(self._step + 1)

    def _on_restart_clicked(self) -> None:
        self._go_to(0)

    def _on_slider_changed(self, step: int) -> None:
        self._go_to(step)

    def _on_timer_timeout(self) -> None:
        if self._paths:
            self._go_to(self._step + STEPS_OF_A_FRAME)

    def forget_drawn(self) -> None:
        self._fit_counter()
        self.racers.show_start(self._start)
        self._show_step()

    def draw(self, view: View | None) -> None:
        """Nothing to do: the race is independent of the run."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # It comes while the panel is being made, too.
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_racers_area"):
            self._fit_counter()
            self._show_table()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._renew()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._set_playing(on=False)
        for command in self._job.end():
            self.job_requested.emit(command)
            self._asked = None


def _counted(step: int) -> str:
    return tr("step {step} of {steps}", step=count(step), steps=count(STEPS))


def _as_values(points: np.ndarray) -> DoubleArray:
    return np.asarray(points, np.float64)
