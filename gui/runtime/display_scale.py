"""A scale factor of the display in the environment, which Qt takes as it is."""

import logging
import math
import os
from typing import Final

logger = logging.getLogger(__name__)

LEAST: Final = 0.1
LARGEST: Final = 16.0
_NAME: Final = "QT_SCALE_FACTOR"


def drop_odd_scale() -> None:
    """Take away a factor with which no window can be laid out, such as `nan`.

    Qt hands it on to every picture as its device pixel ratio.
    """
    text = os.environ.get(_NAME, "")
    try:
        factor = float(text or "1")
    except ValueError:
        factor = math.nan
    if not LEAST <= factor <= LARGEST:
        logger.warning("%s=%s is no scale factor; it is not used", _NAME, text[:40])
        del os.environ[_NAME]
