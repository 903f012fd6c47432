"""What is said of a reading: to the user, in a report, and in the experiment."""

from collections.abc import Iterator
from typing import Any, Final

from core.network.numpy.activations.table import ACTIVATIONS, is_hidden_activation
from core.readings.values import STANDARDISED, Finding, Tried, Verdict
from core.values.counts import counted
from core.values.shares import percent_text
from core.values.words import tr

_SAY: Final = "; say --set "
_HOW: Final = {
    "said": "as given",
    "assumed": "assumed",
    "inferred": tr("found by trying"),
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
            tr(
                "no reading of these images is better than chance: the "
                "network was trained on other data, or not at all; kept as "
                "it is, {reading}",
                reading=_reading(verdict),
            )
        )
        return
    if verdict.fit == "poor":
        yield _of_poor(verdict)
        return
    if verdict.order is not None and verdict.order.value:
        yield tr("{value}, found by trying", value=verdict.order.value)
    yield from _of_inputs(verdict)
    yield from _of_outputs(verdict)
    yield from _of_activations(verdict)


def _of_poor(verdict: Verdict) -> str:
    share = tr("this network has {share} right", share=_share(verdict.believed, 0))
    best = max(row.accuracy for row in (*verdict.rows, *verdict.families))
    if best <= verdict.believed:
        return tr(
            "{share}, and no other reading has more; {reading}",
            share=share,
            reading=_reading(verdict),
        )
    return tr(
        "{share} with the usual reading; other readings reach "
        "{share_2}, which an unfinished network can do by accident; "
        "kept as it is, {reading}",
        share=share,
        share_2=_share(best, 0),
        reading=_reading(verdict),
    )


def _share(share: float, digits: int = 1) -> str:
    return percent_text(share, digits)


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
    share = tr(
        "{share} of {images} right",
        share=_share(taken.accuracy),
        images=counted(verdict.count, "image"),
    )
    if inputs.how == "inferred":
        yield (
            tr(
                "inputs: {value}, found by trying: {share} right instead "
                "of {share_2} with {scaling}",
                value=inputs.value,
                share=_share(taken.accuracy),
                share_2=_share(verdict.believed),
                scaling=verdict.rows[-1].reading.scaling,
            )
        )
        if taken.reading.transposed:
            yield tr("the images or the network are transposed")
    elif inputs.how == "asked":
        others = "; ".join(map(_row, verdict.rows[1:]))
        yield (
            tr(
                "inputs: taken: {value}, {share} (not certain); other "
                "readings: {others}{say}reading.inputs='…' to take another",
                value=inputs.value,
                share=share,
                others=others,
                say=_SAY,
            )
        )
        if any(row.reading.scaling == STANDARDISED for row in verdict.rows):
            yield (
                tr(
                    "each pixel standardised means by the training part's "
                    "means; the file's own are not in it, so a few images "
                    "may differ"
                )
            )
    else:
        yield f"inputs: {inputs.value} ({_HOW[inputs.how]}), {share}"
    if not verdict.reading.is_own:
        yield (
            tr(
                "that is folded into the weights of the first layer, which "
                "now takes 0..1, upright"
            )
        )


def _row(row: Tried) -> str:
    return f"{row.reading.inputs_text} ({_share(row.accuracy)})"


def _of_outputs(verdict: Verdict) -> Iterator[str]:
    if verdict.outputs.how != "inferred":
        return
    taken = verdict.rows[0].accuracy
    gain = tr(
        ": {share} right instead of {share_2}",
        share=_share(taken),
        share_2=_share(verdict.believed),
    )
    is_better = taken > verdict.believed and verdict.inputs.how != "inferred"
    yield tr(
        "outputs: {value}, found by trying{gain}",
        value=verdict.outputs.value,
        gain=gain * is_better,
    )
    if verdict.reading.outputs.columns[:1] == (1,):
        yield tr("output 0 never wins: labels begin at 1")


def _of_activations(verdict: Verdict) -> Iterator[str]:
    last = f"output {verdict.output} ({_HOW[verdict.last.how]})"
    if verdict.hidden.how == "asked":
        choices = " or ".join(
            f"{family.activation} ({_share(family.accuracy)})"
            for family in verdict.families
        )
        yield last
        yield (
            tr(
                "hidden layers: {choices}: which? Taken: "
                "{activation}{say}network.activation=… to take another",
                choices=choices,
                activation=verdict.activation,
                say=_SAY,
            )
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
