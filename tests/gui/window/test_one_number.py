"""A number that stands in several places is the same number, rounded in one way."""

from core.experiment.presets import load_preset
from gui.panels.curves.curves_panel import CurvesPanel
from gui.style.number_format import loss_text, percent
from tests.gui.support.whole_window import Glass, GlassMaker


def test_bar_and_curves_say_the_same_of_the_same_step(glass: GlassMaker) -> None:
    window = glass(load_preset("circle").experiment)
    window.show_workspace("train")
    window.session.take_steps(130)
    window.rest_at(130)
    check(window, 130)
    window.session.go_to_step(57)
    window.wait_until(lambda: window.step == 57)
    check(window, 57)


def check(window: Glass, step: int) -> None:
    window.wait_until(lambda: window.view.evaluation.step == step)
    evaluation = window.view.evaluation
    assert evaluation is not None
    assert evaluation.test_accuracy is not None
    loss, accuracy = loss_text(evaluation.test_loss), percent(evaluation.test_accuracy)
    figures, curves = window.window.player.figures, window.panel("curves")
    window.wait_until(lambda: figures.accuracy.value.text() == accuracy)
    assert figures.loss.value.text() == loss
    assert isinstance(curves, CurvesPanel)
    window.wait_until(lambda: f"test {accuracy}" in curves._accuracy.legend.text)
    window.wait_until(lambda: f"test {loss}" in curves._loss.legend.text)


def test_bar_and_curves_say_the_same_while_it_plays(glass: GlassMaker) -> None:
    window = glass(load_preset("circle").experiment)
    window.show_workspace("train")
    window.session.take_steps(5)
    window.rest_at(5)
    check(window, 5)
    figures, curves = window.window.player.figures, window.panel("curves")
    assert isinstance(curves, CurvesPanel)
    seen: list[tuple[str, str]] = []

    def look() -> bool:
        seen.append((figures.loss.value.text(), curves._loss.legend.text))
        return len({said for said, _ in seen}) > 6

    window.session.set_speed(50.0)
    window.session.play()
    window.wait_until(look)
    window.session.pause()
    assert [said for said, legend in seen if f"test {said}" not in legend] == []
