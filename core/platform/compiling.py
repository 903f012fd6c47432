"""How JAX compiles the program's functions."""

from functools import partial
from typing import Final

import jax
from jaxlib.version import __version__ as jaxlib_version

_KNOWN_TO: Final = ("0.10.",)
"""Versions of jaxlib that were tried: others may not know the option, and refuse."""
OPTIONS: Final[dict[str, bool | str] | None] = (
    {"xla_cpu_use_fusion_emitters": False}
    if jaxlib_version.startswith(_KNOWN_TO)
    else None
)
"""On CPUs XLA's older emitters compile in half the time, to a program that is as fast
and computes the same bits; other devices take no notice."""

jit: Final = partial(jax.jit, compiler_options=OPTIONS)
"""`jax.jit`, for every function of the program that is compiled."""
