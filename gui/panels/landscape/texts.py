"""What the landscape panel says in words."""

from core.protocol.side_jobs.landscape import Landscape
from core.values.parameter import Parameter
from gui.session.parameter_names import parameter_name
from gui.session.view_state import Run
from gui.style.number_format import count, counted, percent, plain, short

CROSS_ENTROPY = "cross-entropy"


def loss_unit(loss: str) -> str:
    """The unit of a loss: nats, or its own name."""
    return "loss, nats" if loss == CROSS_ENTROPY else "loss"


def share_text(landscape: Landscape) -> str:
    """How much of the path the plane holds."""
    plane = landscape.plane
    if plane.share is None or plane.shares is None:
        return "The weights have not moved yet, so there is no path."
    text = f"The plane holds {percent(plane.share, 1)} of the path's variance"
    if plane.kind == "path":
        first, second = (percent(share, 1) for share in plane.shares)
        return f"{text} ({first} + {second})"
    return f"{text}; the path is seen from the side"


def measure_text(landscape: Landscape) -> str:
    """What was computed."""
    side = len(landscape.x)
    examples = counted(landscape.n_examples, "training example")
    return (
        f"step {count(landscape.step)}: {short(landscape.loss_here)}  \N{MIDDLE DOT}  "
        f"mean of {examples}, without penalties"
        f"  \N{MIDDLE DOT}  {side}\N{MULTIPLICATION SIGN}{side} points in "
        f"{plain(landscape.seconds, 2)} s"
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
