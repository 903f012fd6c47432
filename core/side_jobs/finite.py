"""What a side job says of weights that are no numbers any more."""

import numpy as np

from core.arrays import HostParams
from core.values.errors import GlassboxError
from core.values.words import tr


def require_finite(params: HostParams, step: int) -> None:
    """Refuse to compute with weights after training has diverged.

    Raises:
        GlassboxError: some weight or bias is not finite.
    """
    if all(np.isfinite(part).all() for layer in params for part in layer):
        return
    msg = tr(
        "The weights of step {step:,} are not finite numbers: training "
        "has diverged. Go back to an earlier step, or lower the "
        "learning rate and reset.",
        step=step,
    )
    raise GlassboxError(msg)
