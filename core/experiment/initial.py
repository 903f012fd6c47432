"""Initial weights that are written in the experiment itself."""

from core.experiment.rows import Row, Rows, are_rectangular, shape_text
from core.values.errors import ExperimentError
from core.values.words import plural, tr


def check_initial(
    weights: tuple[Rows, ...] | None,
    biases: tuple[Row, ...] | None,
    hidden: tuple[int, ...],
    *,
    has_bias: bool,
) -> None:
    """Check given weights and biases against the hidden layers.

    Raises:
        ExperimentError: names the layer that does not fit.
    """
    n_layers = len(hidden) + 1
    for key, layers in (("weights", weights), ("biases", biases)):
        if layers is not None and len(layers) != n_layers:
            msg = tr(
                "network.initial_{key}: {layers} entries; expected one "
                "for each of the {n_layers} computed layers",
                key=key,
                layers=len(layers),
                n_layers=n_layers,
            )
            raise ExperimentError(msg)
    for k, rows in enumerate(weights or ()):
        n_out = hidden[k] if k < len(hidden) else None
        n_in = hidden[k - 1] if k > 0 else None
        _check_matrix(k + 1, rows, n_out, n_in)
    if biases is not None and not has_bias:
        msg = tr("network.initial_biases: cannot be given when network.bias is false")
        raise ExperimentError(msg)
    for k, row in enumerate(biases or ()):
        if len(row) == 0 or (k < len(hidden) and len(row) != hidden[k]):
            wanted = hidden[k] if k < len(hidden) else tr("one for each output")
            msg = tr(
                "network.initial_biases: {row} numbers for layer {k}; "
                "expected {wanted}",
                row=len(row),
                k=k + 1,
                wanted=wanted,
            )
            raise ExperimentError(msg)


def check_initial_fits_data(
    weights: tuple[Rows, ...] | None,
    biases: tuple[Row, ...] | None,
    n_inputs: int,
    n_outputs: int,
) -> None:
    """Check given weights and biases against the data.

    Raises:
        ExperimentError: the first or the last layer does not fit.
    """
    if weights is not None:
        n_out = n_outputs if len(weights) == 1 else None
        _check_matrix(1, weights[0], n_out, n_inputs)
        _check_matrix(len(weights), weights[-1], n_outputs, None)
    if biases is not None and len(biases[-1]) != n_outputs:
        msg = tr(
            "network.initial_biases: {biases} numbers for the output; "
            "expected {n_outputs}, one for each output of the data",
            biases=len(biases[-1]),
            n_outputs=n_outputs,
        )
        raise ExperimentError(msg)


def _check_matrix(layer: int, rows: Rows, n_out: int | None, n_in: int | None) -> None:
    fits = are_rectangular(rows)
    fits = fits and n_out in (None, len(rows)) and n_in in (None, len(rows[0]))
    if fits:
        return
    units, inputs = tr("one row for each unit"), tr("equally many numbers")
    if n_out is not None:
        units = plural(n_out, "1 row", "{n} rows", n=n_out)
    if n_in is not None:
        inputs = plural(n_in, "1 number", "{n} numbers", n=n_in)
    msg = tr(
        "network.initial_weights: {shape_text} for layer {layer}; "
        "expected {units} of {inputs}",
        shape_text=shape_text(rows),
        layer=layer,
        units=units,
        inputs=inputs,
    )
    raise ExperimentError(msg)
