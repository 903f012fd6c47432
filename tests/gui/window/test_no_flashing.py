"""Nothing flashes: no large area of the window turns bright and dark by itself."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from tests.gui.support.contrast import luminance, pixels_of
from tests.gui.support.whole_window import GlassMaker

CELLS: Final = QSize(32, 18)
CHANGE: Final = 0.1
"""Of the relative luminance: less is no flash by WCAG 2.2."""
LARGE: Final = 0.25
"""Share of the window; smaller areas may flash."""
STEPS: Final = 12


def brightness(widget: QWidget) -> npt.NDArray[np.float64]:
    """The mean luminance of each cell of the window."""
    smooth = Qt.TransformationMode.SmoothTransformation
    ignore = Qt.AspectRatioMode.IgnoreAspectRatio
    image = widget.grab().toImage().scaled(CELLS, ignore, smooth)
    return luminance(pixels_of(image.convertToFormat(image.Format.Format_RGB888)))


def flashes(frames: list[npt.NDArray[np.float64]]) -> list[float]:
    """For each frame the share of cells that changed there and back."""
    changes = np.diff(np.stack(frames), axis=0)
    up, down = changes > CHANGE, changes < -CHANGE
    turned = (up[:-1] & down[1:]) | (down[:-1] & up[1:])
    return [float(one.mean()) for one in turned]


def test_flashes_are_found() -> None:
    dark, bright = np.zeros((18, 32)), np.ones((18, 32))
    assert flashes([dark, bright, dark]) == [1.0]
    assert flashes([dark, bright, bright]) == [0.0]


@pytest.mark.parametrize(
    ("theme", "workspace"), [("dark", "playground"), ("light", "train")]
)
def test_no_large_area_flashes_while_a_network_trains(
    glass: GlassMaker, theme: str, workspace: str
) -> None:
    window = glass("xor", colours=theme)
    window.show_workspace(workspace)
    frames = [brightness(window.window)]
    for step in range(1, STEPS + 1):
        window.session.step_batch()
        window.wait_until(lambda at=step: window.step == at)
        frames.append(brightness(window.window))
    assert max(flashes(frames)) < LARGE
    # They are pictures of a run, and not all the same.
    assert np.abs(np.diff(np.stack(frames), axis=0)).max() > 0
