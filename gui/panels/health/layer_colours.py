"""One colour for each layer, from the input's side to the output's."""

import numpy as np
from PySide6.QtGui import QColor

_FIRST = (98, 84, 214)
_MIDDLE = (28, 160, 150)
_LAST = (222, 158, 30)


def layer_colour(layer: int, n_layers: int) -> QColor:
    """Violet for the first computed layer, teal, then amber for the output."""
    share = (layer - 1) / max(1, n_layers - 1)
    stops = np.asarray([_FIRST, _MIDDLE, _LAST], float)
    channels = [int(np.interp(share, (0, 0.5, 1), stops[:, k])) for k in range(3)]
    return QColor(*channels)
