"""Explains a non-finite loss to the user."""

import numpy as np

from core.training.run import TrainingRun, to_numpy
from core.values.words import tr


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
    where = (
        tr(" The weights of {broken} are not finite any more.", broken=broken[0])
        if broken
        else ""
    )
    told = tr(
        "Training stopped: the loss of step {step:,} is not a finite number.", step=step
    )
    if step == 1:  # the loss is that before the step
        return tr(
            "{told} No weight had changed by then, so that no learning rate helps: "
            "the numbers of the data or the initial weights are too large.",
            told=told,
        )
    rate = run.experiment.training.learning_rate
    return tr(
        "{told}{where} The learning rate {rate:g} is probably too large: {advice}.",
        told=told,
        where=where,
        rate=rate,
        advice=advice,
    )
