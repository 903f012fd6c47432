"""What is said of a reading: to the user, in a report, and in the experiment."""

from collections.abc import Iterator
from typing import Any, Final

from core.network.numpy.activations.table import ACTIVATIONS, is_hidden_activation
from core.readings.values import STANDARDISED, Finding, Tried, Verdict
from core.values.shares import percentage

_SAY: Final = "; say --set "
_HOW: Final = {
    "said": "as given",
    "assumed": "assumed",
    "inferred": "found by trying",
    "asked": "not certain",
}


def notes(verdict: Verdict, *, by_command: bool = True) -> tuple[str, ...]:
    """Sentences without full stops, the most important first.

    Args:
        verdict: what was found out.
        by_command: whether they say how to choose on the command line.
    """
    said = tuple(_notes(verdict))
    return said if by_command else tuple(text.partition(_SAY)[0] for text in said)


def _notes(verdict: Verdict) -> Iterator[str]:
    if verdict.fit == "nothing":
        yield (
            "no reading of these images is better than chance: the network was trained "
            f"on other data, or not at all; kept as it is, {_reading(verdict)}"
        )
        return
    if verdict.fit == "poor":
        yield _of_poor(verdict)
        return
    if verdict.order is not None and verdict.order.value:
        yield f"{verdict.order.value}, found by trying"
    yield from _of_inputs(verdict)
    yield from _of_outputs(verdict)
    yield from _of_activations(verdict)


def _of_poor(verdict: Verdict) -> str:
    share = f"this network has {_share(verdict.believed, 0)} right"
    best = max(row.accuracy for row in (*verdict.rows, *verdict.families))
    if best <= verdict.believed:
        return f"{share}, and no other reading has more; {_reading(verdict)}"
    return (
        f"{share} with the usual reading; other readings reach {_share(best, 0)}, "
        "which an unfinished network can do by accident; kept as it is, "
        f"{_reading(verdict)}"
    )


def _share(share: float, digits: int = 1) -> str:
    return f"{percentage(share, digits)}%"


def _reading(verdict: Verdict) -> str:
    hidden = _titles(verdict)
    layers = f"hidden layers {hidden} ({_HOW[verdict.hidden.how]}), " if hidden else ""
    last = f"output {verdict.output} ({_HOW[verdict.last.how]})"
    return f"inputs: {verdict.inputs.value}; {layers}{last}"


def _titles(verdict: Verdict) -> str:
    """The hidden layers' activations."""
    names = verdict.hidden.value.split(", ")
    return ", ".join(ACTIVATIONS[n].title for n in names if is_hidden_activation(n))


def _of_inputs(verdict: Verdict) -> Iterator[str]:
    inputs, taken = verdict.inputs, verdict.rows[0]
    share = f"{_share(taken.accuracy)} of {verdict.count:,} images right"
    if inputs.how == "inferred":
        yield (
            f"inputs: {inputs.value}, found by trying: {_share(taken.accuracy)} right "
            f"instead of {_share(verdict.believed)} with "
            f"{verdict.rows[-1].reading.scaling}"
        )
        if taken.reading.transposed:
            yield "the images or the network are transposed"
    elif inputs.how == "asked":
        others = "; ".join(map(_row, verdict.rows[1:]))
        yield (
            f"inputs: taken: {inputs.value}, {share} (not certain); other readings: "
            f"{others}{_SAY}reading.inputs='…' to take another"
        )
        if any(row.reading.scaling == STANDARDISED for row in verdict.rows):
            yield (
                "each pixel standardised means by the training part's means; the "
                "file's own are not in it, so a few images may differ"
            )
    else:
        yield f"inputs: {inputs.value} ({_HOW[inputs.how]}), {share}"
    if not verdict.reading.is_own:
        yield (
            "that is folded into the weights of the first layer, which now takes 0..1, "
            "upright"
        )


def _row(row: Tried) -> str:
    return f"{row.reading.inputs_text} ({_share(row.accuracy)})"


def _of_outputs(verdict: Verdict) -> Iterator[str]:
    if verdict.outputs.how != "inferred":
        return
    taken = verdict.rows[0].accuracy
    gain = f": {_share(taken)} right instead of {_share(verdict.believed)}"
    is_better = taken > verdict.believed and verdict.inputs.how != "inferred"
    yield f"outputs: {verdict.outputs.value}, found by trying{gain * is_better}"
    if verdict.reading.outputs.columns[:1] == (1,):
        yield "output 0 never wins: labels begin at 1"


def _of_activations(verdict: Verdict) -> Iterator[str]:
    last = f"output {verdict.output} ({_HOW[verdict.last.how]})"
    if verdict.hidden.how == "asked":
        choices = " or ".join(
            f"{family.activation} ({_share(family.accuracy)})"
            for family in verdict.families
        )
        yield last
        yield (
            f"hidden layers: {choices}: which? Taken: {verdict.activation}"
            f"{_SAY}network.activation=… to take another"
        )
        return
    yield f"{_hidden(verdict)}{last}"


def _hidden(verdict: Verdict) -> str:
    """The hidden layers' activation, and what fits as well."""
    hidden = _titles(verdict)
    if not hidden:
        return ""
    titles = [ACTIVATIONS[name].title for name in verdict.near]
    verb = "fit" if titles[1:] else "fits"
    also = f"; {_listed(titles)} {verb} as well" if titles else ""
    return f"hidden layers {hidden} ({_HOW[verdict.hidden.how]}{also}), "


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def inferred(verdict: Verdict) -> tuple[str, ...]:
    """What the experiment and its exports keep: what nobody has said."""
    kept = []
    for name, finding in _named(verdict):
        if finding.how in ("inferred", "asked") and finding.value:
            kept.append(f"{name}: {finding.value}")
    return tuple(kept)


def _named(verdict: Verdict) -> Iterator[tuple[str, Finding]]:
    yield "inputs", verdict.inputs
    yield "outputs", verdict.outputs
    yield "hidden", verdict.hidden
    yield "output", verdict.last
    if verdict.order is not None:
        yield "layers", verdict.order


def report(verdict: Verdict) -> dict[str, Any]:
    """The reading in a JSON report."""
    entries: dict[str, Any] = {
        name: {"value": finding.value, "how": finding.how}
        for name, finding in _named(verdict)
    }
    rows = [
        {
            "inputs": row.reading.inputs_text,
            "accuracy": row.accuracy,
            "tempered_log_loss": row.ln_loss,
        }
        for row in verdict.rows
    ]
    return {
        **entries,
        "fits_as_well": list(verdict.near),
        "fit": verdict.fit,
        "choices": rows,
        "images_tried": verdict.count,
    }
