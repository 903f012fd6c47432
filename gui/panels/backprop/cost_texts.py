"""How the cost of the run's loss is written."""

from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.losses.record import CostText
from core.network.numpy.losses.table import LOSSES
from gui.session.view_state import View


def cost_texts(view: View) -> CostText:
    """The texts of the run's loss with the run's output."""
    loss = LOSSES[view.run.experiment.training.loss]
    return loss.with_output(ACTIVATIONS[view.spec.activations[-1]]).text


def reaches_z(view: View) -> bool:
    """Whether delta of an output is reached without a slope of its own."""
    loss = LOSSES[view.run.experiment.training.loss]
    return loss.reaches_z(ACTIVATIONS[view.spec.activations[-1]])
