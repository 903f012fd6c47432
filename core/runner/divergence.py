"""Explains a non-finite loss to the user."""

import numpy as np

from core.training.run import TrainingRun, to_numpy


def explain_divergence(run: TrainingRun, step: int, advice: str) -> str:
    """Name the step, the first layer with non-finite weights, and the likely cause.

    Args:
        run: whose loss it is.
        step: the first one with such a loss.
        advice: how the learning rate is lowered there.
    """
    broken = [
        run.spec.layer_name(layer)
        for layer, parts in enumerate(to_numpy(run.params), start=1)
        if not all(np.isfinite(part).all() for part in parts)
    ]
    where = f" The weights of {broken[0]} are not finite any more." if broken else ""
    told = f"Training stopped: the loss of step {step} is not a finite number."
    if step == 1:  # the loss is that before the step
        return (
            f"{told} No weight had changed by then, so that no learning rate "
            "helps: the numbers of the data or the initial weights are too large."
        )
    rate = run.experiment.training.learning_rate
    return f"{told}{where} The learning rate {rate:g} is probably too large: {advice}."
