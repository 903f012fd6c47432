"""A network as a script in NumPy alone, with its gradient by hand."""

from collections.abc import Iterator
from typing import Final

from core.files.export.code.activations import code_of, function_name
from core.files.export.code.losses import MARGIN_GRADIENT, costs_code, loss_code
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
from core.network.numpy.activations.table import ACTIVATIONS

IMPORTS: Final = ("import numpy as np",)
_HELPERS: Final = {
    "log_softmax": """
def log_softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))
""",
    "softplus": """
def softplus(z):
    return np.logaddexp(0, z)
""",
    "erfc": """
def erfc(x):
    # 1 - erf(x), which NumPy lacks.
    import math

    return np.vectorize(math.erfc, otypes=[np.float32])(x)
""",
}
_FORWARD: Final = '''
def forward(params, x):
    """Every z and every a; the first a is what comes in."""
    pre_activations, activations = [], [x]
    for (weight, bias), (f, _) in zip(params, LAYERS, strict=True):
        pre_activations.append(activations[-1] @ weight.T + bias)
        activations.append(f(pre_activations[-1]))
    return pre_activations, activations
'''
_BACKWARD: Final = '''
def gradient(params, x, t):
    """dC/dw and dC/db of each layer, mean over the rows."""
    z, a = forward(params, x)
    delta = output_delta(z[-1], a[-1], t) / len(x)
    gradients = []
    for k in reversed(range(len(params))):
        gradients.append((delta.T @ a[k], {bias}))
        if k > 0:
            slope = LAYERS[k - 1][1](z[k - 1], a[k])
            delta = (delta @ params[k][0]) * slope
    return gradients[::-1]
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
            gradients = gradient(params, x[batch], t[batch])
            params = [
                (weight - learning_rate * dw, bias - learning_rate * db)
                for (weight, bias), (dw, db) in zip(params, gradients, strict=True)
            ]
    return params
'''


def sections(network: Network) -> Iterator[Section]:
    """The network, what it answers, and how it learns."""
    yield Section("The network", _model(network))
    outputs = in_units(network, "forward(params, prepare(rows))[1][-1]")
    predict = f'''
def predict(rows, params=None):
    """{predict_text(network)}"""
    params = PARAMS if params is None else params
    return {outputs}
'''
    both = "\n\n".join(
        text.strip() for text in (predict, classify_code(network)) if text
    ).replace("\n\ndef", "\n\n\ndef")
    yield Section("What it answers", both)
    yield Section("How it learns", _learning(network))


def _model(network: Network) -> str:
    spec, training = network.spec, network.training
    loss = loss_code(training.loss, spec.activations[-1], training.rho, spec.n_outputs)
    used = loss.value + " ".join(code_of(name).numpy for name in spec.activations)
    parts = [text for name, text in _HELPERS.items() if f"{name}(" in used]
    for name in dict.fromkeys(spec.activations):
        code, function = code_of(name), function_name(name)
        parts.append(f"def {function}(z):\n    return {code.numpy}")
        if code.slope:
            parts.append(f"def {function}_slope(z, a):\n    return {code.slope}")
    rows = []
    for name in spec.activations:
        function = function_name(name)
        slope = f"{function}_slope" if code_of(name).slope else "None"
        rows.append(f"    ({function}, {slope}),")
    table = "\n".join(["LAYERS = [", *rows, "]"])
    parts += [f"# f and f' of each layer, {spec}\n{table}", _FORWARD]
    return "\n\n\n".join(part.strip() for part in parts)


def _learning(network: Network) -> str:
    spec, training = network.spec, network.training
    output = spec.activations[-1]
    code = loss_code(training.loss, output, training.rho, spec.n_outputs)
    cost = costs_code(training.loss, code, "np")
    loss = '''
def loss(rows, answers, params=None):
    """The mean of C over the rows."""
    z, a = forward(PARAMS if params is None else params, prepare(rows))
    return costs(z[-1], a[-1], targets_of(answers)).mean()
'''
    parts = [targets_code(network), cost, loss]
    if "margin_gradient" in code.gradient:
        parts.append(MARGIN_GRADIENT)
    if code.is_delta:
        delta = f"    return {code.gradient}"
    elif ACTIVATIONS[output].is_over_layer:
        delta = (
            f"    gradient = {code.gradient}\n"
            "    return a * (gradient - (a * gradient).sum(axis=1, keepdims=True))"
        )
    else:
        slope = f"{function_name(output)}_slope(z, a)"
        delta = f"    return ({code.gradient}) * {slope}"
    parts.append(
        f'def output_delta(z, a, t):\n    """dC/dz of the outputs."""\n{delta}'
    )
    bias = "delta.sum(axis=0)"
    if not all(spec.biases):
        parts.append(f"HAS_BIAS = {list(spec.biases)!r}")
        bias += " * HAS_BIAS[k]"
    parts.append(_BACKWARD.replace("{bias}", bias))
    parts.append(
        _TRAIN.replace("{arguments}", training_arguments(network)).replace(
            "{text}", optimiser_text(network)
        )
    )
    return "\n\n\n".join(part.strip() for part in parts)
