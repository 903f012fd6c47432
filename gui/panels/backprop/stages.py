"""The stages of one example's forward and backward pass, with a sentence for each."""

from dataclasses import dataclass
from typing import Literal

from core.network.numpy.activations.table import ACTIVATIONS
from core.values.network_spec import NetworkSpec
from gui.panels.backprop.cost_texts import cost_texts
from gui.session.view_state import View
from gui.style.number_format import MINUS
from gui.style.symbols import COST, DELTA, of_layer, slope_text

Kind = Literal[
    "input", "layer", "cost", "output_gradient", "delta", "requests", "sum", "weights"
]


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing at a time.

    Attributes:
        kind: what happens.
        layer: where; for "sum" the layer whose dC/da comes out.
    """

    kind: Kind
    layer: int

    @property
    def is_backward(self) -> bool:
        """Whether it needs the true class."""
        return self.kind not in ("input", "layer")


Stages = tuple[Stage, ...]


def stages_of(spec: NetworkSpec) -> Stages:
    """Forward through all layers, the cost, and back to the first weights."""
    last = spec.n_layers
    forward = [Stage("layer", layer) for layer in range(1, last + 1)]
    back = []
    for layer in range(last, 1, -1):
        back += [Stage("requests", layer), Stage("sum", layer - 1)]
        back.append(Stage("delta", layer - 1))
    return (
        Stage("input", 0),
        *forward,
        Stage("cost", last),
        Stage("output_gradient", last),
        Stage("delta", last),
        *back,
        Stage("weights", 1),
    )


def position_of(stage: Stage, of: Stages, among: Stages) -> int:
    """Where a stage of another network's is among these: 0 where there is none.

    The output layer stays the output layer, whatever its number.
    """
    last = _last_layer(among)
    if stage.layer == _last_layer(of):
        stage = Stage(stage.kind, last)
    elif stage.layer == last:
        return 0
    return among.index(stage) if stage in among else 0


def _last_layer(stages: Stages) -> int:
    return max(stage.layer for stage in stages)


def short_title(spec: NetworkSpec, stage: Stage) -> str:
    """The name in the list of stages."""
    name = spec.layer_name(stage.layer)
    z, a = of_layer("z", stage.layer), of_layer("a", stage.layer)
    slope = slope_text(COST, a)
    titles = {
        "input": name,
        "layer": f"{name}: {z} and {a}",
        "cost": "cost C",
        "output_gradient": f"{name}: {slope}",
        "delta": f"{name}: {of_layer(DELTA, stage.layer)}",
        "requests": f"{name}: requests",
        "sum": f"{name}: {slope}",
        "weights": "first weights",
    }[stage.kind]
    forward = stage.kind in ("input", "layer", "cost")
    arrow = "\N{RIGHTWARDS ARROW}" if forward else "\N{LEFTWARDS ARROW}"
    return f"{arrow} {titles}"


def sentence(view: View, stage: Stage) -> str:
    """What happens at this stage, in one plain sentence."""
    spec = view.spec
    if stage.kind == "delta":
        return _delta_sentence(view, stage.layer)
    if stage.kind == "cost":
        return cost_texts(view).sentence
    if stage.kind == "output_gradient" and cost_texts(view).gradient_sentence:
        return cost_texts(view).gradient_sentence
    before = spec.layer_name(stage.layer - 1) if stage.layer else ""
    has_bias = stage.layer > 0 and spec.has_bias(stage.layer)
    after = spec.layer_name(stage.layer + 1) if stage.layer < spec.n_layers else ""
    z, a = of_layer("z", stage.layer), of_layer("a", stage.layer)
    return {
        "input": "The example is the activations of layer 0.",
        "layer": f"Each unit adds up the activations of the {before} layer times its "
        f"weights{', plus its bias' if has_bias else ''}: {z}. "
        f"Then {a} = {spec.activations[stage.layer - 1]}({z}).",
        "output_gradient": "How fast the cost grows with each output: below 0 means "
        "that a larger output would be better.",
        "requests": f"There are {'three' if has_bias else 'two'} ways to change this "
        f"unit: {'its bias, ' if has_bias else ''}its weights (in proportion to the "
        f"activations) and the activations of the {before} layer (in proportion to the "
        "weights).",
        "sum": f"The requests of all units of the {after} layer are added up: an arrow "
        "up asks for a larger activation, its length says how much it matters.",
        "weights": "Each weight is asked to change by minus delta times its input: "
        "where the input is 0, nothing is asked.",
    }[stage.kind]


def _delta_sentence(view: View, layer: int) -> str:
    activation = view.spec.activations[layer - 1]
    z, a = of_layer("z", layer), of_layer("a", layer)
    slope = slope_text(COST, a)
    if layer == view.spec.n_layers:
        if cost_texts(view).delta:
            return cost_texts(view).delta
        if ACTIVATIONS[activation].is_over_layer:
            return (
                f"{activation.capitalize()} couples the outputs: "
                f"{of_layer(DELTA, layer)} = {a} · "
                f"({slope} {MINUS} the mean of {slope} weighted by {a})."
            )
    return (
        f"{slope} times the slope of {activation} at {z}: a unit whose slope is near 0 "
        "hardly learns."
    )
