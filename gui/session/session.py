"""The window's only link to the runner thread, and the owner of what is shown."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from core.arrays import HostParams
from core.experiment.model import Experiment
from core.protocol.jobs import BeginJob, EndJob, JobAdvanced, JobEnded
from core.protocol.messages import (
    Branched,
    CancelLoading,
    ChangeTraining,
    Command,
    Compiled,
    Compiling,
    Evaluated,
    Event,
    GoToStep,
    Metrics,
    Pause,
    Play,
    PlayingChanged,
    Progress,
    SetNeeds,
    SetSpeed,
    Start,
    Started,
    Step,
    StepEpoch,
    StoppedEarly,
    TrainingChanged,
)
from core.protocol.snapshot import Need, Snapshot
from core.runner.thread import Runner
from gui.session.early_stop import early_stop_text
from gui.session.interventions import Interventions
from gui.session.selection import Selection
from gui.session.session_state import SessionState
from gui.session.view_state import ShownExample, View

POLL_MILLISECONDS: Final = 8


class Session(QObject):
    """Sends commands, receives snapshots and events, keeps the newest view.

    Attributes:
        interventions: edits, freezing, ablation and held activations, and undoing them.

    Signals:
        view_changed: the new View, or None while no run is loaded.
        run_started: the new Run.
        playing_changed: whether the runner is training.
        progress_changed: a core.protocol.messages.Progress; None when the job is over.
        compiling_changed: what is being compiled, or "".
        experiment_changed: the experiment in force.
        noticed: text for the user, name of a data set that could be downloaded or "".
        job_advanced: a core.protocol.jobs.JobAdvanced or JobEnded.
        stopped_early: text for the user.
        failed: a core.protocol.messages.Failed.
    """

    view_changed = Signal(object)
    run_started = Signal(object)
    playing_changed = Signal(bool)
    progress_changed = Signal(object)
    compiling_changed = Signal(str)
    experiment_changed = Signal(object)
    noticed = Signal(str, str)
    stopped_early = Signal(str)
    job_advanced = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._run_id = 0
        self._state = SessionState()
        self._view: View | None = None
        self.interventions = Interventions(runner.post, self)
        self.interventions.held_changed.connect(self._renew_view)
        self._initial_params: HostParams | None = None
        self._playing = False
        self._journey: int | None = None
        self._start_failed = False
        self.device = "auto"
        self.data_folders: tuple[Path, ...] = ()
        self.experiment = Experiment()
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MILLISECONDS)
        self._timer.timeout.connect(self.poll)

    @property
    def view(self) -> View | None:
        """The newest view."""
        return self._view

    @property
    def playing(self) -> bool:
        """Whether the runner is training, or is about to."""
        return self._playing

    @property
    def seek_target(self) -> int | None:
        """The step that the run is seeking, None when it has arrived."""
        return self._journey

    def launch(self) -> None:
        """Start the runner thread, and poll it from now on."""
        self._runner.start()
        self._timer.start()

    def start(
        self,
        experiment: Experiment,
        *,
        params: HostParams | None = None,
        download: bool = False,
        play: bool = False,
    ) -> None:
        """Begin a new run; weights come from the seed unless they are given."""
        self._run_id += 1
        self._start_failed = False
        self._initial_params = params
        self.experiment = experiment
        self._runner.post(
            Start(
                self._run_id,
                experiment,
                self.device,
                self.data_folders,
                download,
                params,
                play,
            )
        )
        # Events of the previous run are ignored from now on.
        self._set_playing(play)
        self.experiment_changed.emit(experiment)

    def edit(self, experiment: Experiment) -> None:
        """Apply an edited experiment, and keep the trained weights where possible.

        Loss, optimiser, learning rate, batch size and penalties act on the running
        weights; everything else restarts, and plays on if it was.
        """
        old = self.experiment
        same_run = (old.data, old.network, old.training.seed) == (
            experiment.data,
            experiment.network,
            experiment.training.seed,
        )
        if not same_run or self._start_failed:
            self.start(experiment, play=self._playing)
        elif experiment != old:
            self.experiment = experiment
            self._runner.post(ChangeTraining(experiment.training))
            self.experiment_changed.emit(experiment)

    def toggle_playing(self) -> None:
        self._post_training(Pause() if self._playing else Play())
        # At once, not when the runner reports it: a second press may come earlier.
        self._set_playing(not self._playing)

    def pause(self) -> None:
        self._runner.post(Pause())

    def play(self) -> None:
        self._post_training(Play())

    def step_batch(self) -> None:
        """Take one step of one batch."""
        self._post_training(Step())

    def take_steps(self, count: int) -> None:
        """Take that many steps, then pause."""
        self._post_training(Step(count))

    def step_epoch(self) -> None:
        """Train to the end of the epoch."""
        self._post_training(StepEpoch())

    def _post_training(self, command: Command) -> None:
        # The seek is over: the snapshot at its end may be replaced before it is seen.
        self._journey = None
        self._runner.post(command)

    def reset(self) -> None:
        """Back to the same initial weights, paused."""
        self.start(self.experiment, params=self._initial_params)

    def use_seed(self, seed: int) -> None:
        """Restart from other initial weights, playing if it was."""
        training = replace(self.experiment.training, seed=seed)
        self.start(replace(self.experiment, training=training), play=self._playing)

    def set_speed(self, steps_per_second: float | None) -> None:
        self._runner.post(SetSpeed(steps_per_second))

    def set_needs(self, needs: frozenset[Need]) -> None:
        """Tell what the visible panels need in each snapshot."""
        self._runner.post(SetNeeds(needs))

    def download(self, name: str) -> None:
        """Fetch a data set from the network and start the experiment on it."""
        data = replace(self.experiment.data, name=name)
        self.start(
            replace(self.experiment, data=data), download=True, play=self._playing
        )

    def cancel_loading(self) -> None:
        self._runner.post(CancelLoading())

    def send_job(self, command: BeginJob | EndJob) -> None:
        """Begin or end a side job of the runner."""
        self._runner.post(command)

    def select(self, selection: Selection | None) -> None:
        """Select a unit, weight or bias in every panel."""
        if self._state.select(selection):
            self._renew_view()

    def show_example(self, example: ShownExample) -> None:
        """Run another example through the network."""
        if not self._state.fits(example):
            return
        if not self._state.is_drawn_on(example):
            self.interventions.clear_holds()
        self._state.show_example(example)
        self._renew_view()

    def go_to_step(self, step: int) -> None:
        """Pause, and go back or forward again to exactly this step of the run."""
        if self._view is None:
            return
        step = min(max(step, 0), self._view.snapshot.end)
        self._journey = step
        self.interventions.on_seek()
        self._runner.post(GoToStep(step))

    def step_back(self) -> None:
        """Go back by one step."""
        if self._view is not None:
            self.go_to_step(max(0, self._wished_step() - 1))

    def step_forward(self) -> None:
        """Go forward again by one step that was taken before."""
        if self._view is not None and self._wished_step() < self._view.snapshot.end:
            self.go_to_step(self._wished_step() + 1)

    def go_to_end(self) -> None:
        """Go forward again to the last step that was taken."""
        if self._view is not None and self._view.snapshot.is_past:
            self.go_to_step(self._view.snapshot.end)

    def _wished_step(self) -> int:
        """The target of the last seek, else the shown step: keys may come fast."""
        assert self._view is not None
        shown = self._view.snapshot.step
        return shown if self._journey is None else self._journey

    def shut_down(self) -> bool:
        """End the runner thread; False when it did not end in time."""
        self._timer.stop()
        return self._runner.stop()

    def poll(self) -> None:
        """Take over what the runner has sent since the last call."""
        changed = False
        for event in self._runner.drain_events():
            if isinstance(event, JobAdvanced | JobEnded):
                # The panel that began the job knows its number; some belong to no run.
                self.job_advanced.emit(event)
            elif event.run_id in (0, self._run_id):
                changed |= self._take(event)
        snapshot = self._runner.take_snapshot()
        if snapshot is not None and self._is_current(snapshot):
            self._state.take_snapshot(snapshot)
            if snapshot.step == self._journey and not snapshot.playing:
                self._journey = None
            changed = True
        if changed:
            self._renew_view()

    def _is_current(self, snapshot: Snapshot) -> bool:
        run = self._state.run
        return run is not None and snapshot.run_id == run.run_id == self._run_id

    def _take(self, event: Event) -> bool:
        """Act on an event; True when the view must be updated."""
        if isinstance(event, Metrics):
            self._state.take_batches(event)
            return False
        if isinstance(event, Evaluated):
            self._state.take_evaluation(event)
            return True
        if isinstance(event, Started):
            self._take_started(event)
        elif isinstance(event, PlayingChanged):
            self._set_playing(event.playing)
        elif isinstance(event, Progress):
            self.progress_changed.emit(event)
        elif isinstance(event, Compiling | Compiled):
            text = event.what if isinstance(event, Compiling) else ""
            self.compiling_changed.emit(text)
        elif isinstance(event, TrainingChanged):
            self._take_training(event)
        elif isinstance(event, StoppedEarly | Branched):
            self._take_turn(event)
        else:
            self._take_failure(event)
        return False

    def _take_started(self, event: Started) -> None:
        run = self._state.begin(event)
        self._view = None
        self.interventions.begin()
        self._journey = None
        self.progress_changed.emit(None)
        self.run_started.emit(run)
        if event.experiment != self.experiment:
            self.experiment = event.experiment
            self.experiment_changed.emit(event.experiment)
        if event.notice:
            self.noticed.emit(event.notice, event.missing_data)

    def _take_training(self, event: TrainingChanged) -> None:
        self._state.take_training(event)
        if event.restored:
            self.experiment = replace(self.experiment, training=event.training)
            self.experiment_changed.emit(self.experiment)

    def _set_playing(self, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self.playing_changed.emit(playing)

    def _take_turn(self, event: StoppedEarly | Branched) -> None:
        if isinstance(event, Branched):
            self.interventions.forget_after(event.step)
            self._state.take_branch(event)
            return
        self._state.take_early_stop(event)
        self.stopped_early.emit(early_stop_text(event))

    def _take_failure(self, event: Event) -> None:
        run = self._state.run
        self._start_failed = run is None or run.run_id != self._run_id
        self._set_playing(False)
        self._journey = None
        self.progress_changed.emit(None)
        self.compiling_changed.emit("")
        self.failed.emit(event)

    def _renew_view(self) -> None:
        view = self._state.view(self.interventions.held)
        if view is None:
            return
        self._view = view
        self.interventions.take(view)
        self.view_changed.emit(view)
