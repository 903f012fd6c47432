"""The logits of a candidate for every reading: the first layer is computed once.

Scaled inputs a x + c give z = a W x + (c times the sums of W's rows + b), so each
affine scaling, and the ink the other way round, needs no product of its own; one that
differs from input to input does.
"""

import itertools
from dataclasses import dataclass, field, replace

import numpy as np

from core.arrays import FloatArray
from core.files.foreign.description import Candidate
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.array_functions import NUMPY
from core.readings.affine import affine
from core.readings.sample import Sample
from core.readings.values import FITTED, InputReading, Outputs

_NO_OUTPUTS = Outputs(())


@dataclass(slots=True, eq=False)
class Logits:
    """Logits of the first `count` images of a sample, kept while they are needed."""

    candidate: Candidate
    sample: Sample
    count: int
    _products: dict[InputReading, FloatArray] = field(default_factory=dict)
    _made: dict[tuple[InputReading, str | None], FloatArray] = field(
        default_factory=dict
    )

    def of(self, reading: InputReading, activation: str | None) -> FloatArray:
        """Float32 (n, n_out), with the activation where the file names none."""
        key = replace(reading, outputs=_NO_OUTPUTS)
        if (key, activation) not in self._made:
            self._made[key, activation] = self._logits(key, activation)
        return self._made[key, activation]

    def _logits(self, key: InputReading, activation: str | None) -> FloatArray:
        z = self._first(key)
        layers = self.candidate.layers
        with np.errstate(over="ignore", invalid="ignore"):
            for layer, after in itertools.pairwise(layers):
                name = layer.activation or activation or "relu"
                a = ACTIVATIONS[name].function(NUMPY, z)
                z = a @ after.weight.T + after.bias
        return np.nan_to_num(z, posinf=1e30, neginf=-1e30)

    def _first(self, key: InputReading) -> FloatArray:
        layer = self.candidate.layers[0]
        factor, offset = affine(key, self.sample)
        if key.scaling in FITTED:
            # The statistics turn round with the ink.
            sign = np.float32(-1 if key.inverted else 1)
            upright = replace(key, inverted=False)
            fitted: FloatArray = sign * self._product(upright) + layer.bias
            return fitted
        if isinstance(factor, np.ndarray):
            return self._product(key) + layer.bias
        sums = layer.weight.sum(axis=1, dtype=np.float64)
        bias = (layer.bias + offset * sums).astype(np.float32)
        order = replace(key, scaling="", inverted=False)
        z: FloatArray = np.float32(factor) * self._product(order) + bias
        return z

    def _product(self, key: InputReading) -> FloatArray:
        """W x of scaled images; of images as they are where the scaling is empty."""
        if key not in self._products:
            x = self.sample.images[: self.count]
            if key.scaling:
                factor, offset = affine(key, self.sample)
                x = (x * factor + offset).astype(np.float32)
            x = self.sample.arrangement.for_network(x, key)
            self._products[key] = x @ self.candidate.layers[0].weight.T
        return self._products[key]
