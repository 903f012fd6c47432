"""The parts of a script that are the same in every language, as texts of code."""

import textwrap
from typing import Final, NamedTuple

from core.files.export.code.literals import BIAS, NUMBERS, WEIGHT, block, vector
from core.files.export.code.rows import example_code
from core.files.export.network import Network
from core.files.layer_chain import tensor_names
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.answers import YES, other_target

SEED: Final = 0


class Section(NamedTuple):
    """A piece of a script; a cell of a notebook.

    Attributes:
        title: a sentence that says what it is.
        code: its lines.
    """

    title: str
    code: str


def weights_section(network: Network, beside: str, *, is_notebook: bool) -> Section:
    """PARAMS: the weights (n_out, n_in) and biases of each layer.

    Args:
        network: that is exported.
        beside: name of the .npz file that holds the numbers; empty writes them here.
        is_notebook: whether there is no `__file__`.
    """
    spec, lines = network.spec, []
    if beside:
        place = (
            f"{beside!r}" if is_notebook else f"Path(__file__).with_name({beside!r})"
        )
        lines.append(f"with np.load({place}) as stored:")
    else:
        lines.append(NUMBERS.strip() + "\n\n")
    pairs = []
    for k, (weight, bias) in enumerate(network.weights.params):
        names = WEIGHT.format(k + 1), BIAS.format(k + 1)
        if beside:
            pair = tuple(f'stored["{name}"]' for name in tensor_names(k))
        else:
            lines.append(block(names[0], weight))
            if spec.biases[k]:
                lines.append(block(names[1], bias))
            pair = names
        zeros = f"np.zeros({len(bias)}, np.float32)"
        pairs.append(f"    ({pair[0]}, {pair[1] if spec.biases[k] else zeros}),")
    table = "\n".join(["PARAMS = [", *pairs, "]"])
    lines.append(textwrap.indent(table, "    ") if beside else table)
    return Section(
        "The weights (n_out, n_in) and the biases of each layer", "\n".join(lines)
    )


def names_section(network: Network) -> Section:
    """What the outputs are called, and their units."""
    names = network.class_names or network.output_names
    lines = [f"NAMES = {list(names)!r}"]
    if network.units is not None:
        means, deviations = network.units
        lines += [
            f"TARGET_MEANS = {vector(means)}",
            f"TARGET_DEVIATIONS = {vector(deviations)}",
        ]
    return Section("What the outputs stand for", "\n".join(lines))


def in_units(network: Network, outputs: str) -> str:
    """Outputs in the units of the file."""
    if network.units is None:
        return outputs
    return f"{outputs} * TARGET_DEVIATIONS + TARGET_MEANS"


def predict_text(network: Network) -> str:
    """What `predict` returns, in words."""
    output = ACTIVATIONS[network.spec.activations[-1]]
    what = "probabilities" if output.is_probability else "outputs"
    if not network.has_classes:
        what = "numbers in their own units"
    return f"The {what} of each row of the file, (n, {network.spec.n_outputs})."


def targets_code(network: Network) -> str:
    """The function `targets_of`."""
    spec = network.spec
    if not network.has_classes:
        units = (
            "targets"
            if network.units is None
            else "(targets - TARGET_MEANS) / TARGET_DEVIATIONS"
        )
        given = "np.asarray(answers, np.float64)"
        if network.intake.columns:
            given = (
                "numbers_of_column(\n"
                "        np.asarray(answers, object).ravel(), "
                '"an answer", np.nan\n'
                "    )"
            )
        return f'''
def targets_of(answers):
    """Target outputs, (n, {spec.n_outputs}), of numbers in their own units."""
    targets = {given}.reshape(-1, {spec.n_outputs})
    return ({units}).astype(np.float32)
'''
    other = other_target(ACTIVATIONS[spec.activations[-1]], spec.n_outputs)
    classes = max(2, spec.n_outputs)
    own, meant = f"np.arange({spec.n_outputs})", "its own"
    if spec.n_outputs == 1:
        own, meant = str(YES), f"class {YES}"
    return f'''
def targets_of(answers):
    """Target outputs of classes: 1 for {meant}, else {other:g}.

    Classes have their names, as in the file, or else are counted from 0.
    """
    places = np.asarray(answers).ravel()
    names = [str(answer) for answer in places.tolist()]
    if set(names) <= set(NAMES):
        places = np.array([NAMES.index(name) for name in names])
    elif places.dtype.kind not in "biuf" or not set(places) <= set(range({classes})):
        raise ValueError(f"answers must be among {{NAMES}}, or counted from 0")
    is_own = places[:, None] == {own}
    return np.where(is_own, 1, {other:g}).astype(np.float32)
'''


def classify_code(network: Network) -> str:
    """The function `classify`; empty where there are no classes."""
    if not network.has_classes:
        return ""
    output = ACTIVATIONS[network.spec.activations[-1]]
    if network.spec.n_outputs == 1:
        threshold = (1 + other_target(output, 1)) / 2
        rule = f"NAMES[int(row[0] > {threshold:g})]"
    elif output.answers_by_firing:
        rule = 'NAMES[row.argmax()] if row.sum() == 1 else "none"'
    else:
        rule = "NAMES[row.argmax()]"
    return f'''
def classify(rows):
    """The name of the class of each row of the file."""
    return [{rule} for row in predict(rows)]
'''


def picture_code(network: Network) -> str:
    """The function `read_picture`, for networks that take images."""
    shape = network.intake.image_shape
    if shape is None:
        return ""
    rows, columns = shape
    return f'''
def read_picture(path):
    """A picture, light on dark as in training, as a row of grey levels."""
    from PIL import Image

    picture = Image.open(path).convert("L").resize(({columns}, {rows}))
    return np.asarray(picture).reshape(1, -1)
'''


def example_section(network: Network, *, is_notebook: bool) -> Section:
    """An example to look at."""
    example = example_code(network)
    answer = "classify(EXAMPLE)" if network.has_classes else "predict(EXAMPLE)"
    if is_notebook:
        return Section("One example", f"{example}\nprint({answer})\npredict(EXAMPLE)")
    lines = [f"    {line}" if line else "" for line in example.splitlines()]
    takes = "no arguments: import it"
    most = 1
    if network.intake.image_shape is not None:
        takes = "one picture: for more, import it"
        most = 2
        lines += [
            "    if len(sys.argv) == 2:",
            "        EXAMPLE = read_picture(sys.argv[1])",
        ]
    # The example would be taken for the answer to what was given.
    lines[:0] = [
        f"    if len(sys.argv) > {most}:",
        f'        sys.exit("This script takes {takes} in Python, and "',
        '                 "call predict(rows) with the values of each row.")',
    ]
    lines += ["    print(predict(EXAMPLE))"]
    if network.has_classes:
        lines += ["    print(classify(EXAMPLE))"]
    return Section(
        "Run as a program", "\n".join(['if __name__ == "__main__":', *lines])
    )


def training_arguments(network: Network) -> str:
    """With the defaults of the experiment."""
    training = network.training
    return (
        f"epochs=1, learning_rate={training.learning_rate!r}, "
        f"batch_size={training.batch_size}, seed={SEED}"
    )


def optimiser_text(network: Network) -> str:
    """What `train` is, and what the experiment had beside it."""
    training = network.training
    others = []
    if training.optimizer != "sgd":
        others.append(f"the optimiser {training.optimizer}")
    if training.schedule != "constant":
        others.append(f"the schedule {training.schedule}")
    others += [f"{name}" for name in ("l1", "l2", "dropout") if getattr(training, name)]
    text = f"Train on by plain gradient descent on the {training.loss} loss."
    if others:
        text += f"\n\n    The experiment had {', '.join(others)}, which this has not."
    return text
