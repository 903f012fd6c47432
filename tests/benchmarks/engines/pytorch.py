"""PyTorch, eager or compiled, on all cores, with the data set as one tensor."""

import os

import torch
from torch import nn

from tests.benchmarks.engines.problem import Problem, Take


def make(problem: Problem, *, compiled: bool) -> Take:
    model = _model(problem)
    # The fused update is PyTorch's fastest on a CPU; eager code has its defaults.
    fused = {"fused": True} if compiled else {}
    kind = torch.optim.Adam if problem.optimizer == "adam" else torch.optim.SGD
    optimizer = kind(model.parameters(), lr=problem.learning_rate, **fused)
    inputs = torch.from_numpy(problem.inputs)
    labels = torch.from_numpy(problem.labels)
    batches = problem.batches()

    def loss_of(inputs: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        return nn.functional.cross_entropy(model(inputs), labels)

    loss = torch.compile(loss_of) if compiled else loss_of

    def take(steps: int) -> None:
        torch.set_num_threads(os.cpu_count() or 1)
        for _ in range(steps):
            chosen = torch.from_numpy(next(batches))
            optimizer.zero_grad()
            loss(inputs[chosen], labels[chosen]).backward()
            optimizer.step()

    return take


def _model(problem: Problem) -> nn.Sequential:
    layers: list[nn.Module] = []
    for n_out, n_in in problem.spec.weight_shapes:
        layers += [nn.Linear(n_in, n_out), nn.ReLU()]
    return nn.Sequential(*layers[:-1])
