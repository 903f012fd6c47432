"""Texts of the landscape panel."""

from core.network.numpy.losses.table import LOSSES
from core.protocol.side_jobs.landscape import Landscape
from core.values.parameter import Parameter
from gui.session.parameter_names import name_of
from gui.session.view_state import Run
from gui.style.number_format import count, counted, percent, short


def loss_unit(loss: str) -> str:
    """The unit of a loss: nats, or its own name."""
    unit = LOSSES[loss].unit
    return f"loss, {unit}" if unit else "loss"


def share_text(landscape: Landscape) -> str:
    """How much of the path lies in the plane."""
    plane = landscape.plane
    if plane.share is None or plane.shares is None:
        return "The weights have not moved yet, so there is no path."
    text = f"The plane contains {percent(plane.share, 1)} of the path's variance"
    if plane.kind == "path":
        first, second = (percent(share, 1) for share in plane.shares)
        return f"{text} ({first} + {second})"
    return f"{text}; the path is projected onto the plane"


def measure_text(landscape: Landscape) -> str:
    """The step, the loss, and what a landscape was read from."""
    side = len(landscape.x)
    examples = counted(landscape.n_examples, "training example")
    return (
        f"step {count(landscape.step)}: {short(landscape.loss_here)} \N{MIDDLE DOT} "
        f"mean of {examples}, without penalties"
        f" \N{MIDDLE DOT} {side}\N{MULTIPLICATION SIGN}{side} points"
    )


def missing_text(n_missing: int) -> str:
    """How many points have no finite loss; empty for none."""
    if not n_missing:
        return ""
    return f"{count(n_missing)} points have no finite loss (in the brightest colour)."


def weight_labels(run: Run, weights: tuple[Parameter, Parameter]) -> tuple[str, str]:
    """Names of the two weights."""
    return name_of(run, weights[0]), name_of(run, weights[1])
