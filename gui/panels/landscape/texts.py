"""Texts of the landscape panel."""

from core.network.numpy.losses.table import LOSSES
from core.protocol.side_jobs.landscape import Landscape
from core.values.parameter import Parameter
from core.values.words import plural, tr
from gui.session.parameter_names import name_of
from gui.session.view_state import Run
from gui.style.number_format import count, counted, percent, short


def loss_unit(loss: str) -> str:
    """The unit of a loss: nats, or its own name."""
    unit = LOSSES[loss].unit
    return tr("loss, {unit}", unit=unit) if unit else tr("loss")


def share_text(landscape: Landscape) -> str:
    """How much of the path lies in the plane."""
    plane = landscape.plane
    if plane.share is None or plane.shares is None:
        if plane.gap is not None:
            return ""
        return tr("The weights have not moved yet, so there is no path.")
    text = tr(
        "The plane contains {share} of the path's variance",
        share=percent(plane.share, 1),
    )
    if plane.kind == "path":
        # The axes name the two parts: rounded, they need not add up to it.
        return text
    return tr("{text}; the path is projected onto the plane", text=text)


def gap_text(landscape: Landscape) -> str:
    """Between which steps the path is a guess; empty for a path that is known."""
    if landscape.plane.gap is None:
        return ""
    first, last = landscape.plane.gap
    return tr(
        "Between the steps {first} and {last} the path is not known: the line is "
        "straight there.",
        first=count(first),
        last=count(last),
    )


def measure_text(landscape: Landscape, n_train: int) -> str:
    """The step, the loss, and what a landscape was read from.

    Args:
        landscape: what is shown.
        n_train: how many training examples there are.
    """
    side = len(landscape.x)
    examples = counted(landscape.n_examples, "training example")
    if landscape.n_examples == n_train:
        examples = tr("all {examples}", examples=examples)
    else:
        examples = tr("{examples}, drawn once", examples=examples)
    return tr(
        "step {step}: {loss_here} \N{MIDDLE DOT} mean of {examples}, without "
        "penalties \N{MIDDLE DOT} {side}\N{MULTIPLICATION SIGN}{side} points",
        step=count(landscape.step),
        loss_here=short(landscape.loss_here),
        examples=examples,
        side=side,
    )


def end_texts(landscape: Landscape) -> tuple[str, str]:
    """What stands beside the first and the newest point of the path."""
    steps = landscape.plane.path_steps
    newest = tr(
        "step {step}, loss {loss_here}",
        step=count(landscape.step),
        loss_here=short(landscape.loss_here),
    )
    first = tr("step {step}", step=count(int(steps[0]))) if len(steps) > 1 else ""
    return first, newest


def missing_text(n_missing: int) -> str:
    """How many points have no finite loss; empty for none."""
    if not n_missing:
        return ""
    return plural(
        n_missing,
        "{n_missing} point has no finite loss (without colour).",
        "{n_missing} points have no finite loss (without colour).",
        n_missing=count(n_missing),
    )


def weight_labels(run: Run, weights: tuple[Parameter, Parameter]) -> tuple[str, str]:
    """Names of the two weights."""
    return name_of(run, weights[0]), name_of(run, weights[1])
