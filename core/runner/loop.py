"""The loop of the runner thread: obey commands, train, publish."""

import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from core.platform.compilation_cache import use_compilation_cache
from core.protocol.jobs import BeginJob, EndJob
from core.protocol.messages import (
    Branched,
    ChangeTraining,
    Command,
    EditParams,
    Event,
    Failed,
    GoToBranch,
    GoToStep,
    Pause,
    Play,
    PlayingChanged,
    Progress,
    SetFrozen,
    SetNeeds,
    SetSpeed,
    Shutdown,
    Start,
    Started,
    Step,
    StepEpoch,
    StoppedEarly,
    TrainingChanged,
)
from core.protocol.saving import SaveRun
from core.protocol.snapshot import Need
from core.runner.chunks_in_flight import ChunksInFlight
from core.runner.divergence import explain_divergence
from core.runner.evaluations import Evaluations
from core.runner.failures import failure_of, failure_text
from core.runner.left_runs import LeftRuns
from core.runner.loading import DatasetKeeper, Held, LoadedRun, load_run
from core.runner.marks import Marks
from core.runner.pace import Pace
from core.runner.publishing import SNAPSHOT_SECONDS, PublishedState, Publisher
from core.runner.run_taker import RunTaker
from core.runner.side_jobs import JobPlace, SideJobs
from core.runner.thread import Runner
from core.training.run import TrainingRun
from core.values.errors import CancelledError, GlassboxError
from core.values.words import tr

logger = logging.getLogger(__name__)

ENDLESS: Final = 2**62
IDLE_SECONDS: Final = 1.0
"""How often a waiting thread looks whether the main thread still lives."""
WAITING_SECONDS: Final = 0.005
"""How often it looks whether the thread of a side job is done."""
NOTHING_LOADED: Final = tr(
    "There is no network to train, because the last start failed. Change the "
    "experiment, or use Reset to try again."
)


class Loop:
    """Mutable state of the runner thread, which no other thread may touch."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._loaded: LoadedRun | None = None
        self._left_runs = LeftRuns()
        self._run_id = 0
        self._left = 0
        self._pace = Pace()
        self._flight = ChunksInFlight(self._pace, self._post)
        self._publisher = Publisher(runner.channel, self._pace)
        self._datasets = DatasetKeeper()
        self._evaluations = Evaluations()
        self._marks = Marks()
        self._seek_asked = 0
        self._side_jobs = SideJobs(self._post)
        self._taker = RunTaker()
        self._put_back: Command | None = None

    @property
    def _run(self) -> TrainingRun | None:
        return None if self._loaded is None else self._loaded.run

    def run(self) -> None:
        """Obey commands and train until Shutdown."""
        use_compilation_cache()
        # This thread must also end if the main thread died without a Shutdown.
        while threading.main_thread().is_alive():
            command = self._next_command()
            if isinstance(command, Shutdown):
                self._side_jobs.close()
                return
            self._turn(command)

    def _turn(self, command: Command | None) -> None:
        """Obey a command, or work; whatever fails becomes a message."""
        try:
            if command is not None:
                self._obey(command)
            else:
                self._take_turn()
        except CancelledError as error:
            self._post(failure_of(self._run_id, error))
        except GlassboxError as error:
            self._refuse(error)
        except Exception as error:  # noqa: BLE001  (the border of the thread)
            self._recover(error)

    def _refuse(self, error: GlassboxError) -> None:
        """The user asked for something impossible."""
        try:
            self._pause()
        except Exception as worse:  # noqa: BLE001  (the same border)
            self._recover(worse)
        failure = failure_of(self._run_id, error)
        self._post(replace(failure, ends_with_start=self._run is None))

    def _recover(self, error: Exception) -> None:
        """Come to rest after an error that nobody expected, at a step that is sound."""
        logger.error("a command or a step failed", exc_info=error)
        details = "".join(traceback.format_exception(error))
        reason = failure_text(error)
        was_playing, self._left = self._left > 0, 0
        sound_step = self._flight.land_what_can(self._run_id)
        self._evaluations.forget()
        if was_playing:
            self._post(PlayingChanged(self._run_id, False))
        if self._run is not None and not self._show_what_is_left(self._run, sound_step):
            self._loaded = None
            reason = tr(
                "{reason} The run is lost: reset to start it again.", reason=reason
            )
        self._post(Failed(self._run_id, reason, details))

    def _show_what_is_left(self, run: TrainingRun, sound_step: int) -> bool:
        """Publish the newest step, or the last sound one, without what may have failed.

        Returns:
            Whether the run can go on from there.
        """
        for go_back in (False, True):
            try:
                if go_back:
                    run.go_to(sound_step)
                self._publisher.publish_bare(self._run_id, run)
            except Exception:
                logger.exception("the weights cannot be read either")
            else:
                return True
        return False

    def _next_command(self) -> Command | None:
        if self._put_back is not None:
            command, self._put_back = self._put_back, None
            return command
        return self._runner.take_command(self._seconds_to_wait())

    def _more_of(self, kind: type[EditParams | GoToStep]) -> bool:
        """Whether the next command is of the same kind and replaces this one."""
        if self._put_back is None:
            self._put_back = self._runner.take_command(0.0)
        return isinstance(self._put_back, kind)

    def _seconds_to_wait(self) -> float:
        """How long there is nothing to do but to listen."""
        if self._evaluations.under_way or self._flight.under_way:
            return 0.0
        if self._side_jobs.have_work:
            return 0.0
        if self._run is not None and self._left:
            if self._waits_for_window(self._run):
                return WAITING_SECONDS
            if self._marks.is_at(self._run.step):
                return 0.0
        longest = WAITING_SECONDS if self._side_jobs.under_way else IDLE_SECONDS
        if self._left == 0:
            return longest
        wait = min(self._pace.seconds_until_due(), longest)
        if self._publisher.is_up_to_date:
            return wait
        return min(wait, SNAPSHOT_SECONDS)

    def _obey(self, command: Command) -> None:
        if isinstance(command, Start):
            self._start(command)
        elif isinstance(command, SetSpeed):
            self._pace.set_limit(command.steps_per_second)
        elif isinstance(command, SetNeeds):
            self._set_needs(command.needs)
        elif isinstance(command, BeginJob):
            self._side_jobs.begin(command, self._run_id, self._run)
        elif isinstance(command, EndJob):
            self._side_jobs.end(command)
        elif isinstance(command, SaveRun):
            self._take_run(command.number)
        elif self._run is not None:
            self._steer(command, self._run)
        elif isinstance(command, Play | Step | StepEpoch):
            self._post(Failed(self._run_id, NOTHING_LOADED, ends_with_start=True))

    def _steer(self, command: Command, run: TrainingRun) -> None:
        if isinstance(command, Play):
            run.train_on()
            self._go(ENDLESS)
        elif isinstance(command, Pause):
            self._pause()
        elif isinstance(command, Step):
            # Steps requested in quick succession add up; playing becomes stepping.
            pending = self._left if self._left < ENDLESS // 2 else 0
            self._go(pending + command.count)
            self._seek_asked = max(self._seek_asked, command.seek)
            if not self._pace.is_limited:
                self._marks.begin(run, self._left)
        elif isinstance(command, StepEpoch):
            self._go(run.until_epoch_end)
        elif isinstance(command, GoToStep):
            self._go_to(command, run)
        elif isinstance(command, GoToBranch):
            self._go_to_branch(command, run)
        else:
            self._change(command, run)

    def _take_run(self, number: int) -> None:
        """As it is at this step's border; what plays plays on."""
        self._flush()
        if self._loaded is None:
            self._post(Failed(self._run_id, NOTHING_LOADED, ends_with_start=True))
        else:
            self._post(self._taker.taken(self._run_id, number, self._loaded))

    def _change(self, command: Command, run: TrainingRun) -> None:
        """Make a change, which begins a branch."""
        self._flush()
        if isinstance(command, ChangeTraining):
            if command.run_id not in (0, self._run_id):
                return  # meant for a run that could not be had
            run.change_training(command.training)
            # First the branch that it begins, to which it belongs.
            self._tell_turns(run)
            self._post(TrainingChanged(self._run_id, run.step, command.training))
        elif isinstance(command, SetFrozen):
            run.set_frozen(command.parameters)
        elif isinstance(command, EditParams):
            run.edit_params(command.edits)
        self._tell_turns(run)
        self._publisher.is_up_to_date = False
        if self._left == 0 and not self._more_of(EditParams):
            self._publish(run)
            self._evaluations.begin(run)

    def _go_to(self, command: GoToStep, run: TrainingRun) -> None:
        self._halt()
        if not self._more_of(GoToStep):
            self._seek(run, partial(run.go_to, command.step), command.seek)

    def _go_to_branch(self, command: GoToBranch, run: TrainingRun) -> None:
        self._halt()
        self._seek(run, partial(run.go_to_branch, command.number), command.seek)

    def _halt(self) -> None:
        """Pause where another step is about to be shown."""
        if self._left > 0:
            self._left = 0
            self._flush()
            self._post(PlayingChanged(self._run_id, False))

    def _seek(self, run: TrainingRun, go: Callable[[], None], number: int) -> None:
        before = run.experiment.training
        with self._flight.announced(self._run_id, run):
            go()
        self._seek_asked = number
        self._tell_turns(run)
        training = run.experiment.training
        if training != before:
            self._post(TrainingChanged(self._run_id, run.step, training, True))
        self._publish(run)
        self._evaluations.begin(run)

    def _tell_turns(self, run: TrainingRun) -> None:
        for turn in run.take_turns():
            self._side_jobs.path.forget_from(turn.step)
            self._post(Branched(self._run_id, turn))

    def _start(self, command: Start) -> None:
        self._land_all()
        before, self._run_id = self._run_id, command.run_id
        place = self._side_jobs.place
        self._side_jobs.place = JobPlace(command.device, command.data_folders)
        try:
            back = self._left_runs.take(command.run_id)
            loaded = back or load_run(
                command, self._datasets, self._on_progress, self._held()
            )
        except Exception as error:
            if self._run is None:
                raise
            self._run_id, self._side_jobs.place = before, place
            data = command.experiment.data.name
            failure = failure_of(command.run_id, error, data)
            self._post(replace(failure, ends_with_start=True))
            self._go_on(self._run, playing=command.play)
            return
        self._leave_run(before)
        if command.play and not self._flight.is_compiled(loaded.run):
            # Before the window draws the run, or both compete for Python's lock.
            loaded.run.trace()
        self._post(
            Started(
                command.run_id,
                loaded.run.experiment,
                loaded.run.spec,
                loaded.run.dataset,
                loaded.device,
                loaded.notice,
                loaded.missing_data,
                loaded.device_bytes,
                loaded.steps_before,
                resumed=back is not None,
                kept=self._left_runs.numbers,
                so_far=loaded.so_far,
            )
        )
        # Not before the window knows of it.
        self._loaded = loaded
        if command.play:
            # In the first snapshot already, so that panels postpone what can wait.
            self._go(ENDLESS)
        self._publish(loaded.run)
        self._evaluations.begin(loaded.run)

    def _land_all(self) -> None:
        """Report the steps on their way: the run may be left and come back later."""
        try:
            self._flush()
        except Exception:
            logger.exception("the run that is left cannot be computed any more")
            self._flight.forget()
            self._loaded = None

    def _held(self) -> Held:
        held = self._left_runs.bytes + (0 if self._run is None else self._run.bytes)
        return Held(held, self._run is not None, self._give_up_runs)

    def _give_up_runs(self) -> None:
        self._left_runs.clear()
        self._loaded = None
        self._forget_run()

    def _forget_run(self) -> None:
        """Whatever holds on to a run besides `_loaded`: it has to end with it."""
        self._flight.begin_run()
        self._evaluations.forget()
        self._publisher.begin_run()
        self._marks.clear()

    def _leave_run(self, run_id: int) -> None:
        """Another one takes its place; undo may bring it back."""
        self._stop_quietly(run_id)
        if self._loaded is not None:
            self._left_runs.keep(run_id, self._loaded)
        self._loaded = None

    def _go_on(self, run: TrainingRun, *, playing: bool) -> None:
        """The run that should have been replaced stays, at its step."""
        if playing and self._left == 0:
            self._go(ENDLESS)
        elif not playing:
            self._pause()
        self._pace.restart()
        self._publish(run)

    def _set_needs(self, needs: frozenset[Need]) -> None:
        more = needs - self._publisher.needs
        self._publisher.needs = needs
        if more:
            self._publisher.is_up_to_date = False
        if more and self._run is not None and self._left == 0:
            self._publish(self._run)

    def _on_progress(self, text: str, done: int, total: int) -> None:
        if self._runner.is_interrupted:
            raise CancelledError
        self._post(Progress(self._run_id, text, done, total))

    def _go(self, steps: int) -> None:
        was_paused = self._left == 0
        self._left = steps
        # What was asked for before is done, or goes on in what is asked for now.
        self._publisher.seeks = self._seek_asked
        self._marks.clear()
        if self._run is not None:
            if self._run.is_over:
                self._run.train_on()
            self._tell_turns(self._run)
        if was_paused:
            self._pace.restart()
            self._post(PlayingChanged(self._run_id, True))

    def _stop_quietly(self, run_id: int) -> None:
        """Pause without a last snapshot: the run is about to be replaced."""
        was_playing = self._left > 0
        self._left = 0
        self._forget_run()
        self._side_jobs.forget_run()
        if was_playing:
            self._post(PlayingChanged(run_id, False))

    def _pause(self) -> None:
        if self._left > 0:
            self._left = 0
            self._come_to_rest()

    def _come_to_rest(self) -> None:
        self._flush()
        self._post(PlayingChanged(self._run_id, False))
        if self._run is not None:
            self._publish(self._run)
            self._evaluations.begin(self._run)

    def _take_turn(self) -> None:
        """One turn between two checks for commands."""
        if self._run is not None:
            self._work(self._run)
        if self._side_jobs.have_work:
            # Else the chunk in flight would seem to take as long as the job's turn.
            self._flush()
        self._side_jobs.work()

    def _work(self, run: TrainingRun) -> None:
        if self._left > 0 and not self._is_held(run):
            self._train(run)
            # Before an evaluation, which may have to be traced and compiled.
            self._publish_if_due(run)
        if self._evaluations.under_way:
            # Otherwise the evaluation's time would count for the steps before it.
            self._flush()
        evaluated = self._evaluations.read_part(self._run_id)
        if evaluated is not None:
            self._post(evaluated)
        by_clock = self._left > 0 and not self._marks.are_set
        if by_clock and self._evaluations.is_due(run.step):
            self._evaluations.begin(run)

    def _is_held(self, run: TrainingRun) -> bool:
        """Whether training waits at a mark, until this step is read and on its way."""
        if not self._marks.is_at(run.step):
            if not self._waits_for_window(run):
                return False
            self._flush()
            return True
        self._flush()
        if self._left == 0:  # it has diverged
            return True
        if self._evaluations.last_step != run.step:
            if not self._evaluations.under_way:
                self._evaluations.begin(run)
            return True
        if self._publisher.reads_health:
            if self._waits_for_window(run):
                return True
            self._publish(run)
        self._marks.leave(run.step)
        return self._waits_for_window(run)

    def _waits_for_window(self, run: TrainingRun) -> bool:
        """Whether the next snapshot would take the place of one that panels keep.

        Such are the ones at marks; the next one is at a mark or at the command's end.
        """
        if not self._publisher.reads_health or self._publisher.is_welcome:
            return False
        return self._marks.is_at(run.step) or (
            self._marks.are_set and self._left <= self._marks.until_next(run.step)
        )

    def _train(self, run: TrainingRun) -> None:
        wanted = min(self._pace.steps_due(), self._left)
        if wanted == 0:
            self._flush()
            return
        if self._publisher.needs and self._publisher.is_due:
            # Then the state before the newest step is available without a replay.
            wanted = 1
        path = self._side_jobs.path
        path.note(run.step, run.params)
        wanted = min(
            wanted, path.until_next(run.step), self._marks.until_next(run.step)
        )
        self._left -= self._flight.begin(self._run_id, run, wanted)
        self._tell_turns(run)  # before the steps of the new branch are told
        self._publisher.is_up_to_date = False
        while self._flight.is_full:
            self._land_one()
        if run.is_over:
            self._stop_early(run)
        elif self._left == 0:
            self._come_to_rest()

    def _stop_early(self, run: TrainingRun) -> None:
        self._left = 0
        self._flush()
        step, (best_step, best_loss) = run.step, run.best
        run.go_to_best()
        patience = run.experiment.training.early_stopping
        self._post(StoppedEarly(self._run_id, step, best_step, best_loss, patience))
        self._come_to_rest()

    def _land_one(self) -> None:
        """Wait for the oldest chunk in flight, and handle its result."""
        landed = self._flight.land(self._run_id)
        if self._run is None:
            return
        if landed.broken_step is not None:
            self._flight.forget()
            self._pause()
            reason = explain_divergence(
                self._run,
                landed.broken_step,
                tr("go back to an earlier step, or reset, and lower it"),
            )
            # Another run has nothing to do with it.
            self._post(Failed(self._run_id, reason, ends_with_start=True))
        elif landed.published is not None:
            self._publish(self._run, landed.published)

    def _flush(self) -> None:
        while self._flight.under_way:
            self._land_one()

    def _post(self, event: Event) -> None:
        self._runner.channel.post(event)

    def _publish_if_due(self, run: TrainingRun) -> None:
        if self._publisher.is_up_to_date or not self._publisher.is_due:
            return
        if self._flight.under_way and not self._publisher.needs:
            # Published when it has finished, so that the device need not wait.
            self._flight.show_newest(run)
            return
        self._flush()
        if self._left > 0:
            self._publish(run)

    def _publish(self, run: TrainingRun, state: PublishedState | None = None) -> None:
        playing = self._left > 0
        if not playing:
            self._publisher.seeks = self._seek_asked
        at_mark = self._marks.is_at(run.step) if self._marks.are_set else None
        self._publisher.publish(
            self._run_id, run, state, playing=playing, at_mark=at_mark
        )
