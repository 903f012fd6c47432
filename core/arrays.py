"""Every array type of the program, defined once."""

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
"""The precision of training."""
DoubleArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
"""For values that need more digits: formulas, curves, proofs."""
RealArray = npt.NDArray[np.floating[Any]]
"""float32 as in training, or float64 where a proof needs more digits."""
IntArray = npt.NDArray[np.int32]
RowNumbers = npt.NDArray[np.intp]
ByteArray = npt.NDArray[np.uint8]
"""Grey values, 0 black to 255 white."""

HostArray = npt.NDArray[np.generic]
"""Of any kind of numbers."""
HostParams = tuple[tuple[FloatArray, FloatArray], ...]
"""Params as NumPy arrays: one (weights (n_out, n_in), biases (n_out,)) a layer."""
RealParams = tuple[tuple[RealArray, RealArray], ...]
DoubleParams = tuple[tuple[DoubleArray, DoubleArray], ...]
