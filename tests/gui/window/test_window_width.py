"""The window never grows by itself, whatever is learned and however long it takes."""

from dataclasses import replace

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from core.experiment.presets import load_preset
from core.protocol.jobs import JobEnded
from core.protocol.messages import Progress
from gui.session.view_state import View
from gui.window.workspaces import WORKSPACES
from tests.gui.support.whole_window import Glass, GlassMaker

WIDEST = 1024
LONG = 987_654_321


def with_long_numbers(view: View) -> View:
    """As after years of training, at a speed that no machine has."""
    snapshot = replace(
        view.snapshot,
        step=LONG,
        end=LONG,
        epoch=12_345_678.91,
        steps_per_second=98_765_432.1,
        edited=dict.fromkeys(view.snapshot.frozen, LONG),
    )
    evaluation = view.evaluation
    if evaluation is not None:
        evaluation = replace(evaluation, step=LONG, test_loss=1.2345e-12)
    return replace(view, snapshot=snapshot, evaluation=evaluation)


def settle() -> None:
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QApplication.processEvents()


def least_width(glass: Glass) -> int:
    settle()
    return glass.window.minimumSizeHint().width()


def test_no_preset_makes_the_window_grow_while_it_trains(glass: GlassMaker) -> None:
    window = glass("xor", size=(1272, 700))
    window.session.set_speed(None)
    for name in ("worked-example", "circle"):
        before = window.run_id
        window.session.start(load_preset(name).experiment)
        window.wait_for_run(after=before)
        width = least_width(window)
        window.session.take_steps(200)
        window.wait_until(
            lambda: not window.session.playing and window.view.snapshot.step > 0
        )
        window.window._on_view_changed(with_long_numbers(window.view))
        assert least_width(window) == width <= WIDEST, name
        assert window.window.size().toTuple() == (1272, 700), name


def test_the_player_names_the_newest_step_even_while_the_cores_are_busy(
    glass: GlassMaker,
) -> None:
    window = glass()
    window.wait_for_run()
    timeline = window.window.player.timeline
    for step in (2_390, 2_394):
        snapshot = replace(
            window.view.snapshot, step=step, end=step, playing=True, cores_busy=True
        )
        timeline.set_view(replace(window.view, snapshot=snapshot))
        assert timeline.field.value() == step


def test_every_workspace_fits_a_screen_of_1024_and_stays_so(glass: GlassMaker) -> None:
    window = glass("circle", size=(WIDEST, 700))
    window.session.take_steps(2)
    window.rest_at(2)
    for workspace in WORKSPACES:
        window.show_workspace(workspace.key)
        width = least_width(window)
        window.window._on_view_changed(with_long_numbers(window.view))
        assert least_width(window) == width <= WIDEST, workspace.key
        assert window.window.width() == WIDEST


def test_progress_and_messages_do_not_widen_the_window(glass: GlassMaker) -> None:
    window = glass("circle", size=(WIDEST, 700))
    width = least_width(window)
    bar = window.window.player_bar.jobs
    bar.show_progress(Progress(1, "Reading the images of a very large data set", 1, 2))
    window.window.message_bar.show_success("Opened " + "/a_long_name" * 40)
    window.window.message_bar.show_error("x" * 400)
    assert least_width(window) == width
    assert window.window.width() == WIDEST
    assert window.window.player.timeline.field.value() == 0


def test_a_message_names_the_field_as_the_form_does(glass: GlassMaker) -> None:
    window = glass()
    window.window.message_bar.show_error("training.learning_rate: invalid value -1")
    assert window.says == "Learning rate: invalid value \N{MINUS SIGN}1"
    ends: list[JobEnded] = []
    window.session.job_advanced.connect(ends.append)
    window.session._hear(JobEnded(0, 9, "data.noise: no"), is_stale=False)
    assert [end.reason for end in ends] == ["Noise: no"]
