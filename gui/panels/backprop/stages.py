"""The stages of one example's forward and backward pass, with a sentence for each."""

from dataclasses import dataclass
from typing import Literal

from core.network.numpy.activations.table import ACTIVATIONS
from core.values.network_spec import NetworkSpec
from core.values.words import tr
from gui.panels.backprop.cost_texts import cost_texts
from gui.session.view_state import View
from gui.style.number_format import MINUS
from gui.style.symbols import COST, DELTA, Symbol, of_layer, slope_text

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


@dataclass(frozen=True, slots=True)
class StageName:
    """What a stage is called where all of them are listed.

    Attributes:
        group: of the stages that belong together, and shorter.
        chip: within its group.
        title: by itself.
    """

    group: str
    short_group: str
    chip: str
    title: str


def stage_names(spec: NetworkSpec, stages: Stages) -> tuple[StageName, ...]:
    """The names of all stages, in their order."""
    return tuple(_stage_name(spec, stage) for stage in stages)


def _stage_name(spec: NetworkSpec, stage: Stage) -> StageName:
    name = spec.layer_name(stage.layer)
    z, a = of_layer("z", stage.layer), of_layer("a", stage.layer)
    slope = slope_text(COST, a)
    delta = of_layer(DELTA, stage.layer)
    by_a = slope_text(COST, Symbol("a"))
    chip, title = {
        "input": (_upper(name), name),
        "layer": (_upper(name), tr("{name}: {z} and {a}", name=name, z=z, a=a)),
        "cost": (tr("Cost"), tr("cost C")),
        "output_gradient": (by_a, f"{name}: {slope}"),
        "delta": (DELTA, tr("{name}: delta {symbol}", name=name, symbol=delta)),
        "requests": (tr("requests"), tr("{name}: requests", name=name)),
        "sum": (by_a, f"{name}: {slope}"),
        "weights": (tr("requests"), tr("requests for the first weights")),
    }[stage.kind]
    if stage.kind in ("input", "layer", "cost"):
        return StageName(tr("Forward"), tr("Forward"), chip, title)
    if stage.layer == spec.n_layers:
        return StageName(tr("Back through the output"), tr("Output"), chip, title)
    return StageName(tr("Through {name}", name=name), _upper(name), chip, title)


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]


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
        "input": tr("The example is the activations of layer 0."),
        "layer": tr(
            "Each unit adds up the activations of the {before} layer times its "
            "weights{value}: {z}. Then {a} = {activation}({z}).",
            before=before,
            value=tr(", plus its bias") if has_bias else "",
            z=z,
            a=a,
            activation=spec.activations[stage.layer - 1],
        ),
        "output_gradient": tr(
            "How fast the cost grows with each output: below 0 means that a larger "
            "output would be better."
        ),
        "requests": tr(
            "There are {value} ways to change this unit: {value2}its weights (in "
            "proportion to the activations) and the activations of the {before} layer "
            "(in proportion to the weights).",
            value=tr("three") if has_bias else tr("two"),
            value2=tr("its bias, ") if has_bias else "",
            before=before,
        ),
        "sum": tr(
            "The requests of all units of the {after} layer are added up: an arrow up "
            "asks for a larger activation, its length says how much it matters.",
            after=after,
        ),
        "weights": tr(
            "Each weight is asked to change by minus delta times its input: where the "
            "input is 0, nothing is asked."
        ),
    }[stage.kind]


def _delta_sentence(view: View, layer: int) -> str:
    activation = view.spec.activations[layer - 1]
    z, a = of_layer("z", layer), of_layer("a", layer)
    slope = slope_text(COST, a)
    if layer == view.spec.n_layers:
        if cost_texts(view).delta:
            return cost_texts(view).delta
        if ACTIVATIONS[activation].is_over_layer:
            return tr(
                "{activation} couples the outputs: {of_layer} = {a} · ({slope} "
                "{minus} the mean of {slope} weighted by {a}).",
                activation=activation.capitalize(),
                of_layer=of_layer(DELTA, layer),
                a=a,
                slope=slope,
                minus=MINUS,
            )
    return tr(
        "{slope} times the slope of {activation} at {z}: a unit whose slope is near 0 "
        "hardly learns.",
        slope=slope,
        activation=activation,
        z=z,
    )
