"""The network of `numpy_network`, trained by scikit-learn in float64."""

import numpy as np
from sklearn.neural_network import MLPClassifier

from tests.core.references.numpy_network import Layers

OPTIMIZERS = {
    "sgd": {"solver": "sgd", "momentum": 0.0},
    "momentum": {"solver": "sgd", "momentum": 0.9, "nesterovs_momentum": False},
    "nesterov": {"solver": "sgd", "momentum": 0.9, "nesterovs_momentum": True},
}
"""Its words for them. It has Adam, too, with epsilon in another place."""


def train(
    layers: Layers,
    batches: list[tuple[np.ndarray, np.ndarray]],
    optimizer: str,
    rate: float,
) -> np.ndarray:
    """Take a step for each batch; returns all parameters in one vector."""
    classes = np.arange(len(layers[-1][1]))
    network = MLPClassifier(
        [len(biases) for _, biases in layers[:-1]],
        activation="tanh",
        alpha=0,
        learning_rate_init=rate,
        batch_size=len(batches[0][0]),
        **OPTIMIZERS[optimizer],
    )
    network.partial_fit(*batches[0], classes=classes)  # makes all that is set below
    del network._optimizer
    network.coefs_ = [weights.T.copy() for weights, _ in layers]
    network.intercepts_ = [biases.copy() for _, biases in layers]
    for x, labels in batches:
        network.set_params(batch_size=len(x)).partial_fit(x, labels)
    params = zip(network.coefs_, network.intercepts_, strict=True)
    return np.concatenate([part.ravel() for w, b in params for part in (w.T, b)])
