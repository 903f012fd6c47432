"""The bare matrix products of a training step: nothing can be faster than these.

Forward x W^T for each layer; backward dC/dW = delta^T a for each layer and
dC/da = delta W for all but the first. Outputs are there beforehand where a library
takes them.
"""

import contextlib
import os
from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np

from core.network_spec import FloatArray
from tests.benchmarks.engines.problem import Problem, Take

Layer = tuple[FloatArray, FloatArray, FloatArray]
"""Activations (batch, n_in), weights (n_out, n_in), delta (batch, n_out)."""


def makers(problem: Problem, device: jax.Device) -> dict[str, Take]:
    """The products with every BLAS at hand, on one thread and on all."""
    found = {"jax": jax_products(problem, device)}
    if device.platform != "cpu":
        return found
    found |= _numpy_products(problem)
    with contextlib.suppress(ImportError):
        found |= _torch_products(problem)
    return found


def operands(problem: Problem) -> list[Layer]:
    rng = np.random.default_rng(0)

    def draw(*shape: int) -> FloatArray:
        return rng.normal(size=shape).astype(np.float32)

    batch = problem.batch_size
    return [
        (draw(batch, n_in), draw(n_out, n_in), draw(batch, n_out))
        for n_out, n_in in problem.spec.weight_shapes
    ]


def _numpy_products(problem: Problem) -> dict[str, Take]:
    products = []
    for number, (a, w, delta) in enumerate(operands(problem)):
        products += [
            (a, w.T, np.empty_like(delta)),
            (delta.T, a, np.empty_like(w)),
        ]
        if number:
            products.append((delta, w, np.empty_like(a)))

    def take(steps: int) -> None:
        for _ in range(steps):
            for left, right, out in products:
                np.matmul(left, right, out=out)

    try:
        from threadpoolctl import threadpool_limits
    except ImportError:
        return {"numpy": take}

    def take_on_one(steps: int) -> None:
        with threadpool_limits(1):
            take(steps)

    return {"numpy": take, "numpy, 1 thread": take_on_one}


def _torch_products(problem: Problem) -> dict[str, Take]:
    import torch

    products = []
    for number, layer in enumerate(operands(problem)):
        a, w, delta = map(torch.from_numpy, layer)
        products += [
            (a, w.t(), torch.empty_like(delta)),
            (delta.t(), a, torch.empty_like(w)),
        ]
        if number:
            products.append((delta, w, torch.empty_like(a)))

    def on_threads(count: int) -> Take:
        def take(steps: int) -> None:
            torch.set_num_threads(count)
            with torch.inference_mode():
                for _ in range(steps):
                    for left, right, out in products:
                        torch.mm(left, right, out=out)

        return take

    cores = os.cpu_count() or 1
    return {"torch": on_threads(cores), "torch, 1 thread": on_threads(1)}


def jax_products(problem: Problem, device: jax.Device) -> Take:
    """In a compiled loop; barriers keep each product where it is."""
    layers = jax.device_put(operands(problem), device)
    run = _jax_loop()

    def take(steps: int) -> None:
        run(layers, steps).block_until_ready()

    return take


def _jax_loop() -> Callable[[list[Layer], int], jax.Array]:
    def all_products(layers: list[Layer]) -> list[jax.Array]:
        results = []
        for number, (a, w, delta) in enumerate(layers):
            results += [a @ w.T, delta.T @ a]
            if number:
                results.append(delta @ w)
        return results

    def body(
        _: object, carry: tuple[list[Layer], jax.Array]
    ) -> tuple[list[Layer], jax.Array]:
        layers = jax.lax.optimization_barrier(carry[0])
        results = jax.lax.optimization_barrier(all_products(layers))
        # One number of each product: what nobody reads is not computed.
        return layers, carry[1] + sum(result[0, 0] for result in results)

    @jax.jit
    def loop(layers: list[Layer], steps: int) -> jax.Array:
        return jax.lax.fori_loop(0, steps, body, (layers, jnp.float32(0)))[1]

    return loop
