"""What recording costs a training step: `python -m tests.benchmarks.recording`.

Steps of PyTorch with and without a recorder, taken in turns in one process, so that a
busy machine slows both. Needs PyTorch.
"""

import argparse
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch

import glassbox

NETWORKS = {"13,002": (784, 16, 16, 10), "5.8 million": (784, 2048, 2048, 10)}


def network(sizes: tuple[int, ...]) -> Any:
    layers: list[torch.nn.Module] = []
    for n_in, n_out in pairwise(sizes):
        layers += [torch.nn.Linear(n_in, n_out), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def seconds_of_steps(
    model: Any, recorder: glassbox.Recorder | None, count: int
) -> float:
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    x, y = torch.rand(64, 784), torch.randint(0, 10, (64,))
    begun = time.perf_counter()
    for _ in range(count):
        loss = torch.nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if recorder is not None:
            recorder.step(loss=loss)
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    for name, sizes in NETWORKS.items():
        count = 1_000 if sizes[1] < 100 else 40
        model = network(sizes)
        with tempfile.TemporaryDirectory() as folder:
            recorder = glassbox.Recorder(Path(folder, "run"), model)
            seconds_of_steps(model, None, count)
            ratios = []
            for _ in range(rounds):
                plain = seconds_of_steps(model, None, count)
                ratios.append(seconds_of_steps(model, recorder, count) / plain)
            recorder.close()
            kept = len(glassbox.open(Path(folder, "run")).steps)
        low, middle, high = np.quantile(ratios, (0.25, 0.5, 0.75))
        print(
            f"{name} parameters: {middle:.3f} times a plain step ({low:.3f} to "
            f"{high:.3f}), {kept} steps kept of {rounds * count:,}"
        )


if __name__ == "__main__":
    main()
