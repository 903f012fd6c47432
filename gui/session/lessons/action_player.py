"""Does what "Show me" does, one action after the other, by the user's commands."""

from collections import deque
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from core.lessons.actions import (
    Action,
    EditParameter,
    GoTo,
    Reset,
    Restore,
    Select,
    SetValue,
    ShowExample,
    ShowPoint,
    Silence,
    TakeSteps,
)
from gui.session.example_point import free_example
from gui.session.lessons.examples import example_of
from gui.session.lessons.window_values import setting_of
from gui.session.session import Session
from gui.session.view_state import Run, ShownExample, View

IsDone = Callable[[View], bool]


class ActionPlayer(QObject):
    """Waits for each action to show before it begins the next.

    Signals:
        finished: all are done.
    """

    finished = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: deque[Action] = deque()
        self._is_done: IsDone | None = None
        session.view_changed.connect(self._on_session_view_changed)

    @property
    def is_busy(self) -> bool:
        return self._is_done is not None

    def play(self, actions: Sequence[Action]) -> None:
        """Do all of them."""
        self._waiting = deque(actions)
        self._go_on()

    def stop(self) -> None:
        """Do no more of them."""
        self._waiting.clear()
        self._is_done = None

    def _go_on(self) -> None:
        while self._waiting and self._is_done is None:
            self._is_done = self._begin(self._waiting.popleft())
            view = self._session.view
            if view is not None and self._is_done(view):
                self._is_done = None
        if self._is_done is None:
            self.finished.emit()

    def _on_session_view_changed(self, view: View | None) -> None:
        if view is None or self._is_done is None or not self._is_done(view):
            return
        self._is_done = None
        self._go_on()

    def _begin(self, action: Action) -> IsDone:
        session = self._session
        if isinstance(action, TakeSteps):
            return self._take_steps(action.count)
        if isinstance(action, GoTo):
            session.go_to_step(action.step)
            return lambda view: view.snapshot.step == action.step
        if isinstance(action, SetValue):
            session.document.edit({action.key: action.value})
            return self._has(action)
        if isinstance(action, EditParameter):
            session.interventions.edit_params((action.edit,))
            return lambda view: action.edit.parameter in view.edited
        if isinstance(action, Select):
            session.select(action.selection)
            return lambda view: view.selection == action.selection
        if isinstance(action, ShowExample | ShowPoint):
            return self._show(action)
        if isinstance(action, Reset):
            session.reset()
            wanted = session.document.situation.run_id
            return lambda view: view.run.run_id == wanted
        if isinstance(action, Silence):
            session.interventions.ablate_unit(action.unit)
            return lambda view: action.unit in view.ablated
        assert isinstance(action, Restore)
        session.interventions.restore_unit(action.unit)
        return lambda view: action.unit not in view.ablated

    def _show(self, action: ShowExample | ShowPoint) -> IsDone:
        view = self._session.view
        example = None if view is None else _example(view.run, action)
        if example is not None:
            self._session.show_example(example)
        return lambda _view: True

    def _take_steps(self, count: int) -> IsDone:
        view = self._session.view
        target = count + (0 if view is None else view.snapshot.step)
        self._session.take_steps(count)

        def is_done(view: View) -> bool:
            snapshot = view.snapshot
            is_there = snapshot.step >= target or snapshot.stopped_at is not None
            return is_there and not snapshot.playing

        return is_done

    def _has(self, action: SetValue) -> IsDone:
        wanted = self._session.document.situation.run_id
        key, value = action.key, action.value

        def is_done(view: View) -> bool:
            run = view.run
            is_set = setting_of(run.experiment, key) == value
            return run.run_id == wanted and is_set

        return is_done


def _example(run: Run, action: ShowExample | ShowPoint) -> ShownExample | None:
    """None where the data have no such example or point."""
    if isinstance(action, ShowExample):
        return example_of(run, action.split, action.index)
    space = run.dataset.space
    if space is None or space.test.shape[1] != len(action.point):
        return None
    return free_example(run.dataset, action.point)
