"""A real window, put into one look after the other."""

from time import monotonic
from typing import Final

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from gui.window.main_window import MainWindow
from tests.sweeps.window_cases import WindowCase
from tests.sweeps.window_faults import find_faults

LONG_STEP: Final = 123_456_789
"""A run that goes on from here has the longest numbers that a day of training gives."""
PATIENCE_SECONDS: Final = 60.0


class WindowStage:
    """Shows a window as a case says, and looks for faults in it."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def has_run(self) -> bool:
        """Wait for the run and go on at a late step; False if it is refused."""
        session = self._window.session
        if not self._wait_for_run(after=0):
            return False
        view = session.view
        assert view is not None
        session.start(view.run.experiment, params=view.params, steps_before=LONG_STEP)
        if not self._wait_for_run(after=view.run.run_id):
            return False
        session.take_steps(2)
        return self._wait_for_step(2)

    def faults_of(self, case: WindowCase) -> list[str]:
        """What is wrong with the window in this look."""
        window = self._window
        self._choose_colours(case.colours)
        lecture = window.actions_by_key["lecture_mode"]
        if lecture.isChecked() != (case.mode == "lecture"):
            lecture.trigger()
        window.show_workspace(case.workspace)
        window.resize(*case.size)
        window.layouts.arrange_anew()
        self._settle()
        return find_faults(window, case.size)

    def _choose_colours(self, colours: str) -> None:
        for action in self._window._scheme_group.actions():
            if action.data() == colours and not action.isChecked():
                action.trigger()

    def _wait_for_run(self, *, after: int) -> bool:
        session, bar = self._window.session, self._window.message_bar
        end = monotonic() + PATIENCE_SECONDS
        while monotonic() < end:
            if session.view is not None and session.view.run.run_id > after:
                return True
            if session.view is None and bar.isVisible():
                return False
            _turn()
        return False

    def _wait_for_step(self, step: int) -> bool:
        session = self._window.session
        end = monotonic() + PATIENCE_SECONDS
        while monotonic() < end:
            if session.view is not None and session.view.snapshot.step >= step:
                return True
            _turn()
        return False

    def _settle(self) -> None:
        """Until layouts have been made and nothing is posted any more."""
        for _ in range(4):
            QApplication.sendPostedEvents()
            QApplication.processEvents()


def _turn() -> None:
    flag = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    QApplication.processEvents(flag, 50)
