"""What the landscape panel says in words."""

from core.network.numpy.losses.table import LOSSES
from core.protocol.side_jobs.landscape import Landscape
from core.values.parameter import Parameter
from gui.session.parameter_names import parameter_name
from gui.session.view_state import Run
from gui.style.number_format import count, counted, short


def loss_unit(loss: str) -> str:
    """The unit of a loss: nats, or its own name."""
    unit = LOSSES[loss].unit
    return f"loss, {unit}" if unit else "loss"


def share_text(landscape: Landscape) -> str:
    """How much of the path the plane holds."""
    plane = landscape.plane
    if plane.share is None or plane.shares is None:
        return "The weights have not moved yet, so there is no path."
    text = f"The plane holds {100 * plane.share:.1f} % of the path's variance"
    if plane.kind == "path":
        first, second = (f"{100 * share:.1f}" for share in plane.shares)
        return f"{text} ({first} + {second} %)"
    return f"{text}; the path is seen from the side"


def measure_text(landscape: Landscape) -> str:
    """What was computed."""
    side = len(landscape.x)
    examples = counted(landscape.n_examples, "training example")
    return (
        f"step {count(landscape.step)}: {short(landscape.loss_here)}  \N{MIDDLE DOT}  "
        f"mean of {examples}, without penalties"
        f"  \N{MIDDLE DOT}  {side}\N{MULTIPLICATION SIGN}{side} points in "
        f"{landscape.seconds:.2f} s"
    )


def missing_text(n_missing: int) -> str:
    """Points whose loss is no finite number, or nothing."""
    if not n_missing:
        return ""
    return f"{count(n_missing)} points have no finite loss and take the last colour."


def weight_labels(run: Run, weights: tuple[Parameter, Parameter]) -> tuple[str, str]:
    """Names of the two weights, as everywhere in the window."""
    first, second = (parameter_name(run, w.layer, w.unit, w.source) for w in weights)
    return first, second
