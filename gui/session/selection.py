"""What the user has selected, the same in every panel: a unit, a weight or a bias."""

from typing import TypeGuard

from core.values.parameter import Parameter, Unit

Selection = Unit | Parameter
"""A bias or a weight is selected as such, and not as its unit."""


def unit_of(selection: Selection) -> Unit:
    """The unit itself, or the one whose sum a weight or bias is part of."""
    return selection if isinstance(selection, Unit) else selection.owner


def is_weight(selection: Selection | None) -> TypeGuard[Parameter]:
    """Whether it is an edge of the network picture, and no bias or unit."""
    return isinstance(selection, Parameter) and not selection.is_bias
