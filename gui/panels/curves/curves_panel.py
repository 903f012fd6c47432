"""Loss and accuracy over the steps of a run."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from PySide6.QtCore import QPoint, QRect, QSize, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QLayout, QMenu, QWidget

from core.experiment.model import TrainingSettings
from core.network.numpy.losses.table import LOSSES
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.curves import CURVES
from gui.panels.curves import curve_texts as texts
from gui.panels.curves.curve_controls import CurveControls
from gui.panels.curves.curve_data import CurveData, CurvePoint
from gui.panels.curves.curve_export import curves_request
from gui.panels.curves.curve_head import CurveHead
from gui.panels.curves.metric_curves import (
    CURVE_NAMES,
    Points,
    accuracies_shown,
    comparable_tests,
    losses_shown,
)
from gui.panels.curves.plot_note import PlotNote
from gui.runtime.slow_import import SlowImport
from gui.session.metrics_log import MetricsLog
from gui.session.own_units import standard_units_text
from gui.session.save_request import SaveRequest
from gui.session.view_state import Run, View
from gui.style import tokens
from gui.style.lengths import grown
from gui.widgets.accessible.events import announce
from gui.widgets.accessible.parts import Part, table_row
from gui.widgets.focus.key_policy import settle_controls
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.plots.ranges import Range, followed_range

PART_MILLISECONDS: Final = 12
"""Pause between making two parts of the panel, so that others can be painted."""


class CurvesPanel(Panel):
    """Two plots over the same steps: side by side, stacked, or one of the two."""

    entry: ClassVar[PanelEntry] = CURVES
    fills_header = True
    live_seconds: ClassVar[float] = 0.1  # eyes do not follow more
    shows_readings: ClassVar[bool] = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: CurveData | None = None
        self._run: Run | None = None
        self._before: tuple[Points, Points] | None = None
        self._whose = ""
        self._was_edited = False
        self._follows = True
        self._window: int | None = None
        self._hovered: float | None = None
        self._cursor: int | None = None
        self._epochs_shown: tuple[object, ...] = ()
        self._drawn: tuple[object, ...] = ()
        self._told: tuple[object, ...] = ()
        self._redraw = QTimer(self, singleShot=True, interval=0)
        self._redraw.timeout.connect(self._on_redraw_timeout)
        self._rearrange = QTimer(self, singleShot=True, interval=0)
        self._rearrange.timeout.connect(self._on_rearrange_timeout)
        self._is_built = False
        self._parts: Iterator[None] | None = None
        self._next_part = QTimer(self, singleShot=True, interval=PART_MILLISECONDS)
        self._next_part.timeout.connect(self._make_next_part)
        self._has_accuracy = True
        self._plots = SlowImport("gui.panels.curves.curve_room", self)
        self._plots.ended.connect(self._on_plots_ended)
        self._head = CurveHead(self)
        self._head.hide()
        self._head.options.clicked.connect(self._on_options_clicked)
        self._head.follow.clicked.connect(self._on_plot_home_requested)
        self._head.switch.segment_chosen.connect(self._on_head_plot_chosen)
        self._content = QWidget(self)
        self._stack = PlaceholderLayout(self, self._content)
        # The layout that is in force must not keep the panel from becoming so narrow
        # that another one takes over.
        self._stack.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._stack.show_reason(tr("Curves appear as soon as a run is loaded."))

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        self._head.show()
        return (self._head,), ()

    def _make_parts(self) -> Iterator[None]:
        """Make the plots, each of which takes longer than a frame."""
        from gui.panels.curves.metric_plot import MetricPlot

        self._loss = MetricPlot(
            LOSSES[TrainingSettings().loss].curve_titles,
            texts.LOSS_ENTRIES,
            parent=self._content,
        )
        yield
        self._accuracy = MetricPlot(
            (tr("accuracy (%)"), tr("accuracy (%)")),
            texts.ACCURACY_ENTRIES,
            is_percent=True,
            index=1,
            parent=self._content,
        )
        for plot in (self._loss.plot, self._accuracy.plot):
            plot.steps_moved.connect(self._on_plot_steps_moved)
            plot.values_moved.connect(self._on_plot_values_moved)
            plot.home_requested.connect(self._on_plot_home_requested)
            plot.step_hovered.connect(self._on_plot_step_hovered)
            plot.step_clicked.connect(self._on_plot_step_clicked)
            plot.setToolTip(texts.TRAVEL)
        self._loss.plot.describer = self._described_losses
        self._accuracy.plot.describer = self._described_accuracies
        for part in (self._loss, self._accuracy):
            part.legend.curve_switched.connect(self._on_legend_curve_switched)
            part.legend.room_changed.connect(self._rearrange.start)
        yield
        self._build_layout()
        self._build_actions()
        for container in (self._content, self._controls, self._head):
            settle_controls(container)
        self._arrange()
        self._is_built = True

    def _make_next_part(self) -> None:
        """Make the next plot, and draw both when they exist."""
        self._parts = self._parts or self._make_parts()
        next(self._parts, None)
        if not self._is_built:
            self._next_part.start()
        elif self.may_be_seen:
            self._draw_newest()

    def _build_layout(self) -> None:
        from gui.panels.curves.curve_room import CurveRoom

        self._controls = CurveControls(self)
        self._controls.log_toggled.connect(self._on_controls_log_toggled)
        self._controls.half_life_changed.connect(self._on_controls_half_life_changed)
        self._controls.window_changed.connect(self._on_controls_window_changed)
        self._controls.follow_toggled.connect(self._on_controls_follow_toggled)
        self._warning = PlotNote(self._content)
        self._mistakes = QLabel(self._content)
        self._mistakes.setIndent(grown(self, tokens.space("panel_pad")))
        self._mistakes.hide()
        self._room = CurveRoom(
            self._content,
            (self._loss, self._accuracy),
            self._head,
            (self._mistakes,),
        )

    def _build_actions(self) -> None:
        self._menu = QMenu(self)
        for text, slot in (
            (tr("Follow the newest step"), self._on_plot_home_requested),
            (tr("Log scale on or off"), self._controls.toggle_log),
            (tr("Save curves as CSV…"), self._on_save_triggered),
        ):
            action = QAction(text, self)
            action.triggered.connect(slot)
            self._menu.addAction(action)

    @property
    def is_ready(self) -> bool:
        return self._is_built or self.view is None

    def forget_drawn(self) -> None:
        if self._is_built:
            for plot in (self._loss, self._accuracy):
                plot.forget_fit()
            self._drawn = ()

    def draw(self, view: View | None) -> None:
        if view is None:
            self._stack.show_reason(tr("Curves appear as soon as a run is loaded."))
            return
        if not self._is_built:
            if not self._may_build(view):
                return
            for _ in self._make_parts():
                pass
        if self._run is None or view.run.run_id != self._run.run_id:
            self._begin(view.run)
        elif view.run is not self._run:
            self._take_training(view.run)
        self._was_edited = bool(view.edited or view.frozen)
        self._cursor = view.snapshot.step if view.snapshot.is_past else None
        self._stack.show_content()
        if self._redraw.isActive():
            return
        self._advance()

    def prepare(self) -> None:
        self._plots.start()

    def _may_build(self, view: View) -> bool:
        """Whether the plots can be made now.

        pyqtgraph takes a third of a second to import: neither the window nor the first
        step of training waits for it.
        """
        if view.snapshot.step == 0 and view.snapshot.playing:
            return False
        self._plots.start()
        return self._plots.is_done and self._parts is None

    def forget_previous(self) -> None:
        """The run to come is not the next one of the run before, but another matter."""
        self._run = self._before = None

    def _begin(self, run: Run) -> None:
        if self._run is not None:
            self._before = comparable_tests(self._run, run)
            changes = len(self._run.metrics.line.trainings) > 1 or self._was_edited
            self._whose = texts.what_differs(
                self._run.experiment, run.experiment, was_changed=changes
            )
        self._run = run
        self._data = CurveData(run.metrics, self._controls.half_life)
        if self._has_accuracy != run.dataset.has_classes:
            self._has_accuracy = run.dataset.has_classes
            self._arrange()
        self._show_titles(run)
        self._explain_smoothing(self._data.half_life)
        for part in (self._loss, self._accuracy):
            part.legend.rename(texts.TESTED, texts.tested_name(run))
            part.name_at_end = texts.name_at_end(run)
            part.forget_fit()
            part.fits_heights = True
            prefix = self._prefix(part)
            hidden = run.metrics.hidden
            part.legend.set_off(
                frozenset(c for c in CURVE_NAMES if prefix + c in hidden)
            )
        self._set_follows(True)

    def _prefix(self, part: object) -> str:
        return tr("loss ") if part is self._loss else tr("accuracy ")

    def _on_legend_curve_switched(self) -> None:
        if self._run is None or self._data is None:
            return
        self._run.metrics.hidden = frozenset(
            self._prefix(part) + curve
            for part in (self._loss, self._accuracy)
            for curve in part.legend.off
        )
        self._advance()

    def _take_training(self, run: Run) -> None:
        """Other training settings are in force; the curves and their view stay."""
        self._run = run
        self._show_titles(run)

    def _show_titles(self, run: Run) -> None:
        titles = LOSSES[run.experiment.training.loss].curve_titles
        self._loss.plot.set_titles(*titles)

    def _show_epochs(self, data: CurveData) -> None:
        if data.epochs.pieces != self._epochs_shown:
            self._epochs_shown = data.epochs.pieces
            for part in (self._loss, self._accuracy):
                part.plot.set_epoch_scale(data.epochs)

    def _advance(self) -> None:
        """Draw what is new, if anything visible has changed."""
        if self._data is None:
            return
        self._show_epochs(self._data)
        if self._follows:
            self._show_steps(self._followed(self._data))
        state = self._drawing_state(self._data)
        if state != self._drawn:
            self._drawn = state
            self._draw_curves(self._data)
            self._explain_smoothing(self._data.half_life)
            self._show_mistakes(self._data.metrics)
        self._show_trouble(self._data)
        self._show_point(self._data)

    def _followed(self, data: CurveData) -> Range:
        """With the whole run also the branches that were left."""
        last = data.last_step
        if self._window is None:
            last = max((last, *(branch.end for branch in data.metrics.abandoned)))
        return followed_range(last, self._window)

    def _drawing_state(self, data: CurveData) -> tuple[object, ...]:
        return (
            data,
            data.last_step,
            data.n_steps,
            # After a pause the last evaluation arrives although no step is new, one of
            # a step that the run has gone back to stands before others, and one of an
            # edited network replaces that of its step.
            data.metrics.tests.revision,
            data.metrics.validations.revision,
            data.metrics.best_step,
            data.metrics.abandoned,
            data.metrics.hidden,
            data.metrics.line.meanings,
            data.half_life,
            self._loss.plot.steps,
            self._loss.plot.is_log,
            *(
                (part.is_hidden, part.plot.pixels, part.fits_heights)
                for part in (self._loss, self._accuracy)
            ),
        )

    def _draw_curves(self, data: CurveData) -> None:
        before = self._before or (None, None)
        if not self._loss.is_hidden:
            self._loss.draw(losses_shown(data, before[0]))
            marks = texts.meaning_marks(data.metrics.line.meanings)
            self._loss.plot.show_changes(marks)
        if not self._accuracy.is_hidden:
            self._accuracy.draw(accuracies_shown(data, before[1]))

    def _show_mistakes(self, metrics: MetricsLog) -> None:
        text = "" if self._run is None else texts.mistakes(metrics, self._run)
        if text != self._mistakes.text():
            self._mistakes.setText(text)
            self._mistakes.setVisible(bool(text))
            self._rearrange.start()

    def _show_trouble(self, data: CurveData) -> None:
        """Over the plot that is shown: of the loss, if that is."""
        told = (self._drawn, self._cursor)
        if told != self._told:
            self._told = told
            self._warning.say(texts.trouble(data, self._cursor))
        plot = (self._accuracy if self._loss.is_hidden else self._loss).plot
        corner = plot.mapTo(self._content, plot.area.topLeft())
        self._warning.place_in(QRect(corner, plot.area.size()))

    def _show_point(self, data: CurveData) -> None:
        """Legend values at the mouse pointer, or of the step that is shown."""
        for part in (self._loss, self._accuracy):
            part.plot.show_cursor(self._cursor)
        point = self._point(data)
        self._controls.show_position(*texts.position(point))
        losses, accuracies = self._values_at(data, point)
        self._loss.legend.show_values(*losses)
        self._accuracy.legend.show_values(*accuracies)
        at = None if self._hovered is None else point.step
        bucket = point.batch_loss
        self._loss.mark(
            at,
            [
                (
                    None if bucket is None else bucket.mean,
                    "curve_train",
                ),
                (point.smoothed_loss, "curve_train"),
            ],
        )
        self._accuracy.mark(at, [(point.smoothed_accuracy, "curve_train")])

    def _point(self, data: CurveData) -> CurvePoint:
        """What the legends read: at the mouse pointer, or of the step that is shown."""
        if self._hovered is not None:
            return data.at(min(max(round(self._hovered), 0), data.last_step))
        return data.newest() if self._cursor is None else data.at(self._cursor)

    def _values_at(
        self, data: CurveData, point: CurvePoint
    ) -> tuple[tuple[str | None, ...], tuple[str | None, ...]]:
        """The texts of both legends."""
        before = self._whose if self._before else None
        left = texts.branches(data.metrics.abandoned)
        losses, accuracies = texts.validations(data.metrics.validations, point.step)
        return (
            (*texts.loss_values(point), before, left, losses),
            (*texts.accuracy_values(point), before, left, accuracies),
        )

    def _described_losses(self) -> Sequence[Part]:
        return self._described_rows(0)

    def _described_accuracies(self) -> Sequence[Part]:
        return self._described_rows(1)

    def _described_rows(self, place: int) -> Sequence[Part]:
        """Each curve's value at its end and, where it is another, at the cursor."""
        data = self._data
        if data is None:
            return ()
        legend = (self._loss, self._accuracy)[place].legend
        end, here = data.newest(), self._point(data)
        at_end = (end, tr("end"))
        read = [at_end] if here.step == end.step else [(here, ""), at_end]
        columns = [
            (f"{word} {texts.position(point)[0]}".strip(), values[place])
            for point, word in read
            for values in [self._values_at(data, point)]
        ]
        return tuple(
            table_row(name, [(title, values[k] or "") for title, values in columns])
            for k, name in legend.names_shown()
        )

    def _show_steps(self, steps: Range) -> None:
        self._loss.plot.set_steps(steps)
        self._accuracy.plot.set_steps(steps)

    def _set_follows(self, follows: bool) -> None:
        self._follows = follows
        self._controls.set_following(follows)
        self._head.set_following(follows)

    def _arrange(self) -> None:
        self._room.arrange(self.size(), has_accuracy=self._has_accuracy)

    def _on_plots_ended(self) -> None:
        if not self._is_built:
            self._make_next_part()

    def _on_redraw_timeout(self) -> None:
        if self.may_be_seen:
            self._advance()

    def _on_plot_steps_moved(self) -> None:
        moved = self.sender()
        self._set_follows(False)
        for part in (self._loss, self._accuracy):
            if part.plot is not moved:
                part.plot.set_steps(_range_of(moved))
        self._advance()

    def _on_plot_values_moved(self) -> None:
        for part in (self._loss, self._accuracy):
            if part.plot is self.sender():
                part.fits_heights = False

    def _on_plot_home_requested(self) -> None:
        for part in (self._loss, self._accuracy):
            part.fits_heights = True
            part.forget_fit()
        self._set_follows(True)
        self._advance()

    def _on_plot_step_hovered(self, step: float | None) -> None:
        self._hovered = step
        if self._data is None:
            return
        self._show_point(self._data)
        plot = self.sender()
        if isinstance(plot, QWidget) and plot.hasFocus() and step is not None:
            where = texts.position(self._point(self._data))[0]
            part = self._loss if plot is self._loss.plot else self._accuracy
            announce(plot, f"{where}: {part.legend.text}")

    def _on_plot_step_clicked(self, step: float) -> None:
        if self._data is not None:
            self.step_requested.emit(min(max(round(step), 0), self._data.last_step))

    def _on_controls_log_toggled(self, is_log: bool) -> None:
        self._loss.plot.set_log(is_log)
        self._loss.forget_fit()
        self._loss.fits_heights = True
        self._advance()

    def _on_controls_half_life_changed(self, half_life: int) -> None:
        if self._data is not None:
            self._data.half_life = half_life
        self._explain_smoothing(half_life)
        self._advance()

    def _explain_smoothing(self, half_life: float) -> None:
        meanings = () if self._data is None else self._data.metrics.line.meanings
        dropout = any(meaning.dropout > 0 for meaning in meanings)
        for part in (self._loss, self._accuracy):
            text = texts.smoothing(half_life, dropout=dropout)
            if self._run is not None:
                text += f" {standard_units_text(self._run.dataset)}"
            part.legend.explain(text.strip())

    def _on_controls_window_changed(self, window: int | None) -> None:
        self._window = window
        self._on_plot_home_requested()

    def _on_controls_follow_toggled(self, follows: bool) -> None:
        if follows:
            self._on_plot_home_requested()
        else:
            self._set_follows(False)

    def _on_head_plot_chosen(self) -> None:
        if self._is_built:
            self._arrange()
            self._advance()

    def _on_options_clicked(self) -> None:
        if self._is_built:
            self._controls.open_below(self._head.options)

    def _on_rearrange_timeout(self) -> None:
        if self._is_built:
            self._arrange()
            # A plot that has become visible, or higher, is drawn at rest too.
            self._redraw.start()

    def table_requests(self) -> list[SaveRequest]:
        return [] if self._run is None else [curves_request(self._run.metrics)]

    def _on_save_triggered(self) -> None:
        for request in self.table_requests():
            self.save_requested.emit(request)

    def minimumSizeHint(self) -> QSize:
        # Lower, the lines of the legend and of the axes leave no room for the curves.
        return QSize(
            tokens.length("curves_panel.least_width"),
            max(
                tokens.length("curves_panel.least_height"),
                8 * self.fontMetrics().height(),
            ),
        )

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("curves_panel.wished"))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._is_built:
            self._menu.popup(QPoint(event.globalPos()))

    def showEvent(self, event: QShowEvent) -> None:
        if self._is_built:
            # Drawn now, they would be drawn again with the next size.
            self._redraw.start()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_built:
            self._arrange()
            self._redraw.start()


def _range_of(plot: object) -> Range:
    return plot.steps  # type: ignore[attr-defined, no-any-return]
