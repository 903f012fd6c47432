"""What the fields and choices of an experiment are called, and what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.descriptions import losses, optimizers
from core.experiment import schedules


@dataclass(frozen=True, slots=True)
class Label:
    """Name and meaning; an ampersand marks the letter for the keyboard."""

    name: str
    meaning: str


FIELDS: Final[Mapping[str, Label]] = {
    "data.name": Label("D&ata", "The examples to learn from"),
    "data.path": Label(
        "Fol&der",
        "Folder with the IDX files, plain or gzip; empty looks in the known places",
    ),
    "data.train_fraction": Label(
        "Train share",
        "Images: share of the training images that is used. Points: share that trains, "
        "the rest tests. Empty is the data set's own split.",
    ),
    "data.noise": Label(
        "&Noise",
        "Images: standard deviation of Gaussian noise added to each pixel (white is "
        "1). Points: how far they are shaken, 0 to 0.5.",
    ),
    "data.shuffled_labels": Label(
        "Shuffled labels",
        "Give the training examples each other's labels: what can be learnt then is "
        "learnt by heart",
    ),
    "data.classes": Label("Classes", "How many classes the points have, 2 to 10"),
    "data.n_points": Label("Points", "Points, for training and for testing together"),
    "data.formula": Label(
        "y =",
        "A function of x from -6 to 6: numbers, x, pi, e, + - * / ^, sin, cos, tan, "
        "tanh, exp, log, sqrt, abs, sign, floor, min, max",
    ),
    "data.seed": Label("Sample", "Draws the points; another one is a new sample"),
    "data.features": Label(
        "Inputs", "What the network receives of a point: its coordinates and more"
    ),
    "network.initializer": Label(
        "&Weights from", "How the weights are drawn; the biases begin at 0"
    ),
    "network.bias": Label(
        "B&iases", "Each unit adds a number of its own, b, to its weighted sum"
    ),
    "training.seed": Label(
        "Se&ed", "Draws the initial weights and the order of the examples"
    ),
    "training.loss": Label("&Loss", "What training makes small"),
    "training.rho": Label(
        "Margin ρ", "Where the margin loss becomes 0, above 0 and up to 1"
    ),
    "training.optimizer": Label(
        "&Optimizer", "How a step is made from the gradient g of the batch"
    ),
    "training.learning_rate": Label(
        "Learning &rate",
        "η, the factor of every step: w ← w - η · g with SGD. Up and down go 1, 2, 5, "
        "10; anything between can be typed.",
    ),
    "training.schedule": Label(
        "S&chedule", "How the learning rate changes from step to step"
    ),
    "training.schedule_steps": Label(
        "Steps T", "In how many steps the schedule does what its formula says"
    ),
    "training.schedule_factor": Label(
        "Factor", "What the rate is multiplied by, from 0 to 1"
    ),
    "training.schedule_patience": Label(
        "Patience",
        "Epochs that the loss of the validation data may stay as it is before the "
        "rate falls",
    ),
    "training.warmup_steps": Label(
        "Warm-up",
        "Steps in which the rate rises evenly to where it begins; 0 begins at once",
    ),
    "training.batch_size": Label(
        "&Batch size", "Examples whose mean gradient makes one step"
    ),
    "training.momentum": Label(
        "&Momentum", "μ: the share of the velocity that a step keeps, 0 to below 1"
    ),
    "training.beta1": Label(
        "β₁", "The share of the first moment that a step keeps, 0 to below 1"
    ),
    "training.beta2": Label(
        "β₂", "The share of the second moment that a step keeps, 0 to below 1"
    ),
    "training.rms_decay": Label(
        "Decay ρ", "The share of the mean square that a step keeps, 0 to below 1"
    ),
    "training.epsilon": Label("ε", "Added to the root, so that nothing divides by 0"),
    "training.weight_decay": Label(
        "Weight decay",
        "λ: each step draws every weight w towards 0 by η · λ · w, beside the gradient",
    ),
    "training.dropout": Label(
        "Dr&opout",
        "Share of the hidden activations that each step sets to 0, by chance; the "
        "others are divided by 1 minus it. Tests leave none out.",
    ),
    "training.early_stopping": Label(
        "Early stop",
        "Stop when the loss of the validation data has not become smaller for so many "
        "epochs, and go back to where it was smallest; Play then goes on from the end. "
        "0 never stops",
    ),
    "data.validation_fraction": Label(
        "Validation",
        "Share of the training examples that is held back: it tells when to stop, or "
        "to lower the rate, without a look at the test data",
    ),
    "training.l1": Label("L&1", "λ₁: adds λ₁ · Σ|w| over all weights to the loss"),
    "training.l2": Label("L&2", "λ₂: adds λ₂/2 · Σw² over all weights to the loss"),
}

DATASETS: Final[Mapping[str, Label]] = {
    "digits": Label(
        "Digits", "Handwritten-looking digits that Glassbox draws itself, 28 by 28"
    ),
    "mnist": Label("MNIST", "70,000 real handwritten digits, 28 by 28"),
    "fashion-mnist": Label("Fashion-MNIST", "70,000 pictures of clothes, 28 by 28"),
    "large-digits": Label(
        "Large digits", "600 of Glassbox's digits, enlarged to 200 by 200 pixels"
    ),
    "circle": Label("Circle", "Points in the plane: a disc inside a ring"),
    "xor": Label("XOR", "Points in the plane: opposite quarters share a class"),
    "gaussians": Label("Two Gaussians", "Points in the plane: two clouds"),
    "spiral": Label("Spiral", "Points in the plane: two spirals, the hardest"),
    "checkerboard": Label("Checkerboard", "Points in the plane: 4 by 4 squares"),
    "moons": Label("Moons", "Points in the plane: two half circles in each other"),
    "clouds": Label("Clouds", "Points in the plane: Gaussians of several classes"),
    "rings": Label("Rings", "Points in the plane: rings of several classes"),
    "plane": Label("Plane", "Numbers over the plane: (x1 + x2) / 10"),
    "multi-gaussian": Label(
        "Hills", "Numbers over the plane: three hills and three hollows"
    ),
    "sine": Label("Sine", "y = sin x on a line"),
    "step": Label("Step", "y = -1 left of 0 and 1 right of it"),
    "formula": Label("Formula", "y = a function of x that you write"),
    "inline": Label(
        "Own examples", "Examples that stand in the experiment itself, one a line"
    ),
}
ACTIVATIONS: Final[Mapping[str, Label]] = {
    "relu": Label("ReLU", "f(z) = max(0, z)"),
    "sigmoid": Label("sigmoid", "f(z) = 1 / (1 + exp(-z))"),
    "tanh": Label("tanh", "f(z) = tanh(z), from -1 to 1"),
    "leaky-relu": Label("leaky ReLU", "f(z) = z for z > 0, else 0.01 z"),
    "identity": Label("identity", "f(z) = z: the layer stays linear"),
    "step": Label("step", "f(z) = 1 for z > 0, else 0: the perceptron's"),
    "softmax": Label(
        "softmax", "exp(z_i) / Σ exp(z_k): the outputs are probabilities, their sum 1"
    ),
}
INITIALIZERS: Final[Mapping[str, Label]] = {
    "he": Label("He", "Normal, standard deviation sqrt(2 / n_in); made for ReLU"),
    "glorot": Label(
        "Glorot", "Normal, standard deviation sqrt(2 / (n_in + n_out)); for tanh"
    ),
    "lecun": Label("LeCun", "Normal, standard deviation 1 / sqrt(n_in)"),
    "normal": Label("standard normal", "Normal, standard deviation 1, biases too"),
    "zeros": Label("zeros", "All 0: hidden units stay equal, so little is learnt"),
}
LOSSES: Final[Mapping[str, Label]] = {
    name: Label(
        description.title,
        f"{description.formula}; mean over the batch. {description.note}",
    )
    for name, description in losses.LOSSES.items()
}
SCHEDULES: Final[Mapping[str, Label]] = {
    name: Label(
        description.title,
        f"Rate of step t: {description.formula}. {description.remark}",
    )
    for name, description in schedules.SCHEDULES.items()
}
OPTIMIZERS: Final[Mapping[str, Label]] = {
    name: Label(description.title, f"{description.formula}. {description.remark}")
    for name, description in optimizers.OPTIMIZERS.items()
}
