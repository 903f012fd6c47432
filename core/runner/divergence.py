"""Why a loss is no number any more, in words for the user."""

import numpy as np

from core.training.run import TrainingRun, to_numpy


def explain_divergence(run: TrainingRun, step: int) -> str:
    """Name the step, the first layer with impossible weights, and the likely cause."""
    broken = [
        run.spec.layer_name(layer)
        for layer, parts in enumerate(to_numpy(run.params), start=1)
        if not all(np.isfinite(part).all() for part in parts)
    ]
    where = f" The weights of {broken[0]} are no numbers any more." if broken else ""
    rate = run.experiment.training.learning_rate
    return (
        f"Training stopped: the loss of step {step} is not a finite number.{where} "
        f"The learning rate {rate:g} is probably too large: lower it, then reset."
    )
