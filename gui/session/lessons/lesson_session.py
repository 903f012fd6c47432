"""The open lesson: its step, what was answered and done, and the live values."""

import math
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from core.lessons.actions import Action
from core.lessons.expressions.evaluate import evaluate
from core.lessons.expressions.nodes import reads_of
from core.lessons.model import Lesson, LessonStep, Scene
from core.lessons.tasks import Untouched, done_now, step_to_stop_at
from core.protocol.jobs import JobAdvanced, JobEnded
from core.protocol.side_jobs.compare import Comparison
from core.protocol.side_jobs.descents import DescentResult, GradientAngle
from core.protocol.snapshot import Need
from gui.session.lessons.action_player import ActionPlayer
from gui.session.lessons.earlier import Earlier
from gui.session.lessons.elsewhere import Elsewhere
from gui.session.lessons.ground import Ground, ground_of
from gui.session.lessons.own_run import OwnRun
from gui.session.lessons.progress import LessonProgress, Progress
from gui.session.lessons.scene_setter import SceneSetter
from gui.session.lessons.step_state import DO_NOT_KNOW, StepState
from gui.session.lessons.window_values import Since, WindowValues, numbers_of
from gui.session.session import Session
from gui.session.view_state import View

HINT_MILLISECONDS: Final = 45_000


class LessonSession(QObject):
    """Mutable: leads through a lesson, and gives the reader's own run back at its end.

    Signals:
        opened: a lesson is open, or another one.
        closed: none is open any more; the own run is asked for.
        step_changed: another step is shown.
        state_changed: something was answered or done.
        values_changed: live values may have changed.
        scene_set: a Scene stands: the window is to show it.
        pointed: names of the controls that "Show me" means.
        needs_changed: `needs` are others.
    """

    opened = Signal()
    closed = Signal()
    step_changed = Signal()
    state_changed = Signal()
    values_changed = Signal()
    scene_set = Signal(object)
    pointed = Signal(object)
    needs_changed = Signal()

    def __init__(
        self, session: Session, progress: Progress, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.progress = progress
        self._lesson: Lesson | None = None
        self._place = 0
        self._states: dict[int, StepState] = {}
        self._own: OwnRun | None = None
        self._back: OwnRun | None = None
        self._finished: tuple[Lesson, dict[int, StepState]] | None = None
        self._since: Since | None = None
        self._earlier: Earlier | None = None
        self._untouched = Untouched(())
        self._shown: tuple[int, int] | None = None
        self._jobs: dict[int, str] = {}
        self._begun_by_itself: frozenset[int] = frozenset()
        self._elsewhere = Elsewhere(session)
        self._scenes = SceneSetter(session, self)
        self._scenes.scene_set.connect(self._on_scenes_scene_set)
        self._redone: tuple[Action, ...] = ()
        self._redo = ActionPlayer(session, self)
        self._redo.finished.connect(self._on_redo_finished)
        self._actions = ActionPlayer(session, self)
        self._hint = QTimer(self)
        self._hint.setSingleShot(True)
        self._hint.setInterval(HINT_MILLISECONDS)
        self._hint.timeout.connect(self.give_hint)
        session.view_changed.connect(self._on_session_view_changed)
        session.job_advanced.connect(self._on_session_job_advanced)
        session.failed.connect(self._on_session_failed)
        session.play_limit = self._play_limit

    # --- what is open -----------------------------------------------------------

    @property
    def lesson(self) -> Lesson | None:
        return self._lesson

    @property
    def place(self) -> int:
        """The step that is shown, counted from 0."""
        return self._place

    @property
    def step(self) -> LessonStep:
        assert self._lesson is not None
        return self._lesson.steps[self._place]

    @property
    def state(self) -> StepState:
        """What was answered and done in the step that is shown."""
        if self._place not in self._states:
            self._states[self._place] = StepState(self.step)
        return self._states[self._place]

    @property
    def is_setting(self) -> bool:
        """Whether the scene is still being set."""
        return self._scenes.is_busy or self._redo.is_busy

    @property
    def is_elsewhere(self) -> bool:
        """Whether the window shows something that is not of the lesson."""
        if self._lesson is None or self.is_setting:
            return False
        return self._elsewhere.is_elsewhere

    def come_back(self) -> None:
        """Show again what belongs to the lesson, as it was left."""
        if self.is_elsewhere:
            self._elsewhere.come_back()

    @property
    def needs(self) -> frozenset[Need]:
        """What snapshots must have for the step that is shown."""
        return frozenset() if self._lesson is None else self.step.needs

    @property
    def values(self) -> WindowValues | None:
        """The live values; None while a scene is being set.

        Of a step that was over, and while something else is shown, those that were
        seen.
        """
        if self._lesson is not None and self.state.seen is not None:
            return self.state.seen
        if self.is_elsewhere:
            return self._elsewhere.seen
        return self._live_values

    @property
    def _live_values(self) -> WindowValues | None:
        view = self._session.view
        if view is None or self._since is None:
            return None
        experiment = self._session.experiment
        return WindowValues(numbers_of(view), experiment, view, self._since)

    @property
    def is_last(self) -> bool:
        return self._lesson is not None and self._place == len(self._lesson.steps) - 1

    def open(self, lesson: Lesson, place: int = 0) -> None:
        """Open a lesson at a step; the own run waits."""
        self._open(lesson, min(place, len(lesson.steps) - 1), {})

    def _open(self, lesson: Lesson, place: int, states: dict[int, StepState]) -> None:
        if self._own is None:
            self._own = OwnRun.of(self._session)
        self._back = self._finished = None
        self._lesson = lesson
        self._states = states
        ground = ground_of(lesson.steps, place)
        self._place = ground.place
        self.opened.emit()
        self._enter(ground)

    @property
    def finished(self) -> Lesson | None:
        """The lesson that was just left by "Done"; None once another one is open."""
        return None if self._finished is None else self._finished[0]

    def reopen(self) -> None:
        """Open the lesson that was just left by "Done", with all that was answered."""
        if self._finished is not None:
            lesson, states = self._finished
            self._open(lesson, len(lesson.steps) - 1, states)

    def close(self) -> None:
        """The own run comes back."""
        own, self._own = self._own, None
        if self._lesson is None or own is None:
            return
        self._stop()
        # The own run goes on only if it did before.
        self._session.pause()
        self._lesson = None
        self._back = own
        own.come_back(self._session)
        self.closed.emit()
        self.needs_changed.emit()

    def go_on(self) -> None:
        """To the next step; from the last one the lesson is done, and closes.

        What was chosen and not yet told is told first: it is not left behind unread.
        """
        if self._lesson is None:
            return
        state = self.state
        is_chosen = state.answer is not None and state.answer != DO_NOT_KNOW
        if is_chosen and not state.is_revealed:
            self.reveal()
            return
        if self.is_last:
            self._keep_seen()
            self._finished = (self._lesson, self._states)
            self._progress.is_done = True
            self._progress.step = 0
            self.progress.save()
            self.close()
            return
        self.go_to(self._place + 1)

    def go_back(self) -> None:
        """To the step before."""
        if self._lesson is not None and self._place > 0:
            self.go_to(self._place - 1)

    def go_to(self, place: int) -> None:
        """To a step by its place.

        The next one goes on from what is there; any other stands on its own ground.
        """
        assert self._lesson is not None
        # Looked back at, a step has its text of then, and nothing that was done in it.
        is_bare = self.state.seen is not None and bool(self.step.turns)
        self._keep_seen()
        goes_on = place == self._place + 1 and not is_bare
        steps = self._lesson.steps
        if goes_on and steps[place].scene is None:
            scene = None
            if self.is_elsewhere and self._since is not None:
                scene = self._scene_of(self._since)
            ground = Ground(place, scene)
        else:
            ground = ground_of(steps, place)
        self._place = ground.place
        self._enter(ground)

    def _keep_seen(self) -> None:
        """A step is left: what was read there stays when the reader looks back."""
        state = self.state
        if state.seen is None and state.is_over:
            state.seen = self.values

    def again(self) -> None:
        """This step as it began: the scene is restored, what was done stays done."""
        since, lesson = self._since, self._lesson
        if lesson is None:
            return
        self.state.begin_again()
        self.state.begin_tasks()
        scene = self.step.scene
        if scene is None and since is not None:
            scene = self._scene_of(since)
        if scene is not None:
            self._set(scene)

    def _scene_of(self, since: Since) -> Scene:
        """The state in which a step without a scene began."""
        assert self._lesson is not None
        before = [s.scene for s in self._lesson.steps[: self._place] if s.scene]
        return replace(before[-1], experiment=since.experiment, step=since.numbers.step)

    # --- what the reader does ---------------------------------------------------

    def choose(self, number: int) -> None:
        """Choose an answer, counted from 0; DO_NOT_KNOW is one, too."""
        question = None if self._lesson is None else self.step.question
        if question is None or not question.answers or self.state.is_revealed:
            return
        if DO_NOT_KNOW <= number < len(question.answers):
            self.state.answer = number
            self._progress.answers[self._place] = float(number)
            self.state_changed.emit()

    def type_number(self, value: float) -> None:
        """Answer with a number."""
        if self._lesson is not None and self.step.question is not None:
            self.state.typed = value
            self._progress.answers[self._place] = value
            self.reveal()

    def reveal(self) -> None:
        """Tell the answer, to whoever has given one or not."""
        if self._lesson is None or self.step.question is None:
            return
        state = self.state
        if not state.is_answered:
            state.answer = DO_NOT_KNOW
        state.is_revealed = True
        self.progress.save()
        self.state_changed.emit()

    @property
    def is_right(self) -> bool | None:
        """Whether the given answer is right; None without one."""
        question, state = self.step.question, self.state
        if question is None or not state.is_answered:
            return None
        if question.number is None:
            return (
                None if state.answer == DO_NOT_KNOW else state.answer == question.right
            )
        if math.isnan(state.typed):
            return None
        wanted = None if self.values is None else evaluate(question.number, self.values)
        return None if wanted is None else abs(state.typed - wanted) <= question.within

    def give_hint(self) -> None:
        """After a while without progress."""
        if self._lesson is not None and not self.state.are_all_done:
            self.state.shows_hint = True
            self.state_changed.emit()

    def show_me(self) -> None:
        """Point at the control that is meant; once more does it."""
        if self._lesson is None:
            return
        state, show = self.state, self.step.show
        state.shows_hint = True
        if state.has_pointed and show.actions and not self._actions.is_busy:
            self._actions.play(show.actions)
        state.has_pointed = True
        self.pointed.emit(self.step.controls(state.done))
        self.state_changed.emit()

    def take_race(self, surface: str) -> None:
        """A race was run on this surface."""
        since, view = self._since, self._session.view
        if self._lesson is None or since is None or view is None:
            return
        self._since = replace(since, raced=since.raced | {surface})
        self._look(view)

    # --- inside -----------------------------------------------------------------

    def _play_limit(self, view: View) -> int | None:
        """Steps until the next task is judged, where play pauses."""
        if self._lesson is None or self._since is None or self.is_elsewhere:
            return None
        snapshot = view.snapshot
        stop = step_to_stop_at(
            self.step.turns, self.state.done, snapshot.step, snapshot.steps_per_epoch
        )
        return None if stop is None else stop - snapshot.step

    @property
    def _progress(self) -> LessonProgress:
        assert self._lesson is not None
        return self.progress.of(self._lesson.key)

    def _enter(self, ground: Ground) -> None:
        progress = self._progress
        progress.step = self._place
        progress.furthest = max(progress.furthest, self._place)
        self.progress.save()
        self._stop()
        if ground.scene is not None:
            self.state.begin_tasks()
            self._redone = ground.actions
            self._set(ground.scene)
        else:
            # Until it begins, no view is one of this step.
            self._since = None
            self._clear_selection()
            self._begin()
        self.needs_changed.emit()
        self.step_changed.emit()

    def _clear_selection(self) -> None:
        """What is to be selected is not what was selected in the step before."""
        reads = [read for turn in self.step.turns for read in reads_of(turn.until)]
        if any(read.name.startswith("selected") for read in reads):
            self._session.select(None)

    def _stop(self) -> None:
        self._actions.stop()
        self._redo.stop()
        self._redone = ()
        self._scenes.stop()
        self._hint.stop()
        self.pointed.emit(())

    def _set(self, scene: Scene) -> None:
        self._actions.stop()
        self._since = None
        self._scenes.set(scene)
        self.values_changed.emit()

    def _on_scenes_scene_set(self, scene: Scene) -> None:
        # The panels first: what a workspace begins by itself is part of the scene.
        self.scene_set.emit(scene)
        redone, self._redone = self._redone, ()
        self._redo.play(redone)

    def _on_redo_finished(self) -> None:
        """The scene stands, with what the steps in between have made of it."""
        if self._lesson is not None:
            self._begin()

    def _begin(self) -> None:
        """What is shown now is the beginning of the step."""
        view = self._session.view
        self._elsewhere.begin()
        self._earlier = Earlier(self.step)
        self._jobs.clear()
        # What a panel computes when it is first shown is not the reader's doing.
        self._begun_by_itself = self._session.open_jobs
        self._shown = None
        if view is None:
            return
        self._untouched = Untouched(self.step.turns)
        self._since = Since(
            numbers_of(view),
            self._session.experiment,
            view.edited,
            drawn=view.example if view.example.origin == "drawing" else None,
        )
        if self.step.turns and not self.state.are_all_done:
            self._hint.start()
        self._look(view)

    def _on_session_view_changed(self, view: View | None) -> None:
        if view is None:
            return
        back = self._back
        if back is not None and view.run.run_id == back.situation.run_id:
            self._back = None
            back.restore(self._session)
        if self._lesson is not None and self._since is not None:
            self._look(view)

    def _look(self, view: View) -> None:
        """Keep what passes by, and see whether a task was done."""
        since, earlier = self._since, self._earlier
        assert since is not None
        assert earlier is not None
        if self.is_elsewhere:
            self.values_changed.emit()
            return
        numbers = numbers_of(view)
        place = (view.run.run_id, numbers.step)
        if self._shown is not None and self._shown[0] != place[0]:
            earlier.forget()
            since = replace(since, angle=None)
        last = None if self._shown is None else self._shown[1]
        since = since.with_view(numbers, last)
        is_beginning = not since.visited and self._is_still_beginning(view, since)
        if is_beginning:
            # The panels have asked for more, which is there only now.
            since = replace(since, numbers=numbers)
        earlier.take(numbers)
        self._since = replace(since, earlier=earlier.found)
        self._shown = place
        live = self._live_values
        if live is not None:
            self._elsewhere.take(live)
            self._untouched.look(live, is_beginning=is_beginning)
        self._check()
        self.values_changed.emit()

    def _on_session_failed(self) -> None:
        """The reason is in the message bar; the step goes on from what is there."""
        if self._lesson is not None and self.is_setting:
            self._scenes.stop()
            self._redo.stop()
            self._begin()

    def _is_still_beginning(self, view: View, since: Since) -> bool:
        return (
            view.edited == since.edited
            and self._session.experiment == since.experiment
            and view.snapshot.step == since.numbers.step
        )

    def _check(self) -> None:
        values, state = self._live_values, self.state
        if values is None:
            return
        touched = self._untouched.touched
        now = done_now(self.step.turns, state.done, values, touched)
        is_news = state.done != now
        state.done = now
        state.keep(values)
        if not is_news:
            return
        self._hint.start()
        # The next task has other controls.
        self.pointed.emit(())
        state.has_pointed = False
        if all(now):
            # What was to be seen is there: it stands still, to be read.
            self._session.pause()
            self._hint.stop()
            if self.step.question is not None:
                self.reveal()
        self.state_changed.emit()

    def _take_result(self, event: JobAdvanced) -> None:
        """Keep what live values read of side jobs."""
        since, view, result = self._since, self._session.view, event.result
        if since is None or view is None or self._lesson is None or self.is_elsewhere:
            return
        if isinstance(result, Comparison):
            self._since = replace(since, comparison=result)
        elif isinstance(result, GradientAngle) and event.run_id == view.run.run_id:
            self._since = replace(since, angle=result)
        else:
            return
        self._look(view)

    def _on_session_job_advanced(self, event: JobAdvanced | JobEnded) -> None:
        kinds = {Comparison: "compare", DescentResult: "descent"}
        if isinstance(event, JobAdvanced):
            self._take_result(event)
            kind = kinds.get(type(event.result))
            if kind is not None:
                self._jobs[event.job_id] = kind
            return
        kind = self._jobs.get(event.job_id)
        if event.job_id in self._begun_by_itself:
            return
        if kind is not None and not event.reason and self._since is not None:
            self._since = replace(self._since, jobs=self._since.jobs | {kind})
            view = self._session.view
            if view is not None and self._lesson is not None:
                self._look(view)
