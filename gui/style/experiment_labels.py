"""What the fields and choices of an experiment are called, and what they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.descriptions import optimizers
from core.experiment import schedules
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.losses.table import LOSSES


@dataclass(frozen=True, slots=True)
class Words:
    """Name and meaning; an ampersand marks the letter for the keyboard."""

    name: str
    meaning: str


def listed(names: Sequence[str]) -> str:
    """Such as "ReLU, tanh and sigmoid"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


FIELDS: Final[Mapping[str, Words]] = {
    "data.name": Words("D&ata", "The examples to learn from"),
    "data.path": Words(
        "Fol&der",
        "Folder with the IDX files, plain or gzip; empty looks in the known places",
    ),
    "data.train_fraction": Words(
        "Train share",
        "Images: share of the training images that is used. Points: share that trains, "
        "the rest tests. Empty is the data set's own split.",
    ),
    "data.noise": Words(
        "&Noise",
        "Images: standard deviation of Gaussian noise added to each pixel (white is "
        "1). Points: how far they are shaken, 0 to 0.5.",
    ),
    "data.shuffled_labels": Words(
        "Shuffled labels",
        "Give the training examples each other's labels: what can be learnt then is "
        "learnt by heart",
    ),
    "data.classes": Words("Classes", "How many classes the points have, 2 to 10"),
    "data.n_points": Words("Points", "Points, for training and for testing together"),
    "data.formula": Words(
        "y =",
        "A function of x from -6 to 6: numbers, x, pi, e, + - * / ^, sin, cos, tan, "
        "tanh, exp, log, sqrt, abs, sign, floor, min, max",
    ),
    "data.seed": Words("Sample", "Draws the points; another one is a new sample"),
    "data.features": Words(
        "Inputs", "What the network receives of a point: its coordinates and more"
    ),
    "network.initializer": Words(
        "&Weights from", "How the weights are drawn; the biases begin at 0"
    ),
    "network.bias": Words(
        "B&iases", "Each unit adds a number of its own, b, to its weighted sum"
    ),
    "training.seed": Words(
        "Se&ed", "Draws the initial weights and the order of the examples"
    ),
    "training.loss": Words("&Loss", "What training makes small"),
    "training.rho": Words(
        "Margin ρ", "Where the margin loss becomes 0, above 0 and up to 1"
    ),
    "training.optimizer": Words(
        "&Optimizer", "How a step is made from the gradient g of the batch"
    ),
    "training.learning_rate": Words(
        "Learning &rate",
        "η, the factor of every step: w ← w - η · g with SGD. Up and down go 1, 2, 5, "
        "10; anything between can be typed.",
    ),
    "training.schedule": Words(
        "S&chedule", "How the learning rate changes from step to step"
    ),
    "training.schedule_steps": Words(
        "Steps T", "In how many steps the schedule does what its formula says"
    ),
    "training.schedule_factor": Words(
        "Factor", "What the rate is multiplied by, from 0 to 1"
    ),
    "training.schedule_patience": Words(
        "Patience",
        "Epochs that the loss of the validation data may stay as it is before the "
        "rate falls",
    ),
    "training.warmup_steps": Words(
        "Warm-up",
        "Steps in which the rate rises evenly to where it begins; 0 begins at once",
    ),
    "training.batch_size": Words(
        "&Batch size", "Examples whose mean gradient makes one step"
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
    "training.epsilon": Words("ε", "Added to the root, so that nothing divides by 0"),
    "training.weight_decay": Words(
        "Weight decay",
        "λ: each step draws every weight w towards 0 by η · λ · w, beside the gradient",
    ),
    "training.dropout": Words(
        "Dr&opout",
        "Share of the hidden activations that each step sets to 0, by chance; the "
        "others are divided by 1 minus it. Tests leave none out.",
    ),
    "training.early_stopping": Words(
        "Early stop",
        "Stop when the loss of the validation data has not become smaller for so many "
        "epochs, and go back to where it was smallest; Play then goes on from the end. "
        "0 never stops",
    ),
    "data.validation_fraction": Words(
        "Validation",
        "Share of the training examples that is held back: it tells when to stop, or "
        "to lower the rate, without a look at the test data",
    ),
    "training.l1": Words("L&1", "λ₁: adds λ₁ · Σ|w| over all weights to the loss"),
    "training.l2": Words("L&2", "λ₂: adds λ₂/2 · Σw² over all weights to the loss"),
}

DATASETS: Final[Mapping[str, Words]] = {
    "digits": Words(
        "Digits", "Handwritten-looking digits that Glassbox draws itself, 28 by 28"
    ),
    "mnist": Words("MNIST", "70,000 real handwritten digits, 28 by 28"),
    "fashion-mnist": Words("Fashion-MNIST", "70,000 pictures of clothes, 28 by 28"),
    "large-digits": Words(
        "Large digits", "600 of Glassbox's digits, enlarged to 200 by 200 pixels"
    ),
    "circle": Words("Circle", "Points in the plane: a disc inside a ring"),
    "xor": Words("XOR", "Points in the plane: opposite quarters share a class"),
    "gaussians": Words("Two Gaussians", "Points in the plane: two clouds"),
    "spiral": Words("Spiral", "Points in the plane: two spirals, the hardest"),
    "checkerboard": Words("Checkerboard", "Points in the plane: 4 by 4 squares"),
    "moons": Words("Moons", "Points in the plane: two half circles in each other"),
    "clouds": Words("Clouds", "Points in the plane: Gaussians of several classes"),
    "rings": Words("Rings", "Points in the plane: rings of several classes"),
    "plane": Words("Plane", "Numbers over the plane: (x1 + x2) / 10"),
    "multi-gaussian": Words(
        "Hills", "Numbers over the plane: three hills and three hollows"
    ),
    "sine": Words("Sine", "y = sin x on a line"),
    "step": Words("Step", "y = -1 left of 0 and 1 right of it"),
    "formula": Words("Formula", "y = a function of x that you write"),
    "inline": Words(
        "Own examples", "Examples that stand in the experiment itself, one a line"
    ),
}
_DRAWN: Final[Mapping[str, Words]] = {
    "he": Words("He", "Normal, standard deviation sqrt(2 / n_in)"),
    "glorot": Words("Glorot", "Normal, standard deviation sqrt(2 / (n_in + n_out))"),
    "lecun": Words("LeCun", "Normal, standard deviation 1 / sqrt(n_in)"),
    "normal": Words("standard normal", "Normal, standard deviation 1, biases too"),
    "zeros": Words("zeros", "All 0: hidden units stay equal, so little is learnt"),
}


def activations() -> Mapping[str, Words]:
    """Of every activation that there is now."""
    return {
        name: Words(record.title, f"{record.formula}. {record.note}")
        for name, record in ACTIVATIONS.items()
    }


def initializers() -> Mapping[str, Words]:
    """With the activations that each was made for."""
    found = {}
    for name, words in _DRAWN.items():
        suited = [
            record.title
            for record in ACTIVATIONS.values()
            if record.is_hidden and record.initializer == name
        ]
        suits = f"; for {listed(suited)}" if suited else ""
        found[name] = Words(words.name, words.meaning + suits)
    return found


def losses() -> Mapping[str, Words]:
    """Of every loss that there is now."""
    return {
        name: Words(
            record.title, f"{record.formula}; mean over the batch. {record.note}"
        )
        for name, record in LOSSES.items()
    }


SCHEDULES: Final[Mapping[str, Words]] = {
    name: Words(words.title, f"Rate of step t: {words.formula}. {words.remark}")
    for name, words in schedules.SCHEDULES.items()
}
OPTIMIZERS: Final[Mapping[str, Words]] = {
    name: Words(words.title, f"{words.formula}. {words.remark}")
    for name, words in optimizers.OPTIMIZERS.items()
}
