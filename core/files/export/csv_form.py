"""CSV: a line for each weight and bias."""

import csv
import io
from pathlib import Path
from typing import Final

import numpy as np

from core.arrays import HostParams
from core.files.export.network import Network
from core.files.tensors import UnreadableError
from core.platform.ordinary_files import read_start
from core.values.network_spec import NetworkSpec
from core.values.words import tr

HEADER: Final = ("layer", "unit", "input", "value")
BIAS: Final = "bias"
_LONGEST_LINE: Final = 100


def dumps(network: Network) -> bytes:
    """The file's bytes: layers from 1, units and inputs from 0, as in the window."""
    lines = [",".join(HEADER)]
    for k, (weight, bias) in enumerate(network.weights.params):
        for unit, row in enumerate(weight):
            start = f"{k + 1},{unit}"
            lines += [f"{start},{origin},{value}" for origin, value in enumerate(row)]
            if network.spec.biases[k]:
                lines.append(f"{start},{BIAS},{bias[unit]}")
    return ("\n".join(lines) + "\n").encode("ascii")


def is_own(path: Path) -> bool:
    """Whether a file begins as a table of weights does.

    Raises:
        OSError: it cannot be read.
    """
    header = ",".join(HEADER).encode()
    start = read_start(path, _LONGEST_LINE)
    return start.partition(b"\n")[0].rstrip(b"\r") == header


def read_back(data: bytes, spec: NetworkSpec) -> HostParams:
    """The weights and biases of all lines.

    Raises:
        UnreadableError: they are not those of such a network, each once.
    """
    params = tuple(
        (np.full(shape, np.nan, np.float32), np.zeros(shape[0], np.float32))
        for shape in spec.weight_shapes
    )
    rows = csv.reader(io.StringIO(data.decode("ascii")))
    next(rows)
    count = 0
    for layer, unit, origin, value in rows:
        weight, bias = params[int(layer) - 1]
        if origin == BIAS:
            bias[int(unit)] = np.float32(value)
        else:
            weight[int(unit), int(origin)] = np.float32(value)
        count += 1
    if count != spec.parameter_count:
        msg = tr(
            "{count:,} values, expected {parameter_count:,}",
            count=count,
            parameter_count=spec.parameter_count,
        )
        raise UnreadableError(msg)
    return params
