"""What is said of runs that come back, or do not."""

from typing import Final

from core.values.words import tr

GOES_ON: Final = tr("What ran before goes on.")
NOT_KEPT: Final = tr(
    "Only the settings are back: their run is no longer kept, so it begins at step 0."
)
AS_IN_FILE: Final = tr(
    "The run is back as it stands in its file: what was trained since is not kept."
)
BEGUN_ANEW: Final = tr("The experiment was started anew, paused.")
