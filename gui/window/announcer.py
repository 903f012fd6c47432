"""Tells assistive technology what has changed in the window without its user's focus.

A step that was taken, what is selected now, the loss from time to time while it trains.
"""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from core.values.words import tr
from gui.panels.network_picture.canvas import NetworkCanvas
from gui.panels.network_picture.readout import readout_of
from gui.session.view_state import View
from gui.style.experiment_labels import TESTED_ON
from gui.style.number_format import count, loss_text
from gui.widgets.accessible.events import announce, is_listened_to
from gui.widgets.accessible.parts import AND

SECONDS_WHILE_PLAYING: Final = 5.0
"""Between two announcements: a sentence takes as long to be read out."""


class Announcer(QObject):
    """Watches the views; does nothing while nobody listens."""

    def __init__(
        self, window: QWidget, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(window)
        self._window = window
        self._clock = clock
        self._told: View | None = None
        self._told_at = 0.0

    def see_view(self, view: View | None) -> None:
        """Announce how this view differs from what was announced last."""
        if not is_listened_to():
            return
        text = self._text(view)
        if text:
            announce(self._window, text)

    def _text(self, view: View | None) -> str:
        told, now = self._told, self._clock()
        if view is None:
            self._told = None
            return ""
        is_other_run = told is None or told.run.run_id != view.run.run_id
        old = None if is_other_run else told
        was_chosen = None if old is None else old.selection
        texts = []
        if view.selection != was_chosen and view.selection is not None:
            texts.append(_selection_text(view))
        is_due = not view.snapshot.playing or (
            now - self._told_at >= SECONDS_WHILE_PLAYING
        )
        is_new_step = old is None or old.snapshot.step != view.snapshot.step
        if texts or is_due:
            self._told = view
        if is_new_step and is_due:
            self._told_at = now
            texts.insert(0, step_text(view))
        return ". ".join(text for text in texts if text)


def step_text(view: View) -> str:
    """The step, and its batch's loss before and after it or the test set's."""
    texts = [tr("step {step}", step=count(view.snapshot.step))]
    batch, tested = view.snapshot.batch, view.evaluation
    if batch is not None and batch.loss_after is not None:
        before, after = loss_text(batch.loss_before), loss_text(batch.loss_after)
        texts.append(
            tr(
                "loss of the batch {before}, after it {after}",
                before=before,
                after=after,
            )
        )
    elif tested is not None:
        texts.append(
            tr(
                "{tested_on} loss {test_loss}",
                tested_on=TESTED_ON[view.run.experiment.data.tested_on],
                test_loss=loss_text(tested.test_loss),
            )
        )
    return AND.join(texts)


def _selection_text(view: View) -> str:
    """Nothing where the picture with the focus says it itself."""
    if view.selection is None or isinstance(QApplication.focusWidget(), NetworkCanvas):
        return ""
    readout = readout_of(view, view.selection)
    return AND.join((readout.name, *readout.numbers))
