"""Labels and explanations of the fields and choices of an experiment."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.descriptions import optimizers
from core.experiment import schedules
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.losses.table import LOSSES
from core.values.words import tr
from gui.style.number_format import MINUS, exponent_text


@dataclass(frozen=True, slots=True)
class Label:
    """Name and meaning; an ampersand marks the letter of the keyboard shortcut."""

    name: str
    meaning: str


def listed(names: Sequence[str]) -> str:
    """For example "ReLU, tanh and sigmoid"."""
    *first, last = names
    return (
        tr("{first} and {last}", first=", ".join(first), last=last) if first else last
    )


FIELDS: Final[Mapping[str, Label]] = {
    "data.name": Label(tr("D&ata set"), tr("The examples to learn from")),
    "data.path": Label(
        tr("Fol&der"),
        tr(
            "Folder with the IDX files, plain or gzip; empty searches the default "
            "folders"
        ),
    ),
    "data.train_fraction": Label(
        tr("Train share"),
        tr(
            "Images: share of the training images to use. Points: share for training, "
            "the rest is for testing. Empty: the data set's own split."
        ),
    ),
    "data.noise": Label(
        tr("&Noise"),
        tr(
            "Images: standard deviation of Gaussian noise added to each pixel (white "
            "is 1). Points: amount of random displacement, 0 to 0.5"
        ),
    ),
    "data.scaling": Label(
        tr("Scaling"),
        tr("What is done to the numbers before the network receives them"),
    ),
    "data.shuffled_labels": Label(
        tr("Shuffled labels"),
        tr("Shuffle the training labels: the network can then only memorise"),
    ),
    "data.classes": Label(tr("Classes"), tr("Number of classes, 2 to 10")),
    "data.outputs": Label(
        tr("One output"),
        tr(
            "One output for both classes, which answers by the sign of its z: above 0 "
            "the second class, below 0 the first"
        ),
    ),
    "data.n_points": Label(
        tr("Points"), tr("Number of points, training and test together")
    ),
    "data.formula": Label(
        "y =",
        tr(
            "A function of x from \N{MINUS SIGN}6 to 6: numbers, x, pi, e, + - * / ^, "
            "sin, cos, tan, tanh, exp, log, sqrt, abs, sign, floor, min, max"
        ),
    ),
    "data.seed": Label(
        tr("Sample"), tr("Seed of the points; another seed gives another sample")
    ),
    "data.features": Label(
        tr("Inputs"),
        tr("The inputs of the network for a point: coordinates and functions of them"),
    ),
    "network.initializer": Label(
        tr("&Initial weights"),
        tr("Distribution of the initial weights; biases start at 0"),
    ),
    "network.bias": Label(
        tr("B&iases"), tr("Each unit adds its own number b to the weighted sum")
    ),
    "training.seed": Label(
        tr("&Seed"), tr("Seed of the initial weights and of the order of the examples")
    ),
    "training.loss": Label(tr("&Loss"), tr("The quantity that training minimises")),
    "training.rho": Label(
        tr("Margin ρ"), tr("The margin at which the loss becomes 0; above 0, at most 1")
    ),
    "training.optimizer": Label(
        tr("&Optimiser"), tr("How a step is computed from the gradient g of the batch")
    ),
    "training.learning_rate": Label(
        tr("Learning &rate"),
        tr(
            "η, the factor of every step: w ← w − η · g with SGD. The arrows step "
            "through 1, 2, 5, 10; you can type any value."
        ),
    ),
    "training.schedule": Label(
        tr("S&chedule"), tr("How the learning rate changes over the steps")
    ),
    "training.schedule_steps": Label(
        tr("Steps T"), tr("Number of steps T in the formula")
    ),
    "training.schedule_factor": Label(
        tr("Factor"), tr("The rate is multiplied by this, from 0 to 1")
    ),
    "training.schedule_patience": Label(
        tr("Patience"),
        tr("Epochs without a lower validation loss before the rate is reduced"),
    ),
    "training.warmup_steps": Label(
        tr("Warm-up"),
        tr(
            "Steps over which the rate rises linearly to its initial value; 0: no "
            "warm-up"
        ),
    ),
    "training.batch_size": Label(
        tr("&Batch size"), tr("Examples in one step, which uses their mean gradient")
    ),
    "training.momentum": Label(
        tr("&Momentum"),
        tr("μ: the share of the velocity that a step keeps, 0 to below 1"),
    ),
    "training.beta1": Label(
        "β₁", tr("The share of the first moment that a step keeps, 0 to below 1")
    ),
    "training.beta2": Label(
        "β₂", tr("The share of the second moment that a step keeps, 0 to below 1")
    ),
    "training.rms_decay": Label(
        tr("Decay ρ"),
        tr("The share of the mean square that a step keeps, 0 to below 1"),
    ),
    "training.epsilon": Label("ε", tr("Added to the root, to avoid a division by 0")),
    "training.weight_decay": Label(
        tr("Weight decay"),
        tr("λ: each step also moves every weight w towards 0, by η · λ · w"),
    ),
    "training.dropout": Label(
        tr("Dr&opout"),
        tr(
            "Share of the hidden activations that each step sets to 0 at random; the "
            "others are divided by 1 minus this share. Not used for evaluation."
        ),
    ),
    "training.early_stopping": Label(
        tr("Early stopping"),
        tr(
            "Stop after this many epochs without a lower validation loss; the run goes "
            "back to where it was lowest, and Play continues from the end. 0 turns it "
            "off"
        ),
    ),
    "data.validation_fraction": Label(
        tr("Validation"),
        tr(
            "Share of the training examples that is held out; it decides when to stop "
            "or to reduce the rate without using the test data"
        ),
    ),
    "training.l1": Label("L&1", tr("λ₁: adds λ₁ · Σ|w| over all weights to the loss")),
    "training.l2": Label("L&2", tr("λ₂: adds λ₂/2 · Σw² over all weights to the loss")),
}

DATASETS: Final[Mapping[str, Label]] = {
    "digits": Label(
        tr("Digits"),
        tr("Synthetic handwritten digits that Glassbox draws itself, 28 by 28"),
    ),
    "mnist": Label("MNIST", tr("70,000 real handwritten digits, 28 by 28")),
    "fashion-mnist": Label("Fashion-MNIST", tr("70,000 pictures of clothes, 28 by 28")),
    "large-digits": Label(
        tr("Large digits"),
        tr("600 of Glassbox's digits, enlarged to 200 by 200 pixels"),
    ),
    "kmnist": Label("KMNIST", tr("70,000 cursive Japanese letters, 28 by 28")),
    "qmnist": Label("QMNIST", tr("120,000 real handwritten digits, 28 by 28")),
    "emnist-letters": Label(
        tr("EMNIST letters"), tr("Handwritten letters, 26 classes")
    ),
    "emnist-balanced": Label(
        tr("EMNIST balanced"),
        tr("Handwritten digits and letters, 47 classes of one size"),
    ),
    "emnist-byclass": Label(
        tr("EMNIST by class"), tr("Handwritten digits and letters, 62 classes")
    ),
    "emnist-bymerge": Label(
        tr("EMNIST by merge"), tr("Handwritten digits and letters, 47 classes")
    ),
    "emnist-digits": Label(
        tr("EMNIST digits"), tr("280,000 handwritten digits, 28 by 28")
    ),
    "emnist-mnist": Label("EMNIST MNIST", tr("70,000 handwritten digits, 28 by 28")),
    "cifar-10": Label("CIFAR-10", tr("60,000 small photos in colour, 32 by 32")),
    "circle": Label(tr("Circle"), tr("Points in the plane: a disc inside a ring")),
    "xor": Label("XOR", tr("Points in the plane: opposite quarters share a class")),
    "gaussians": Label(tr("Two Gaussians"), tr("Points in the plane: two clouds")),
    "spiral": Label(
        tr("Spiral"), tr("Points in the plane: two spirals, the hardest set")
    ),
    "checkerboard": Label(
        tr("Checkerboard"), tr("Points in the plane: 4 by 4 squares")
    ),
    "moons": Label(
        tr("Moons"), tr("Points in the plane: two interlocking half circles")
    ),
    "clouds": Label(
        tr("Clouds"), tr("Points in the plane: Gaussians of several classes")
    ),
    "rings": Label(
        tr("Rings"), tr("Points in the plane: concentric rings of several classes")
    ),
    "plane": Label(tr("Plane"), tr("A function over the plane: (x1 + x2) / 10")),
    "multi-gaussian": Label(
        tr("Hills"), tr("A function over the plane: three hills and three hollows")
    ),
    "sine": Label(tr("Sine"), tr("y = sin x on a line")),
    "step": Label(tr("Step"), tr("y = \N{MINUS SIGN}1 left of 0 and 1 right of it")),
    "formula": Label(tr("Formula"), tr("y = your own function of x")),
    "inline": Label(
        tr("Own examples"),
        tr("Examples that are written in the experiment itself, one per line"),
    ),
    "file": Label(tr("Own file"), tr("A file that was opened, such as a table")),
}
_DRAWN: Final[Mapping[str, Label]] = {
    "he": Label("He", tr("Normal, standard deviation sqrt(2 / n_in)")),
    "glorot": Label(
        "Glorot", tr("Normal, standard deviation sqrt(2 / (n_in + n_out))")
    ),
    "lecun": Label("LeCun", tr("Normal, standard deviation 1 / sqrt(n_in)")),
    "normal": Label(
        tr("standard normal"), tr("Normal, standard deviation 1, biases too")
    ),
    "zeros": Label(
        tr("zeros"), tr("All 0: hidden units stay equal, so the network learns little")
    ),
}


def activations() -> Mapping[str, Label]:
    """Of every activation that there is now."""
    return {name: activation(name) for name in ACTIVATIONS}


def activation(name: str) -> Label:
    """Of one activation."""
    record = ACTIVATIONS[name]
    return Label(record.title, f"{record.formula}. {record.note}")


def initializers() -> Mapping[str, Label]:
    """With the activations that each was made for."""
    found = {}
    for name, label in _DRAWN.items():
        suited = [
            record.title
            for record in ACTIVATIONS.values()
            if record.is_hidden and record.initializer == name
        ]
        suits = tr("; for {suited}", suited=listed(suited)) if suited else ""
        found[name] = Label(label.name, label.meaning + suits)
    return found


def losses() -> Mapping[str, Label]:
    """Of every loss that there is now."""
    return {
        name: Label(
            record.title,
            tr(
                "{formula}; mean over the batch. {note}",
                formula=record.formula,
                note=record.note,
            ),
        )
        for name, record in LOSSES.items()
    }


SCALINGS: Final[Mapping[str, Label]] = {
    "": Label(
        tr("Usual"),
        tr(
            "Grey levels as 0 to 1; other numbers with mean 0 and deviation 1, each "
            "column by its training part"
        ),
    ),
    "none": Label(tr("None"), tr("The numbers as they stand in the file")),
    "0..1": Label(
        tr("0 to 1, each"), tr("Each input from 0 to 1 in the training part")
    ),
    "0..1 overall": Label(
        tr("0 to 1, overall"),
        tr("All inputs together from 0 to 1 in the training part"),
    ),
    "standardised": Label(
        tr("Standardised, each"),
        tr("Each input with mean 0 and deviation 1 in training"),
    ),
    "standardised overall": Label(
        tr("Standardised, overall"),
        tr("All inputs together with mean 0 and deviation 1 in training"),
    ),
}
TESTED_ON: Final[Mapping[str, str]] = {"test": tr("test"), "training": tr("training")}
"""What examples are called by `DataSettings.tested_on`."""
SCHEDULES: Final[Mapping[str, Label]] = {
    name: Label(
        description.title,
        tr(
            "Rate of step t: {formula}. {remark}",
            formula=description.formula,
            remark=description.remark,
        ),
    )
    for name, description in schedules.SCHEDULES.items()
}
OPTIMIZERS: Final[Mapping[str, Label]] = {
    name: Label(description.title, f"{description.formula}. {description.remark}")
    for name, description in optimizers.OPTIMIZERS.items()
}
IN_SENTENCES: Final[Mapping[str, str]] = {
    "data.formula": tr("Formula"),
    "data.target": tr("Target"),
    "data.ignore": tr("Columns left out"),
    "data.include": tr("Columns kept in"),
    "data.split_by": tr("Split by"),
    "data.answers": tr("Answers"),
    "data.size": tr("Size of the data"),
    "data.hash": tr("Hash of the file"),
    "data.preparation": tr("Means and classes of the network"),
    "data.inputs": tr("Examples"),
    "data.targets": tr("Targets"),
    "data.labels": tr("Labels"),
    "data.class_names": tr("Class names"),
    "data.test_inputs": tr("Test examples"),
    "data.test_targets": tr("Test targets"),
    "data.test_labels": tr("Test labels"),
    "network.hidden": tr("Hidden layers"),
    "network.activation": tr("Activation"),
    "network.output": tr("Output"),
    "network.initial_weights": tr("Given weights"),
    "network.initial_biases": tr("Given biases"),
    "network.inferred": tr("Found by trying"),
}
"""Keys without a field, or with one that has a sign for its name."""
_KEY: Final = re.compile(
    r"(?<![\w/\\.])(?:data|network|training)\.[a-z_]\w*\b(?!\()(?:=(?=\w))?"
)
_TITLES: Final[Mapping[str, str]] = {
    name: record.title
    for table in (LOSSES, ACTIVATIONS, optimizers.OPTIMIZERS, schedules.SCHEDULES)
    for name, record in table.items()
}
"""What a form's lists call their choices."""
_CHOSEN: Final = re.compile(
    r"\b(?:training\.(?:loss|optimizer|schedule)|network\.(?:output|activation))\b"
)
_NAMES: Final = "|".join(sorted(map(re.escape, _TITLES), key=len, reverse=True))
_CHOICE: Final = re.compile(
    rf"'(?P<quoted>{_NAMES})'|(?<![\w.'-])(?P<bare>{_NAMES})(?![\w.'-])"
)
_MINUS_SIGN: Final = re.compile(r"(?<![\w)\]/.-])-(?=\d|\.\d|inf)")
_POWER: Final = re.compile(r"(?<![\w/.-])([0-9]+(?:\.[0-9]+)?)e([-+]?[0-9]+)\b")
_PERCENT: Final = re.compile(r"(?<=\d)%(?=[ ,;:)]|\.?$|\. )")
_OF_A_FILE: Final = re.compile(r"[^\n]*?\.(?:toml|npz|safetensors)\b", re.IGNORECASE)


def in_window_words(message: str) -> str:
    """A message of the core with the form's labels for keys, and the window's numbers.

    One that begins with a file's path keeps its keys: whoever reads it has to look for
    them in the file.
    """
    message = _PERCENT.sub(" %", message)
    if _OF_A_FILE.match(message):
        return message
    if _CHOSEN.search(message):
        message = _CHOICE.sub(_title, message)
    text = _MINUS_SIGN.sub(MINUS, _KEY.sub(_label, message))
    return _POWER.sub(lambda found: f"{found[1]}{exponent_text(int(found[2]))}", text)


def _title(found: re.Match[str]) -> str:
    """What the list of a form calls a choice."""
    return _TITLES[found["quoted"] or found["bare"]]


def _label(found: re.Match[str]) -> str:
    key = found.group().rstrip("=")
    label = IN_SENTENCES.get(key, "")
    if not label and key in FIELDS:
        label = FIELDS[key].name.replace("&", "")
    # A value that is to be given: as the command line takes it, or as a field has it.
    is_given = found.group() != key
    return f"{label}: " if label and is_given else label or found.group()
