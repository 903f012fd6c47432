"""In a lecture a lesson's controls are there, and "Show me" leads to them."""

import pytest

from core.lessons.library import lesson_of
from gui.window.lessons.controls import control_of
from tests.gui.support.whole_window import Glass, GlassMaker


def opened(glass: GlassMaker, key: str, place: int) -> Glass:
    window = glass(size=(1280, 720), lecture_mode="yes")
    window.window.lessons.open(lesson_of(key), place)
    session = window.window.lessons.session
    window.wait_until(lambda: session.values is not None)
    return window


@pytest.mark.parametrize("key", ["training.learning_rate", "training.optimizer"])
def test_show_me_opens_the_form_at_the_field(glass: GlassMaker, key: str) -> None:
    place = 6 if key == "training.learning_rate" else 7
    name = "losses" if key == "training.learning_rate" else "optimisers"
    window = opened(glass, name, place)
    window.window.lessons.session.show_me()
    field = control_of(window.window, f"field {key}")
    assert field is not None
    window.wait_until(lambda: field.isVisible())
    ring = window.window.lessons.ring
    assert ring.target is field
    # The whole of it is in the window, and in what the form's scrolling shows.
    window.wait_until(
        lambda: (
            ring.isVisible()
            and ring.height() > field.height()
            and field.visibleRegion().boundingRect().height() == field.height()
        )
    )


def test_the_player_keeps_the_buttons_that_a_step_asks_for(glass: GlassMaker) -> None:
    window = opened(glass, "perceptron", 7)
    button = control_of(window.window, "new seed")
    assert button is not None
    window.wait_until(lambda: button.isVisible())
    assert window.window.player.timeline.width() > 100
    window.window.lessons.session.show_me()
    assert window.window.lessons.ring.target is button
    window.window.lessons.close()
    window.wait_until(lambda: not button.isVisible())
