"""The bare matrix products of a training step: nothing can be faster than these.

Forward x W^T for each layer; backward dC/dW = delta^T a for each layer and
dC/da = delta W for all but the first. Outputs are there beforehand where a library
takes them.
"""

import importlib.util
import os
from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np

from core.arrays import FloatArray
from tests.benchmarks.engines.problem import Problem, Take

Layer = tuple[FloatArray, FloatArray, FloatArray]
"""Activations (batch, n_in), weights (n_out, n_in), delta (batch, n_out)."""


def libraries(device_name: str) -> list[str]:
    """Ways to multiply that are at hand: a library, and the number of threads."""
    if device_name != "cpu":
        return ["jax"]
    cores = os.cpu_count() or 1
    found = ["jax", *(f"numpy {threads}" for threads in {1, cores})]
    if importlib.util.find_spec("torch") is not None:
        found += [f"torch {threads}" for threads in {1, cores}]
    return found


def make(way: str, problem: Problem, device_name: str) -> Take:
    library, _, threads = way.partition(" ")
    if library == "jax":
        from core.platform.devices import choose_device

        return jax_products(problem, choose_device(device_name))
    if library == "numpy":
        return numpy_products(problem, int(threads))
    return torch_products(problem, int(threads))


def operands(problem: Problem) -> list[Layer]:
    rng = np.random.default_rng(0)

    def draw(*shape: int) -> FloatArray:
        return rng.normal(size=shape).astype(np.float32)

    batch = problem.batch_size
    return [
        (draw(batch, n_in), draw(n_out, n_in), draw(batch, n_out))
        for n_out, n_in in problem.spec.weight_shapes
    ]


def numpy_products(problem: Problem, threads: int) -> Take:
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

    def take_on_threads(steps: int) -> None:
        from threadpoolctl import threadpool_limits

        with threadpool_limits(threads):
            take(steps)

    has_control = importlib.util.find_spec("threadpoolctl") is not None
    return take_on_threads if has_control else take


def torch_products(problem: Problem, threads: int) -> Take:
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

    def take(steps: int) -> None:
        torch.set_num_threads(threads)
        with torch.inference_mode():
            for _ in range(steps):
                for left, right, out in products:
                    torch.mm(left, right, out=out)

    return take


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
