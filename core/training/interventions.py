"""The user's changes of the parameters themselves: edits and freezing.

An edit does not change the optimiser's state. A frozen parameter has gradient 0 for the
optimiser, and its update (by momentum or weight decay) is not applied.
"""

from collections.abc import Iterable

import jax
import jax.numpy as jnp
import numpy as np

from core.network.jax.network import Params
from core.training.step import Mask
from core.values.errors import ExperimentError
from core.values.network_spec import NetworkSpec
from core.values.parameter import Edit, Parameter
from core.values.words import tr


def check_parameters(spec: NetworkSpec, parameters: Iterable[Parameter]) -> None:
    """Refuse parameters that the network does not have.

    Raises:
        ExperimentError: names the first one.
    """
    for parameter in parameters:
        if not parameter.is_in(spec):
            msg = tr(
                "The network {spec} has no {parameter}.", spec=spec, parameter=parameter
            )
            raise ExperimentError(msg)


def check_edits(spec: NetworkSpec, edits: Iterable[Edit]) -> None:
    """Refuse edits of missing parameters, or to non-finite values.

    Raises:
        ExperimentError: names the first one.
    """
    for edit in edits:
        check_parameters(spec, (edit.parameter,))
        with np.errstate(over="ignore"):
            value = np.float32(edit.value)
        if not np.isfinite(value):
            msg = tr(
                "{parameter}: invalid value {value:g}; expected a finite float32",
                parameter=edit.parameter,
                value=edit.value,
            )
            raise ExperimentError(msg)


def edited_params(params: Params, edits: Iterable[Edit], device: jax.Device) -> Params:
    """The params with some new values; unchanged arrays are shared."""
    parts: list[list[object]] = [list(layer) for layer in params]
    copies: dict[tuple[int, int], np.ndarray[tuple[int, ...], np.dtype[np.float32]]]
    copies = {}
    for edit in edits:
        layer, part = edit.parameter.layer - 1, int(edit.parameter.is_bias)
        if (layer, part) not in copies:
            copies[layer, part] = np.array(params[layer][part])
        copies[layer, part][edit.parameter.place] = edit.value
    for (layer, part), values in copies.items():
        parts[layer][part] = jax.device_put(values, device)
    edited: Params = tuple((w, b) for w, b in parts)  # type: ignore[misc]
    return edited


def freeze_mask(
    spec: NetworkSpec, frozen: frozenset[Parameter], device: jax.Device
) -> Mask | None:
    """Booleans shaped like params, true where frozen; None if nothing is frozen."""
    if not frozen:
        return None
    mask = [
        (np.zeros(shape, bool), np.zeros(shape[0], bool))
        for shape in spec.weight_shapes
    ]
    for parameter in frozen:
        mask[parameter.layer - 1][parameter.is_bias][parameter.place] = True
    on_device: Mask = jax.tree.map(
        lambda part: jax.device_put(jnp.asarray(part), device), tuple(mask)
    )
    return on_device
