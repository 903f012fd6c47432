"""What makes a run the same run: its examples, and what computes its numbers."""

import hashlib
import platform
from importlib.metadata import version

import jax
import numpy as np

from core import __version__
from core.data.dataset import Dataset
from core.platform.devices import describe


def data_hash(dataset: Dataset) -> str:
    """A hash of all examples in their order, as 32 hexadecimal digits.

    Of what the network receives and is to answer: the same file split or scaled in
    another way has another one.
    """
    digest = hashlib.blake2b(digest_size=16)
    for split in (dataset.train, dataset.test, dataset.validation):
        for part in () if split is None else (split.inputs, split.answers):
            digest.update(f"{part.dtype.str} {part.shape};".encode())
            digest.update(np.ascontiguousarray(part).data)
        digest.update(b"|")
    return digest.hexdigest()


def made_by(device: jax.Device) -> dict[str, str]:
    """Versions and kind of device, on which the last digits depend."""
    return {
        "glassbox": __version__,
        "jax": version("jax"),
        "jaxlib": version("jaxlib"),
        "optax": version("optax"),
        "device": describe(device),
        "machine": platform.machine(),
    }
