"""The network of `numpy_network` trained by PyTorch, in float64."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from tests.core.references.numpy_network import Layers

Loss = Callable[[Any, Any], Any]


def optimizer_of(torch: ModuleType, name: str, params: list[Any], rate: float) -> Any:
    """PyTorch's optimiser of that name with its own defaults; decay on weights only."""
    optim = torch.optim
    if name == "adamw":
        groups = [
            {"params": [p for p in params if p.ndim == 2]},
            {"params": [p for p in params if p.ndim == 1], "weight_decay": 0.0},
        ]
        return optim.AdamW(groups, lr=rate)
    return {
        "sgd": lambda: optim.SGD(params, lr=rate),
        "momentum": lambda: optim.SGD(params, lr=rate, momentum=0.9),
        "nesterov": lambda: optim.SGD(params, lr=rate, momentum=0.9, nesterov=True),
        "adagrad": lambda: optim.Adagrad(params, lr=rate),
        "rmsprop": lambda: optim.RMSprop(params, lr=rate),
        "adam": lambda: optim.Adam(params, lr=rate),
    }[name]()


def train(
    torch: ModuleType,
    layers: Layers,
    batches: list[tuple[np.ndarray, np.ndarray]],
    optimizer: str,
    rate: float,
    schedule: Callable[[Any], Any] | None = None,
    loss: Loss | None = None,
) -> np.ndarray:
    """Take a step for each batch; returns all parameters in one vector."""
    tensors = [[torch.tensor(p, requires_grad=True) for p in layer] for layer in layers]
    flat = [p for layer in tensors for p in layer]
    optim = optimizer_of(torch, optimizer, flat, rate)
    scheduler = None if schedule is None else schedule(optim)
    loss = loss or torch.nn.functional.cross_entropy
    for x, labels in batches:
        a = torch.tensor(x)
        for weights, biases in tensors[:-1]:
            a = torch.tanh(a @ weights.T + biases)
        z = a @ tensors[-1][0].T + tensors[-1][1]
        optim.zero_grad()
        loss(z, torch.tensor(labels.astype(np.int64))).backward()
        optim.step()
        if scheduler is not None:
            scheduler.step()
    return np.concatenate([p.detach().numpy().ravel() for p in flat])
