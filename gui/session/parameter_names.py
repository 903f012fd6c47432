"""Names of parameters: layer, unit, and the source of a weight."""

from core.values.network_spec import NetworkSpec
from gui.session.view_state import Run

SEPARATOR = " \N{MIDDLE DOT} "


def unit_name(spec: NetworkSpec, layer: int, unit: int) -> str:
    """For example "hidden 1 · unit 5"."""
    return f"{spec.layer_name(layer)}{SEPARATOR}unit {unit}"


def source_name(run: Run, layer: int, source: int) -> str:
    """The name of input `source` of the weights of `layer`.

    "pixel (12, 7)", row first; "x1"; "input 3"; or "from unit 4" in later layers.
    """
    if layer > 1:
        return f"from unit {source}"
    shape = run.dataset.image_shape
    if shape is not None:
        row, column = divmod(source, shape[1])
        return f"pixel ({row}, {column})"
    names = run.dataset.input_names
    return names[source] if names else f"input {source}"


def compact_name(run: Run, layer: int, unit: int, source: int | None) -> str:
    """A short form of `parameter_name`: "h1 · u5 · (12, 7)"."""
    spec = run.spec
    where = "out" if layer == spec.n_layers else f"h{layer}"
    if source is None:
        last = "bias"
    elif layer > 1:
        last = f"from {source}"
    else:
        last = source_name(run, layer, source).removeprefix("pixel ")
    return SEPARATOR.join((where, f"u{unit}", last))


def parameter_name(run: Run, layer: int, unit: int, source: int | None) -> str:
    """A weight's name, or with `source` None a bias's."""
    last = "bias" if source is None else source_name(run, layer, source)
    return f"{unit_name(run.spec, layer, unit)}{SEPARATOR}{last}"


def row_name(run: Run, layer: int, unit: int) -> str:
    """An output by its name, a hidden unit by its number."""
    if layer == run.spec.n_layers and unit < len(run.dataset.output_names):
        return run.dataset.output_names[unit]
    return f"unit {unit}"


def source_row_name(run: Run, layer: int, source: int) -> str:
    """The source of a weight, under the header "from"."""
    return source_name(run, layer, source).removeprefix("from ")
