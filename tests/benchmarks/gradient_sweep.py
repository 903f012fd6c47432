"""How far the training gradients are from PyTorch's, over random experiments.

Run as `python -m tests.benchmarks.gradient_sweep [--cases N] [--json FILE]` where
PyTorch is installed. Architectures, activations, losses, biases and targets come by
chance; the training's float32 gradient is held against autograd in float64 and float32,
the explicit backward pass in float64 against autograd in float64. The error is the
largest difference of a layer's weights (or biases) over their largest gradient.
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

import torch

from core.platform.compilation_cache import use_compilation_cache
from tests.core.references.gradients import (
    Problem,
    explicit_gradient,
    relative_error,
    training_gradient,
)
from tests.core.references.random_experiments import random_experiment
from tests.core.references.torch_gradients import torch_gradient

KINDS = ("training, autograd float64", "training, autograd float32", "explicit float64")


def errors_of(problem: Problem) -> tuple[float, float, float]:
    """One for each of KINDS."""
    trained, exact = training_gradient(problem), torch_gradient(problem, torch.float64)
    return (
        relative_error(trained, exact),
        relative_error(trained, torch_gradient(problem, torch.float32)),
        relative_error(explicit_gradient(problem), exact),
    )


def main() -> None:
    """Print the worst error of each loss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=140)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    use_compilation_cache()
    worst: dict[str, list[tuple[float, int]]] = defaultdict(lambda: [(0.0, -1)] * 3)
    for seed in range(args.cases):
        problem = Problem.of(random_experiment(seed))
        for kind, error in enumerate(errors_of(problem)):
            row = worst[problem.loss]
            row[kind] = max(row[kind], (error, seed))
    rows = [
        {"loss": loss, "against": KINDS[kind], "worst": error, "seed": seed}
        for loss, row in worst.items()
        for kind, (error, seed) in enumerate(row)
    ]
    for row in rows:
        print("{loss:20} {against:28} {worst:.1e}  seed {seed}".format(**row))
    if args.json is not None:
        args.json.write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
