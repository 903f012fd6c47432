"""JSON: sizes, activations, weights and biases, with everything that is known."""

import json
from typing import Any

from core.arrays import FloatArray
from core.files.export.network import Network
from core.files.foreign.json_form import OWN
from core.files.weights import metadata_of


def dumps(network: Network) -> bytes:
    """The file's bytes; a layer without biases has null in their place."""
    spec, weights = network.spec, network.weights
    table: dict[str, Any] = {
        "title": network.title,
        "sizes": spec.layer_sizes,
        "activations": spec.activations,
        "row": network.intake.text,
        "output_names": network.output_names,
        OWN: metadata_of(weights),
    }
    head = json.dumps(table, indent=1, ensure_ascii=False)[:-2]
    matrices = ",\n".join(_matrix(weight) for weight, _ in weights.params)
    rows = ",\n".join(
        f"  {_row(bias) if has_bias else 'null'}"
        for (_, bias), has_bias in zip(weights.params, spec.biases, strict=True)
    )
    text = f'{head},\n "weights": [\n{matrices}\n ],\n "biases": [\n{rows}\n ]\n}}\n'
    return text.encode()


def _matrix(weight: FloatArray) -> str:
    """A line for each unit: where its numbers come from, in order."""
    rows = ",\n".join(f"   {_row(row)}" for row in weight)
    return f"  [\n{rows}\n  ]"


def _row(values: FloatArray) -> str:
    # NumPy's texts are the shortest that are the same float32 again.
    return f"[{', '.join(map(str, values))}]"
