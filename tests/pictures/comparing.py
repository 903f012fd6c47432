"""How much two pictures differ to an eye that is some way off."""

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

BLOCK: Final = 16
"""Pixels of a side: smaller than a control, larger than what a rounding moves."""
CLEARLY: Final = 24.0
"""Levels of 255 by which a block differs for everybody."""
MOST_BLOCKS: Final = 0.01
MOST_ON_AVERAGE: Final = 1.0


def difference(old: Path, new: Path) -> str:
    """A sentence, or nothing where the two show the same."""
    before, after = _blocks(old), _blocks(new)
    if before.shape != after.shape:
        return f"{new.name}: {after.shape} blocks, and {before.shape} before"
    apart = np.abs(before - after).max(axis=2)
    share, mean = float((apart > CLEARLY).mean()), float(apart.mean())
    if share <= MOST_BLOCKS and mean <= MOST_ON_AVERAGE:
        return ""
    rows, columns = np.nonzero(apart > CLEARLY)
    place = ""
    if len(rows):
        box = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        place = f", within {tuple(int(side) * BLOCK for side in box)}"
    return f"{new.name}: {100 * share:.1f} % differ clearly{place}, mean {mean:.2f}"


def _blocks(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        pixels = np.asarray(picture.convert("RGB"), np.float32)
    height, width = (side - side % BLOCK for side in pixels.shape[:2])
    shape = (height // BLOCK, BLOCK, width // BLOCK, BLOCK, 3)
    return pixels[:height, :width].reshape(shape).mean(axis=(1, 3))
