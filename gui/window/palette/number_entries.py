"""The figures of the run, to be copied with all their digits."""

from functools import partial

from core.values.words import tr
from gui.session.session import Session
from gui.style.experiment_labels import TESTED_ON
from gui.style.number_format import count, loss_text, percent
from gui.widgets.copying.content import Copying, exact_text
from gui.window.palette.entry import Entry, Group


def number_entries(session: Session) -> list[Entry]:
    """Loss and accuracy of the last evaluation, and the step."""
    view = session.view
    if view is None:
        return []
    of = TESTED_ON[view.run.experiment.data.tested_on]
    step = view.snapshot.step
    found = [(tr("step"), float(step), count(step))]
    read = view.evaluation
    if read is not None:
        loss = float(read.test_loss)
        found.append((tr("{of} loss", of=of), loss, loss_text(loss)))
        if read.test_accuracy is not None:
            share = float(read.test_accuracy)
            found.append((tr("{of} accuracy", of=of), share, percent(share)))
    return [
        Entry(
            f"copy {name}",
            Group.DO,
            tr("Copy {name}", name=name),
            text,
            run=partial(_put, name, exact_text(value)),
        )
        for name, value, text in found
    ]


def _put(name: str, text: str) -> None:
    Copying(name, text).put()
