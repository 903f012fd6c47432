"""While it trains, all that is in sight says the numbers of one and the same step."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer

from core.experiment.presets import load_preset
from core.runner import publishing
from core.values.parameter import Parameter, Unit
from gui.panels.backprop.formula_page import to_text
from gui.panels.network_picture.edges.edge_request import EdgeRequest
from gui.panels.network_picture.edges.file_edges import FileEdges
from gui.session.selection import Selection
from gui.style.in_force import in_force
from gui.style.picture_pass import PicturePass
from tests.gui.support.whole_window import Glass, GlassMaker

FIGURE = r"(\N{MINUS SIGN}?\d[\d,]*(?:\.\d+)?)"
LOOKS = 80
"""Moments at which all is read, of which most are between two frames."""


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training wants all cores, as it does on a small machine."""
    monkeypatch.setattr(publishing, "FEW_CORES", publishing.CORES)


def playing_window(glass: GlassMaker, workspace: str, chosen: Selection) -> Glass:
    window = glass(load_preset("circle").experiment)
    window.show_workspace(workspace)
    window.session.select(chosen)
    window.session.set_speed(None)
    window.session.play()
    window.wait_until(lambda: window.step > 20)
    return window


def looks_at(
    window: Glass, read: Callable[[], tuple[str, ...]]
) -> list[tuple[str, ...]]:
    """What was to be read at many moments of training, whatever came before each."""
    seen: list[tuple[str, ...]] = []
    timer = QTimer(interval=3)
    timer.timeout.connect(lambda: seen.append(read()))
    timer.start()
    window.wait_until(lambda: len(seen) >= LOOKS)
    timer.stop()
    window.session.pause()
    assert len(set(seen)) > 1, "nothing has moved"
    return seen


def figure(name: str, text: str) -> str:
    found = re.search(rf"\b{name}\W{FIGURE}", text)
    assert found is not None, f"no {name} in {text!r}"
    return found.group(1).replace(",", "")


def same(one: str, other: str) -> bool:
    """Whether both are one number, with as many digits as each place prints."""
    first, second = (text.replace("\N{MINUS SIGN}", "-") for text in (one, other))
    digits = [len(text.partition(".")[2]) for text in (first, second)]
    return abs(float(first) - float(second)) <= 0.5001 * 10.0 ** -min(digits)


@pytest.mark.usefixtures("busy")
def test_header_and_weight_images_read_the_selected_unit_at_one_step(
    glass: GlassMaker,
) -> None:
    window = playing_window(glass, "train", Unit(1, 0))
    header = window.panel("network").readout
    images = window.panel("weight_images").readout
    seen = looks_at(
        window,
        lambda: (
            figure("a", header.text),
            figure("activation", images.text()),
        ),
    )
    assert [pair for pair in seen if not same(*pair)] == []


@pytest.mark.usefixtures("busy")
def test_header_and_formula_read_the_selected_weight_at_one_step(
    glass: GlassMaker,
) -> None:
    window = playing_window(glass, "backprop", Parameter(1, 0, 0))
    header, formula = window.panel("network").readout, window.panel("formula")
    seen = looks_at(
        window,
        lambda: (
            figure("w", header.text),
            figure("w⁽¹⁾₀,₀ =", to_text(formula.page)),
        ),
    )
    assert [pair for pair in seen if not same(*pair)] == []


def steps_named(window: Glass) -> tuple[str, ...]:
    """By the player, the readout of the selected weight, and the strip."""
    lines = "".join(window.panel("network").canvas.readout().lines)
    strip = window.panel("nudges").figures.text()
    step = window.window.player.timeline.field.text().replace(",", "")
    return step, figure("step", lines), figure("step", strip)


@pytest.mark.usefixtures("busy")
def test_strip_header_and_player_name_the_same_step(glass: GlassMaker) -> None:
    window = playing_window(glass, "step", Parameter(1, 0, 0))
    seen = looks_at(window, lambda: steps_named(window))
    assert [steps for steps in seen if len(set(steps)) > 1] == []


def test_with_few_frames_a_second_everything_waits_for_the_same_frame(
    glass: GlassMaker,
) -> None:
    window = playing_window(glass, "step", Parameter(1, 0, 0))
    window.window.preferences.set_value("frames", 5)
    seen = looks_at(window, lambda: steps_named(window))
    assert [steps for steps in seen if len(set(steps)) > 1] == []
    assert len(set(seen)) < LOOKS / 4


@pytest.mark.parametrize("mode", ["weights", "nudges"])
def test_a_weight_has_one_colour_and_one_limit_in_the_window(
    glass: GlassMaker, mode: str
) -> None:
    window = glass(load_preset("circle").experiment)
    window.show_workspace("train")
    network, images = window.panel("network"), window.panel("weight_images")
    network.quantity = mode
    one = PicturePass(1.0, is_vector=False, is_transparent=False)
    images.modes.button(int(mode == "nudges")).click()
    window.session.take_steps(7)
    window.rest_at(7)
    window.wait_until(lambda: network.canvas.is_settled)
    for layer in range(1, window.view.spec.n_layers + 1):
        images.layer_box.activated.emit(layer - 1)
        layout = network.canvas.layout_shown
        look = in_force(dark=True)
        request = EdgeRequest(window.view, network.quantity, layout, 1.0, look)
        drawn = FileEdges(request, one).drawn
        assert images.bar.limit == drawn.gaps[layer - 1].limit
