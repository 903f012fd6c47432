"""Films of the real window: every step once, and back to where it was."""

from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
from PIL import Image, ImageSequence

from gui.window.film.choice import FilmChoice
from gui.window.film.encoders import GIF
from tests.gui.support.whole_window import GlassMaker


def test_a_film_shows_the_chosen_steps_and_the_window_is_back_where_it_was(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window = glass()
    window.session.take_steps(20)
    window.rest_at(20)
    window.session.go_to_step(13)
    window.wait_until(lambda: window.step == 13)
    films, path = window.window.films, tmp_path / "film.gif"
    seen: list[int] = []
    window.session.view_changed.connect(lambda view: seen.append(view.snapshot.step))
    films.make("network", FilmChoice(GIF, 0, 20, 8), path)
    assert films.maker.progress.isVisible()
    size = window.panel("network").size()
    window.wait_until(lambda: films.maker is None)
    window.wait_until(lambda: window.step == 13)
    steps = [step for step, _ in groupby(seen)]
    # An evaluation of step 13 may have come before.
    assert steps[-5:] == [0, 8, 16, 20, 13]
    assert set(steps[:-5]) <= {13}
    assert window.says == f"Film saved as {path}. 4 pictures"
    with Image.open(path) as film:
        assert film.size == size.toTuple()
        shown = [np.asarray(f.convert("RGB")) for f in ImageSequence.Iterator(film)]
    assert len(shown) == 4
    assert all((a != b).any() for a, b in pairwise(shown))

    films.make("network", FilmChoice(GIF, 0, 20, 1), tmp_path / "other.gif")
    films.maker.progress.canceled.emit()
    window.wait_until(lambda: films.maker is None)
    window.wait_until(lambda: window.step == 13)
    assert [one.name for one in tmp_path.glob("*.gif")] == ["film.gif"]
    assert "given up" in window.says
