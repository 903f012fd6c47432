"""The backward pass of the shown example."""

from core.network.numpy.backprop import Backward, backward_pass
from gui.session.view_state import View


def backward_of(view: View) -> Backward | None:
    """The backward pass of the shown example, None without a label."""
    target = view.target
    if target is None:
        return None
    return backward_pass(
        view.spec,
        view.run.experiment.training.loss,
        view.params,
        view.example.inputs,
        target,
        rho=view.run.experiment.training.rho,
        held=view.held,
    )
