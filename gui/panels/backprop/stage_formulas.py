"""The formula of a stage in one line, for a whole layer."""

from core.network.numpy.activations.table import ACTIVATIONS
from gui.panels.backprop.cost_texts import cost_texts, reaches_z
from gui.panels.backprop.stages import Stage
from gui.session.view_state import View
from gui.style.number_format import MINUS
from gui.style.symbols import COST, DELTA, of_layer, slope_text


def formula_of(view: View, stage: Stage) -> str:
    """Empty where there is none that holds for every network."""
    spec, layer = view.spec, stage.layer
    z, a, delta = (of_layer(letter, layer) for letter in ("z", "a", DELTA))
    if stage.kind == "layer":
        bias = f" + {of_layer('b', layer)}" if spec.has_bias(layer) else ""
        before, w = of_layer("a", layer - 1), of_layer("w", layer)
        return f"{z} = Σ {w} · {before}{bias}"
    if stage.kind == "sum":
        ahead = f"{of_layer('w', layer + 1)} · {of_layer(DELTA, layer + 1)}"
        return f"{slope_text(COST, a)} = Σ {ahead}"
    if stage.kind in ("requests", "weights"):
        before, w = of_layer("a", layer - 1), of_layer("w", layer)
        return f"{MINUS}{slope_text(COST, w)} = {MINUS}{delta} · {before}"
    if stage.kind == "delta":
        return _delta_formula(view, layer)
    return ""


def _delta_formula(view: View, layer: int) -> str:
    a, delta = of_layer("a", layer), of_layer(DELTA, layer)
    texts = cost_texts(view)
    if layer == view.spec.n_layers:
        if texts.delta:
            return f"{delta} = {a} {MINUS} t" if texts.factor == 1 else ""
        if reaches_z(view) or ACTIVATIONS[view.spec.activations[-1]].is_over_layer:
            return ""
    slope = f"f\N{PRIME}({of_layer('z', layer)})"
    return f"{delta} = {slope_text(COST, a)} · {slope}"
