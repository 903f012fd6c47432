"""The same gradient by PyTorch's autograd, the forward pass written anew with it."""

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from tests.core.references.gradients import Blocks, Problem


def torch_gradient(problem: Problem, dtype: torch.dtype) -> Blocks:
    """Of the mean cost of the training examples."""
    spec = problem.spec
    params = []
    for (weights, biases), has_bias in zip(problem.params, spec.biases, strict=True):
        params.append([_leaf(weights, dtype)] + [_leaf(biases, dtype)] * has_bias)
    train = problem.dataset.train
    values = torch.tensor(train.network_inputs(np.arange(len(train))), dtype=dtype)
    for name, layer in zip(spec.activations[:-1], params[:-1], strict=True):
        values = _activate(name, functional.linear(values, *layer))
    z = functional.linear(values, *params[-1])
    target = torch.tensor(problem.targets, dtype=dtype)
    costs = _costs(problem.loss, spec.activations[-1], z, target, problem.rho)
    costs.mean().backward()
    leaves = [leaf for layer in params for leaf in layer]
    return [
        np.zeros(leaf.shape) if leaf.grad is None else leaf.grad.double().numpy()
        for leaf in leaves
    ]


def _leaf(values: np.ndarray, dtype: torch.dtype) -> Tensor:
    return torch.tensor(np.array(values), dtype=dtype, requires_grad=True)


def _activate(name: str, z: Tensor) -> Tensor:
    if name == "softmax":
        return torch.softmax(z, dim=1)
    if name == "leaky-relu":
        return functional.leaky_relu(z, 0.01)
    functions = {
        "relu": torch.relu,
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "gelu": functional.gelu,
        "silu": functional.silu,
        "elu": functional.elu,
        "softplus": functional.softplus,
        "identity": torch.Tensor.clone,
        "step": lambda values: (values > 0).to(values.dtype),
    }
    found: Tensor = functions[name](z)
    return found


def _costs(loss: str, output: str, z: Tensor, target: Tensor, rho: float) -> Tensor:
    signs = 2 * (target > 0).to(z.dtype) - 1
    if loss == "hinge":
        return torch.relu(1 - signs * z).sum(dim=1)
    if loss == "perceptron":
        return torch.relu(-signs * z).sum(dim=1)
    if loss == "margin":
        p = torch.softmax(z, dim=1)
        true = (p * (target > 0)).sum(dim=1)
        rival = p.masked_fill(target > 0, -1).max(dim=1).values
        return torch.clamp(1 - (true - rival) / rho, 0, 1)
    if loss == "cross-entropy" and output == "softmax":
        return functional.cross_entropy(z, target, reduction="none")
    if loss == "cross-entropy":
        terms = functional.binary_cross_entropy_with_logits(z, target, reduction="none")
        return terms.sum(dim=1)
    if loss == "huber":
        outputs = _activate(output, z)
        return functional.huber_loss(outputs, target, reduction="none").sum(dim=1)
    difference = _activate(output, z) - target
    if loss == "absolute-error":
        return difference.abs().sum(dim=1)
    squares = (difference**2).sum(dim=1)
    return squares / 2 if loss == "half-squared-error" else squares
