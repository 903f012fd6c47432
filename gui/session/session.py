"""The window's only link to the runner thread, and the owner of what is shown."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal

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
    Failed,
    GoToBranch,
    GoToStep,
    Metrics,
    Pause,
    Play,
    PlayingChanged,
    Progress,
    RunnerEnded,
    SetNeeds,
    SetSpeed,
    Started,
    Step,
    StepEpoch,
    StoppedEarly,
    TrainingChanged,
)
from core.protocol.saving import RunTaken, SaveRun
from core.protocol.snapshot import Need, Snapshot
from core.runner.channel import News
from core.runner.thread import Runner
from core.values.words import tr
from gui.session.document.branch_command import BranchCommand
from gui.session.document.commands import Situation
from gui.session.document.document import ExperimentDocument
from gui.session.early_stop import early_stop_text
from gui.session.interventions import Interventions
from gui.session.run_curves import packed
from gui.session.seeks import Seeks
from gui.session.selection import Selection
from gui.session.session_state import SessionState
from gui.session.session_texts import AS_IN_FILE, BEGUN_ANEW, GOES_ON, NOT_KEPT
from gui.session.start_command import start_of
from gui.session.view_state import Run, ShownExample, View
from gui.session.waiting import Waiting
from gui.style.experiment_labels import in_window_words

NEWS: Final = QEvent.Type(QEvent.registerEventType())
NEWS_PRIORITY: Final = -2
"""Below that of repainting: however much news there is, what came before is painted."""


class Session(QObject):
    """Sends commands, receives snapshots and events, keeps the newest view.

    Attributes:
        document: the experiment as the user edits it, and the undo of everything.
        interventions: edits, freezing, ablation and held activations.
        waiting: what the user waits for, in words.

    Signals:
        place_asked: another step was asked for, which `ways` may lie around.
        view_changed: the new View, or None while no run is loaded.
        run_started: the new Run.
        playing_changed: whether the runner is training.
        progress_changed: a core.protocol.messages.Progress; None when the job is over.
        compiling_changed: what is being compiled, or "".
        noticed: text for the user, name of a data set that could be downloaded or "".
        job_advanced: a core.protocol.jobs.JobAdvanced or JobEnded.
        stopped_early: text for the user, and the step that is shown since.
        failed: a core.protocol.messages.Failed.
        run_taken: a RunTaken, and the curves that belong to it.
    """

    place_asked = Signal()
    view_changed = Signal(object)
    run_started = Signal(object)
    playing_changed = Signal(bool)
    progress_changed = Signal(object)
    compiling_changed = Signal(str)
    noticed = Signal(str, str)
    stopped_early = Signal(str, int)
    job_advanced = Signal(object)
    failed = Signal(object)
    run_taken = Signal(object, object)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._run_id = 0
        self._state = SessionState()
        self._view: View | None = None
        self.document = ExperimentDocument(self)
        self.document.situation_changed.connect(self._on_document_situation_changed)
        self.waiting = Waiting(self)
        self._seeks = Seeks(self.waiting)
        self.document.undo_stack.when_shown = self._seeks.when_shown
        self.interventions = Interventions(
            runner.post, self._seeks.when_shown, self.go_to_step, self.document, self
        )
        self.interventions.held_changed.connect(self._renew_view)
        self._playing = False
        self._training = self.document.experiment.training
        self._speed: float | None = None
        self._needs: frozenset[Need] = frozenset()
        self._open_jobs: set[int] = set()
        self._begun: set[int] = set()
        self._news: deque[News] = deque()
        self._is_listening = False
        # How many steps playing takes until something is to be looked at.
        self.play_limit: Callable[[View], int | None] = lambda _view: None
        self._has_served = False
        self._runs_asked = 0
        self._told_at_start: Failed | None = None
        self.device = "auto"
        self.data_folders: tuple[Path, ...] = ()

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
        return self._seeks.target

    @property
    def experiment(self) -> Experiment:
        """The experiment in force."""
        return self.document.experiment

    def launch(self) -> None:
        """Start the runner thread, and hear of its news from now on."""
        self._is_listening = True
        self._runner.start(self._leave_note)

    def start(  # noqa: PLR0913 - each says where a part of the run comes from
        self,
        experiment: Experiment,
        *,
        params: HostParams | None = None,
        steps_before: int = 0,
        weights_file: str = "",
        experiment_file: str = "",
        play: bool | None = None,
        text: str = "start",
    ) -> None:
        """Begin a new run; weights come from the seed unless they are given.

        As with every restart, it goes on playing if it was.

        Args:
            experiment: what to run.
            params: weights to begin with.
            steps_before: training steps that the given weights had taken.
            weights_file: name of the file that they come from, empty for none.
            experiment_file: name of the file that it was opened from.
            play: whether to train at once; None as it was.
            text: what the menu's undo calls it.
        """
        if play is not None:
            self._set_playing(play)
        self.document.start_over(
            experiment,
            text,
            params=params,
            steps_before=steps_before,
            weights_file=weights_file,
            experiment_file=experiment_file,
        )

    def resume(self, experiment: Experiment, checkpoint: Path) -> None:
        """Go on with a run that is in a file; it rests until it is played.

        Args:
            experiment: of the run, as it is now.
            checkpoint: the file.
        """
        self._set_playing(False)
        text = tr("opening of {path}", path=checkpoint.name)
        self.document.go_on_with(experiment, text, checkpoint)

    def edit(self, experiment: Experiment) -> None:
        """Apply an edited experiment, and keep the trained weights where possible.

        Loss, optimiser, learning rate, batch size and penalties act on the running
        weights; everything else restarts, and plays on if it was.
        """
        self.document.replace(experiment)

    def _on_document_situation_changed(self, wanted: Situation) -> None:
        if wanted.run_id != self._run_id:
            self._run_id = wanted.run_id
            self._post_start(wanted)
        elif wanted.experiment.training != self._training:
            training = wanted.experiment.training
            change = ChangeTraining(training, wanted.run_id)
            self._seeks.when_known(lambda: self._runner.post(change))
        self._training = wanted.experiment.training

    def _post_start(self, wanted: Situation) -> None:
        if self._is_listening and not self._runner.is_alive:
            self._start_runner_again()
        self._seeks.give_up()
        sizes = wanted.experiment.network.spec(*self.document.sizes(wanted.experiment))
        # Nothing is heard any more of the end of what was compiled for the run before.
        self.waiting.end("compiling")
        self.waiting.begin("run", tr("Preparing the network {sizes}", sizes=sizes))
        folders = self.data_folders
        start = start_of(wanted, self.device, folders, play=self._playing)
        self._runner.post(start)

    def take_run(self) -> int:
        """Have the run taken as it is now, for a file; returns the request's number."""
        self._runs_asked += 1
        self._post_in_turn(SaveRun(self._runs_asked))
        return self._runs_asked

    def toggle_playing(self) -> None:
        if self._playing:
            self.pause()
        elif self.play():
            self._set_playing(True)  # before the runner reports it

    def pause(self) -> None:
        self._post_in_turn(Pause())
        self._set_playing(False)  # at once: what is started next does not play

    def play(self) -> bool:
        """Train on; False where what is typed in a field cannot be."""
        return self._train(self._played)

    def _played(self) -> Play | Step:
        """To train on, or up to the step at which something is to be looked at."""
        ahead = self.view and self.play_limit(self.view)
        return Step(ahead) if ahead else Play()

    def step_batch(self) -> None:
        """Take one step, then pause; what is done next is done to that step."""
        if self._train(lambda: Step(seek=self._seeks.ask(None))):
            self._set_playing(False)  # at once: the next key may be Play
            self.place_asked.emit()

    def take_steps(self, count: int) -> None:
        """Take that many steps, then pause."""
        self._train(lambda: Step(count))

    def step_epoch(self) -> None:
        """Train to the end of the epoch."""
        self._train(StepEpoch)

    def _train(self, command: Callable[[], Command]) -> bool:
        if not self.document.finish_typing():
            return False
        self._seeks.in_turn(self._seeks.train_on)
        self._seeks.in_turn(lambda: self._runner.post(command()))
        return True

    def _post_in_turn(self, command: Command) -> None:
        self._seeks.in_turn(lambda: self._runner.post(command))

    def reset(self) -> None:
        """Back to the same initial weights, playing if it was."""
        self.document.reset()

    def use_seed(self, seed: int) -> None:
        """Restart from other initial weights, playing if it was."""
        self.document.use_seed(seed)

    def set_speed(self, steps_per_second: float | None) -> None:
        self._speed = steps_per_second
        self._runner.post(SetSpeed(steps_per_second))

    def set_needs(self, needs: frozenset[Need]) -> None:
        """Tell what the visible panels want in each snapshot."""
        self._needs = needs
        self._runner.post(SetNeeds(needs))

    def cancel_loading(self) -> None:
        self._runner.post(CancelLoading())

    def send_job(self, command: BeginJob | EndJob) -> None:
        """Begin or end a side job of the runner."""
        if isinstance(command, BeginJob):
            self._open_jobs.add(command.job_id)
        else:
            self._open_jobs.discard(command.job_id)
        self._runner.post(command)

    @property
    def open_jobs(self) -> frozenset[int]:
        """Numbers of the side jobs that were begun, and have not ended."""
        return frozenset(self._open_jobs)

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
        self._ask(lambda: self._go_to_step(step))

    def step_back(self) -> None:
        """Go back by one step."""
        self._ask(lambda: self._go_by(-1))

    def step_forward(self) -> None:
        """Go forward again by one step that was taken before."""
        self._ask(lambda: self._go_by(1))

    def go_to_end(self) -> None:
        """Go forward again to the last step that was taken."""
        self._ask(self._go_to_end)

    def _ask(self, seek: Callable[[], None]) -> None:
        self._seeks.when_known(seek)
        self.place_asked.emit()

    def _go_to_end(self) -> None:
        if self._view is not None and self.ways[1]:
            self._go_to_step(self._view.snapshot.end)

    @property
    def ways(self) -> tuple[bool, bool]:
        """Whether steps lie before the one that was asked for, and taken ones after."""
        shown = None if self._view is None else self._view.snapshot
        return self._seeks.ways(shown.step, shown.end) if shown else (False, False)

    def _go_by(self, steps: int) -> None:
        """From the target of the last seek: keys may come fast."""
        if self._view is not None:
            shown = self._view.snapshot.step
            aim = shown if self._seeks.target is None else self._seeks.target
            self._go_to_step(aim + steps)

    def _go_to_step(self, step: int) -> None:
        if self._view is None:
            return
        step = min(max(step, 0), self._view.snapshot.end)
        self.interventions.on_seek()
        self._runner.post(GoToStep(step, self._seeks.ask(step)))
        self._set_playing(False)  # at once: the next key may be Play

    def go_to_branch(self, number: int) -> None:
        """Pause, and go to the last step of a branch that the run has left."""
        self._seeks.when_shown(lambda: self._go_to_branch(number))

    def _go_to_branch(self, number: int) -> None:
        if self._view is None:
            return
        run_id, shown = self._view.run.run_id, self._view.snapshot
        stack = self.document.undo_stack
        numbers = (stack.lines.of(run_id), number)
        step = shown.step if shown.is_past else None
        stack.push(BranchCommand(run_id, numbers, step, self._go_to_line))

    def _go_to_line(self, number: int, step: int | None) -> None:
        """Pause, and go to a line of steps, and there to a step; None for its last."""
        if number == self.document.undo_stack.lines.of(self._run_id):
            if step is None:
                self.go_to_end()
            else:
                self.go_to_step(step)
            return
        self.waiting.begin("branch", tr("Going to the branch"))
        self.interventions.on_seek()
        self._runner.post(GoToBranch(number, self._seeks.ask(None)))
        if step is not None:
            self._runner.post(GoToStep(step, self._seeks.ask(step)))

    def go_to_newest_branch(self) -> None:
        """Go to the branch that was left last, so that twice leads back."""
        if self._view is not None and self._view.snapshot.branches:
            self.go_to_branch(self._view.snapshot.branches[-1].number)

    def shut_down(self) -> bool:
        """End the runner thread; False when it did not end in time."""
        self._is_listening = False
        return self._runner.stop()

    # --- what comes back --------------------------------------------------------

    def _leave_note(self) -> None:
        """Called in the runner thread when there is news, once until it is taken."""
        QCoreApplication.postEvent(self, QEvent(NEWS), NEWS_PRIORITY)

    def customEvent(self, event: QEvent) -> None:
        if event.type() == NEWS and self._is_listening:
            self.receive()

    def receive(self) -> None:
        """Take over what the runner has put out since the last call, in order."""
        self._news.extend(self._runner.take_news())
        is_stale = False
        try:
            while self._news:
                is_stale = self._hear(self._news.popleft(), is_stale=is_stale)
        finally:
            if self._news:  # after an error: the rest is not lost
                self._leave_note()
        if is_stale:
            self._renew_view()

    def _hear(self, news: News, *, is_stale: bool) -> bool:
        """Act on one piece of news; returns whether the view is to be renewed."""
        if isinstance(news, Snapshot):
            if not self._is_current(news):
                return is_stale
            self._state.take_snapshot(news)
            # Not with each view: one between a turn and its snapshot has old numbers.
            branches = {branch.number for branch in news.branches}
            self.document.undo_stack.take_branches(news.run_id, branches)
            self._seeks.take(news)
            self._renew_view()
            self._seeks.catch_up()
            return False
        if isinstance(news, RunTaken):
            run = self._state.run
            if run is not None and run.run_id == news.run_id:
                self.run_taken.emit(news, packed(run.metrics.line))
            return is_stale
        if isinstance(news, JobAdvanced | JobEnded):
            # Who began the job knows its number; some belong to no run.
            if isinstance(news, JobEnded):
                self._open_jobs.discard(news.job_id)
                news = replace(news, reason=in_window_words(news.reason))
            self.job_advanced.emit(news)
        elif news.run_id in (0, self._run_id):
            return self._take(news) or is_stale
        else:
            self._state.record(news)
        return is_stale

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
            self._take_compiling(event)
        elif isinstance(event, TrainingChanged):
            self._take_training(event)
        elif isinstance(event, StoppedEarly | Branched):
            self._take_turn(event)
        elif isinstance(event, RunnerEnded | Failed):
            self._take_failure(event)
        return False

    def _take_compiling(self, event: Compiling | Compiled) -> None:
        text = event.what if isinstance(event, Compiling) else ""
        self.compiling_changed.emit(text)
        if text:
            self.waiting.begin("compiling", tr("Preparing the {text}", text=text))
        else:
            self.waiting.end("compiling")

    def _take_started(self, event: Started) -> None:
        run = self._state.begin(event)
        self._view = None
        if not event.resumed:
            self.document.begin_anew(event.run_id)
        self.interventions.begin()
        self.waiting.end("run", "branch")
        self._seeks.give_up()
        self._training = event.experiment.training
        self.progress_changed.emit(None)
        self.run_started.emit(run)
        self.document.take_start(
            event.experiment,
            event.dataset,
            device_bytes=event.device_bytes,
            so_far=event.so_far,
        )
        self._has_served = True
        if event.run_id in self._begun and not event.resumed:
            is_in_file = event.so_far is not None
            self.noticed.emit(AS_IN_FILE if is_in_file else NOT_KEPT, "")
        self._begun.add(event.run_id)
        if event.notice:
            self.document.take_notice(event.notice, event.missing_data)
            self.noticed.emit(event.notice, event.missing_data)
        if self._told_at_start is not None:
            # Not before: a new run clears away what was said until then.
            self.failed.emit(self._told_at_start)
            self._told_at_start = None

    def _take_training(self, event: TrainingChanged) -> None:
        self._state.take_training(event)
        if event.restored:
            self._training = event.training
            self.document.show(replace(self.experiment, training=event.training))

    def _set_playing(self, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self.playing_changed.emit(playing)

    def _take_turn(self, event: StoppedEarly | Branched) -> None:
        if isinstance(event, Branched):
            self.waiting.end("branch")
            self.document.take_turn(event.run_id, event.turn)
            self._state.take_branch(event)
            return
        self._state.take_early_stop(event)
        self.stopped_early.emit(early_stop_text(event), event.best_step)

    def _take_end(self, event: RunnerEnded) -> None:
        """The thread has ended: start it again, unless it could not even begin."""
        for job_id in tuple(self._open_jobs):
            self._open_jobs.discard(job_id)
            self.job_advanced.emit(JobEnded(0, job_id, event.reason, event.details))
        self._take_failure(Failed(0, event.reason, event.details))
        if self._has_served and not self._runner.is_alive:
            reason = f"{event.reason}. {BEGUN_ANEW}"
            self._told_at_start = Failed(0, reason, event.details)
            self._set_playing(False)
            self.reset()

    def _start_runner_again(self) -> None:
        self._has_served = False
        self._runner.start_again()
        self._runner.post(SetSpeed(self._speed))
        self._runner.post(SetNeeds(self._needs))

    def _take_failure(self, event: Failed | RunnerEnded) -> None:
        if isinstance(event, RunnerEnded):
            self._take_end(event)
            return
        run = self._state.run
        self._seeks.give_up()
        self.waiting.end()
        self.progress_changed.emit(None)
        self.compiling_changed.emit("")
        if run is None:
            self.document.fail()
            self._set_playing(False)
        elif run.run_id != self._run_id:
            self._fall_back(run, event)
        else:
            self._set_playing(False)
        self.failed.emit(event)

    def _fall_back(self, run: Run, event: Failed) -> None:
        """A start did not succeed: the run before it goes on."""
        self._run_id = run.run_id
        self._training = run.experiment.training
        reason = f"{event.reason.rstrip('.')}. {GOES_ON}"
        self.document.fall_back(run.experiment, reason, missing_data=event.missing_data)

    def _renew_view(self) -> None:
        view = self._state.view(self.interventions.held)
        if view is None:
            return
        self._view = view
        self.interventions.take(view)
        self.document.take_place(view.run.run_id, view.snapshot.step)
        self.view_changed.emit(view)
