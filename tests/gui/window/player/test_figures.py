from gui.window.player.figures import pace_text


def test_a_pace_has_the_noun_of_the_number_that_is_printed() -> None:
    texts = [pace_text(pace) for pace in (0.3, 0.6, 1.0, 1.4, 1.6, 1234.4)]
    assert texts == [
        "0 steps/s",
        "1 step/s",
        "1 step/s",
        "1 step/s",
        "2 steps/s",
        "1,234 steps/s",
    ]
