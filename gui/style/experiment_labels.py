"""Labels and explanations of the fields and choices of an experiment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.descriptions import losses, optimizers
from core.experiment import schedules


@dataclass(frozen=True, slots=True)
class Words:
    """Name and meaning; an ampersand marks the letter of the keyboard shortcut."""

    name: str
    meaning: str


FIELDS: Final[Mapping[str, Words]] = {
    "data.name": Words("D&ata", "The examples to learn from"),
    "data.path": Words(
        "Fol&der",
        "Folder with the IDX files, plain or gzip; empty searches the default folders",
    ),
    "data.train_fraction": Words(
        "Train share",
        "Images: share of the training images to use. Points: share for training, "
        "the rest is for testing. Empty: the data set's own split.",
    ),
    "data.noise": Words(
        "&Noise",
        "Images: standard deviation of Gaussian noise added to each pixel (white is "
        "1). Points: amount of random displacement, 0 to 0.5",
    ),
    "data.shuffled_labels": Words(
        "Shuffled labels",
        "Shuffle the training labels: the network can then only memorise",
    ),
    "data.classes": Words("Classes", "Number of classes, 2 to 10"),
    "data.n_points": Words("Points", "Number of points, training and test together"),
    "data.formula": Words(
        "y =",
        "A function of x from -6 to 6: numbers, x, pi, e, + - * / ^, sin, cos, tan, "
        "tanh, exp, log, sqrt, abs, sign, floor, min, max",
    ),
    "data.seed": Words(
        "Sample", "Seed of the points; another seed gives another sample"
    ),
    "data.features": Words(
        "Inputs",
        "The inputs of the network for a point: coordinates and functions of them",
    ),
    "network.initializer": Words(
        "&Initial weights", "Distribution of the initial weights; biases start at 0"
    ),
    "network.bias": Words(
        "B&iases", "Each unit adds its own number b to the weighted sum"
    ),
    "training.seed": Words(
        "Se&ed", "Seed of the initial weights and of the order of the examples"
    ),
    "training.loss": Words("&Loss", "The quantity that training minimises"),
    "training.rho": Words(
        "Margin ρ", "The margin at which the loss becomes 0; above 0, at most 1"
    ),
    "training.optimizer": Words(
        "&Optimiser", "How a step is computed from the gradient g of the batch"
    ),
    "training.learning_rate": Words(
        "Learning &rate",
        "η, the factor of every step: w ← w - η · g with SGD. The arrows step "
        "through 1, 2, 5, 10; you can type any value.",
    ),
    "training.schedule": Words(
        "S&chedule", "How the learning rate changes over the steps"
    ),
    "training.schedule_steps": Words("Steps T", "Number of steps T in the formula"),
    "training.schedule_factor": Words(
        "Factor", "The rate is multiplied by this, from 0 to 1"
    ),
    "training.schedule_patience": Words(
        "Patience",
        "Epochs without a lower validation loss before the rate is reduced",
    ),
    "training.warmup_steps": Words(
        "Warm-up",
        "Steps over which the rate rises linearly to its initial value; 0: no warm-up",
    ),
    "training.batch_size": Words(
        "&Batch size", "Examples in one step, which uses their mean gradient"
    ),
    "training.momentum": Words(
        "&Momentum", "μ: the share of the velocity that a step keeps, 0 to below 1"
    ),
    "training.beta1": Words(
        "β₁", "The share of the first moment that a step keeps, 0 to below 1"
    ),
    "training.beta2": Words(
        "β₂", "The share of the second moment that a step keeps, 0 to below 1"
    ),
    "training.rms_decay": Words(
        "Decay ρ", "The share of the mean square that a step keeps, 0 to below 1"
    ),
    "training.epsilon": Words("ε", "Added to the root, to avoid a division by 0"),
    "training.weight_decay": Words(
        "Weight decay",
        "λ: each step also moves every weight w towards 0, by η · λ · w",
    ),
    "training.dropout": Words(
        "Dr&opout",
        "Share of the hidden activations that each step sets to 0 at random; the "
        "others are divided by 1 minus this share. Not used for evaluation.",
    ),
    "training.early_stopping": Words(
        "Early stopping",
        "Stop after this many epochs without a lower validation loss, and go back to "
        "the step where it was lowest; Play then continues from the end. 0 turns it "
        "off",
    ),
    "data.validation_fraction": Words(
        "Validation",
        "Share of the training examples that is held out, to decide when to stop or "
        "to reduce the rate without using the test data",
    ),
    "training.l1": Words("L&1", "λ₁: adds λ₁ · Σ|w| over all weights to the loss"),
    "training.l2": Words("L&2", "λ₂: adds λ₂/2 · Σw² over all weights to the loss"),
}

DATASETS: Final[Mapping[str, Words]] = {
    "digits": Words(
        "Digits", "Synthetic handwritten digits that Glassbox draws itself, 28 by 28"
    ),
    "mnist": Words("MNIST", "70,000 real handwritten digits, 28 by 28"),
    "fashion-mnist": Words("Fashion-MNIST", "70,000 pictures of clothes, 28 by 28"),
    "large-digits": Words(
        "Large digits", "600 of Glassbox's digits, enlarged to 200 by 200 pixels"
    ),
    "circle": Words("Circle", "Points in the plane: a disc inside a ring"),
    "xor": Words("XOR", "Points in the plane: opposite quarters share a class"),
    "gaussians": Words("Two Gaussians", "Points in the plane: two clouds"),
    "spiral": Words("Spiral", "Points in the plane: two spirals, the hardest set"),
    "checkerboard": Words("Checkerboard", "Points in the plane: 4 by 4 squares"),
    "moons": Words("Moons", "Points in the plane: two interlocking half circles"),
    "clouds": Words("Clouds", "Points in the plane: Gaussians of several classes"),
    "rings": Words("Rings", "Points in the plane: concentric rings of several classes"),
    "plane": Words("Plane", "A function over the plane: (x1 + x2) / 10"),
    "multi-gaussian": Words(
        "Hills", "A function over the plane: three hills and three hollows"
    ),
    "sine": Words("Sine", "y = sin x on a line"),
    "step": Words("Step", "y = -1 left of 0 and 1 right of it"),
    "formula": Words("Formula", "y = your own function of x"),
    "inline": Words(
        "Own examples",
        "Examples that are written in the experiment itself, one per line",
    ),
}
ACTIVATIONS: Final[Mapping[str, Words]] = {
    "relu": Words("ReLU", "f(z) = max(0, z)"),
    "sigmoid": Words("sigmoid", "f(z) = 1 / (1 + exp(-z))"),
    "tanh": Words("tanh", "f(z) = tanh(z), from -1 to 1"),
    "leaky-relu": Words("leaky ReLU", "f(z) = z for z > 0, else 0.01 z"),
    "identity": Words("identity", "f(z) = z: the layer is linear"),
    "step": Words("step", "f(z) = 1 for z > 0, else 0: the perceptron's"),
    "softmax": Words(
        "softmax", "exp(z_i) / Σ exp(z_k): the outputs are probabilities with sum 1"
    ),
}
INITIALIZERS: Final[Mapping[str, Words]] = {
    "he": Words("He", "Normal, standard deviation sqrt(2 / n_in); for ReLU"),
    "glorot": Words(
        "Glorot", "Normal, standard deviation sqrt(2 / (n_in + n_out)); for tanh"
    ),
    "lecun": Words("LeCun", "Normal, standard deviation 1 / sqrt(n_in)"),
    "normal": Words("standard normal", "Normal, standard deviation 1, biases too"),
    "zeros": Words(
        "zeros", "All 0: hidden units stay equal, so the network learns little"
    ),
}
LOSSES: Final[Mapping[str, Words]] = {
    name: Words(words.title, f"{words.formula}; mean over the batch. {words.note}")
    for name, words in losses.LOSSES.items()
}
SCHEDULES: Final[Mapping[str, Words]] = {
    name: Words(words.title, f"Rate of step t: {words.formula}. {words.remark}")
    for name, words in schedules.SCHEDULES.items()
}
OPTIMIZERS: Final[Mapping[str, Words]] = {
    name: Words(words.title, f"{words.formula}. {words.remark}")
    for name, words in optimizers.OPTIMIZERS.items()
}
_WITHOUT_FIELD: Final[Mapping[str, str]] = {
    "data.inputs": "Examples",
    "data.targets": "Targets",
    "data.labels": "Labels",
    "data.class_names": "Class names",
    "data.test_inputs": "Test examples",
    "data.test_targets": "Test targets",
    "data.test_labels": "Test labels",
    "network.hidden": "Hidden layers",
    "network.activation": "Activation",
    "network.output": "Output",
    "network.initial_weights": "Given weights",
    "network.initial_biases": "Given biases",
}
_KEY: Final = re.compile(r"\b(?:data|network|training)\.\w+\b")


def with_labels(message: str) -> str:
    """A message with the labels of the form in place of the keys of a file.

    One that begins with something else, such as a file's path, keeps its keys: whoever
    reads it has to look for them in the file.
    """
    return _KEY.sub(_label, message) if _KEY.match(message) else message


def _label(found: re.Match[str]) -> str:
    key = found.group()
    if key in FIELDS:
        return FIELDS[key].name.replace("&", "")
    return _WITHOUT_FIELD.get(key, key)
