"""A network as a script in JAX."""

from collections.abc import Iterator
from typing import Final

from core.files.export.code.activations import code_of, function_name
from core.files.export.code.losses import costs_code, loss_code
from core.files.export.code.parts import (
    Section,
    classify_code,
    in_units,
    optimiser_text,
    predict_text,
    targets_code,
    training_arguments,
)
from core.files.export.network import Network

IMPORTS: Final = ("import jax", "import jax.numpy as jnp", "import numpy as np")
_HELPERS: Final = """
def log_softmax(z):
    return jax.nn.log_softmax(z, axis=1)


def softplus(z):
    return jax.nn.softplus(z)
"""
_FORWARD: Final = '''
def forward(params, x):
    """The z of the outputs."""
    for (weight, bias), f in zip(params[:-1], LAYERS[:-1], strict=True):
        x = f(x @ weight.T + bias)
    weight, bias = params[-1]
    return x @ weight.T + bias
'''
_LOSS: Final = '''
def mean_cost(params, x, t):
    """C, mean over the rows."""
    z = forward(params, x)
    return costs(z, LAYERS[-1](z), t).mean()


def loss(rows, answers, params=None):
    """The mean of C over rows of the file."""
    params = PARAMS if params is None else params
    return mean_cost(params, prepare(rows), targets_of(answers))


@jax.jit
def step(params, x, t, learning_rate):
    """One step of gradient descent."""
    gradients = jax.grad(mean_cost)(params, x, t)
    return [
        (weight - learning_rate * dw, bias - learning_rate * {db})
        for (weight, bias), (dw, db){has} in zip(params, gradients{biases}, strict=True)
    ]
'''
_TRAIN: Final = '''
def train(rows, answers, params=None, *, {arguments}):
    """{text}

    Returns the params; `predict(rows, params)` uses them.
    """
    params = PARAMS if params is None else params
    x, t = prepare(rows), targets_of(answers)
    random = np.random.default_rng(seed)
    for _ in range(epochs):
        order = random.permutation(len(x))
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            params = step(params, x[batch], t[batch], learning_rate)
    return params
'''


def sections(network: Network) -> Iterator[Section]:
    """The network, what it answers, and how it learns."""
    spec, training = network.spec, network.training
    parts = [_HELPERS]
    parts += [
        f"def {function_name(name)}(z):\n    return {code_of(name).jax}"
        for name in dict.fromkeys(spec.activations)
    ]
    functions = ", ".join(function_name(name) for name in spec.activations)
    parts += [f"# f of each layer, {spec}\nLAYERS = [{functions}]", _FORWARD]
    yield Section("The network", _joined(parts))
    outputs = in_units(
        network, "np.asarray(LAYERS[-1](forward(params, prepare(rows))))"
    )
    predict = f'''
def predict(rows, params=None):
    """{predict_text(network)}"""
    params = PARAMS if params is None else params
    return {outputs}
'''
    yield Section("What it answers", _joined([predict, classify_code(network)]))
    code = loss_code(training.loss, spec.activations[-1], training.rho, spec.n_outputs)
    cost = costs_code(training.loss, code, "jnp")
    parts = [targets_code(network), cost]
    has_all = all(spec.biases)
    if not has_all:
        parts.append(f"HAS_BIAS = {list(map(float, spec.biases))!r}")
    step = (
        _LOSS.replace("{db}", "db" if has_all else "db * has_bias")
        .replace("{has}", "" if has_all else ", has_bias")
        .replace("{biases}", "" if has_all else ", HAS_BIAS")
    )
    train = _TRAIN.replace("{arguments}", training_arguments(network))
    parts += [step, train.replace("{text}", optimiser_text(network))]
    yield Section("How it learns", _joined(parts))


def _joined(parts: list[str]) -> str:
    return "\n\n\n".join(part.strip() for part in parts if part)
