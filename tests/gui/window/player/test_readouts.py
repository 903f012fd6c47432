"""The two figures of the bar below: how well it does on the test set."""

import dataclasses

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.session.view_state import View
from gui.window.player.figures import Figures
from tests.gui.support.sample_views import sample_view


def view_at(step: int, *, read: int, playing: bool) -> View:
    view = sample_view()
    assert view.evaluation is not None
    snapshot = dataclasses.replace(view.snapshot, step=step, end=step, playing=playing)
    evaluation = dataclasses.replace(view.evaluation, step=read)
    return dataclasses.replace(view, snapshot=snapshot, evaluation=evaluation)


@pytest.mark.parametrize(
    ("step", "read", "playing", "is_old"),
    [
        (1000, 1000, False, False),
        (1000, 999, False, True),
        (1000, 950, True, False),
        (1000, 320, True, True),
        (5, 900, False, True),
    ],
)
def test_a_figure_of_a_step_that_is_past_is_fainter(
    qtbot: QtBot, step: int, read: int, playing: bool, is_old: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    figures = Figures(window, window)
    figures.set_view(view_at(1000, read=1000, playing=False))
    figures._view = view_at(step, read=read, playing=playing)
    figures._show_figures()
    faint = QPalette.ColorRole.PlaceholderText
    assert (figures.loss.value.foregroundRole() == faint) == is_old
    assert (figures.accuracy.value.foregroundRole() == faint) == is_old
    assert figures.loss.toolTip() == f"at step {read:,}"


def test_the_figures_are_of_the_data_that_run_before_they_are_read(
    qtbot: QtBot,
) -> None:
    """After a run on numbers the bar said "test R²" of digits until they were read."""
    window = QWidget()
    qtbot.addWidget(window)
    figures = Figures(window, window)
    figures.accuracy.show_of("test", "R²")
    figures.set_view(dataclasses.replace(sample_view(), evaluation=None))
    assert figures.accuracy.name == "test accuracy"
