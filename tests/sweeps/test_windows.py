"""In no window is a text cut, a panel squeezed, or something on top of another."""

from dataclasses import astuple
from itertools import combinations, product

import pytest
from PySide6.QtWidgets import QLabel

from gui.window.workspaces import WORKSPACES
from tests.gui.conftest import glass  # noqa: F401
from tests.gui.support.whole_window import GlassMaker
from tests.sweeps.window_cases import COLOURS, MODES, SIZES, pairwise
from tests.sweeps.window_faults import find_faults
from tests.sweeps.window_stage import WindowStage

PRESETS = ("digits", "spiral", "approximation")
"""Images, points with a deep network, and a function of one number."""


def test_each_two_values_of_two_properties_meet() -> None:
    values = (PRESETS, [one.key for one in WORKSPACES], SIZES, COLOURS, MODES)
    cases = [astuple(case) for case in pairwise(PRESETS)]
    for first, second in combinations(range(len(values)), 2):
        met = {(case[first], case[second]) for case in cases}
        assert met == set(product(values[first], values[second]))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("preset", PRESETS)
def test_everything_in_the_window_can_be_read(
    glass: GlassMaker,  # noqa: F811
    preset: str,
) -> None:
    stage = WindowStage(glass(preset).window)
    assert stage.has_run()
    cases = [case for case in pairwise(PRESETS) if case.preset == preset]
    faults = {str(case): stage.faults_of(case) for case in cases}
    assert not {case: found for case, found in faults.items() if found}


def test_a_cut_text_and_a_squeezed_panel_are_found(glass: GlassMaker) -> None:  # noqa: F811
    window = glass().window
    title = QLabel("a title that has no room", window.docks["curves"].widget())
    title.setGeometry(0, 0, 20, 20)
    title.show()
    found = "; ".join(find_faults(window, (1280, 700)))
    assert "'a title that has no room' needs" in found
    assert "the window has 1280x800" in found
    window.docks["network"].setMinimumSize(2000, 100)
    assert any("lie right of" in one for one in find_faults(window, (1280, 800)))
