"""Every gradient, over random architectures, activations, losses, biases or not."""

from collections.abc import Iterator
from types import ModuleType

import pytest

from core.network.numpy.losses.table import LOSSES
from core.network.numpy.proof import Proof, prove
from core.values.network_spec import flat_blocks
from core.values.parameter import Parameter
from tests.core.references.gradients import (
    Blocks,
    Problem,
    explicit_gradient,
    relative_error,
    training_gradient,
)
from tests.core.references.random_experiments import random_experiment

TRAINED = len(LOSSES)
"""Seeds whose training gradient is compiled, which takes the time; one for a loss."""
PROBLEMS = [Problem.of(random_experiment(seed)) for seed in range(4 * len(LOSSES))]


@pytest.fixture(scope="module")
def trained() -> list[Blocks]:
    return [training_gradient(problem) for problem in PROBLEMS[:TRAINED]]


def test_the_sweep_has_every_loss_with_and_without_biases_and_classes() -> None:
    assert {problem.loss for problem in PROBLEMS[:TRAINED]} == set(LOSSES)
    assert {problem.experiment.network.bias for problem in PROBLEMS} == {True, False}
    assert {problem.dataset.has_classes for problem in PROBLEMS} == {True, False}
    assert {problem.spec.n_layers for problem in PROBLEMS} >= {1, 2, 3, 4}


def test_the_training_gradient_is_that_of_the_backward_pass(
    trained: list[Blocks],
) -> None:
    for seed, gradient in enumerate(trained):
        error = relative_error(gradient, explicit_gradient(PROBLEMS[seed]))
        assert error < 1e-5, f"seed {seed}"


@pytest.mark.peers
def test_the_training_gradient_agrees_with_pytorch(
    torch: ModuleType, trained: list[Blocks]
) -> None:
    from tests.core.references.torch_gradients import torch_gradient

    for seed, problem in enumerate(PROBLEMS):
        wanted = torch_gradient(problem, torch.float64)
        assert relative_error(explicit_gradient(problem), wanted) < 1e-7, f"seed {seed}"
        if seed < TRAINED:
            assert relative_error(trained[seed], wanted) < 1e-5, f"seed {seed}"


@pytest.mark.parametrize("seed", range(len(PROBLEMS)))
def test_the_backward_pass_agrees_with_central_differences(seed: int) -> None:
    for proofs in _proofs_by_block(PROBLEMS[seed]):
        size = max(abs(proof.explicit) for proof in proofs)
        for proof in proofs:
            # Rounding alone moves a difference by about eps C / h.
            allowed = 1e-6 * size + 4 * proof.rounding
            assert abs(proof.explicit - proof.difference) <= allowed


def _proofs_by_block(problem: Problem) -> Iterator[list[Proof]]:
    """Of the first example, without those that cross a kink."""
    inputs = problem.dataset.train.network_inputs(0)
    for layer, is_bias, start, stop in flat_blocks(problem.spec):
        n_in = problem.spec.layer_sizes[layer - 1]
        proofs = []
        for place in range(stop - start):
            where = (place, None) if is_bias else divmod(place, n_in)
            proof = prove(
                problem.spec,
                problem.loss,
                problem.params,
                inputs,
                problem.targets[0],
                parameter=Parameter(layer, *where),
                rho=problem.rho,
            )
            if not proof.crosses_kink:
                proofs.append(proof)
        if proofs:
            yield proofs
