"""The frozen description of one experiment: data, network, training.

Every value is validated on construction, so every Experiment is valid.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from core.experiment import inline, rules
from core.experiment.data_shape import (
    DATA_SHAPES,
    FLOAT_BYTES,
    DataShape,
    shape_of_points,
)
from core.experiment.initial import check_initial, check_initial_fits_data
from core.experiment.inline import Labels
from core.experiment.rows import Rows
from core.values.errors import ExperimentError
from core.values.network_spec import NetworkSpec
from core.values.words import tr

ONE_OUTPUT: Final = (1,)
"""data.outputs of two classes that have one output: it stands for class 1."""


@dataclass(frozen=True, slots=True)
class DataSettings:
    """The examples to learn from.

    Attributes:
        name: one of rules.DATASETS.
        path: folder with the IDX files; empty searches the default folders. Of "file"
            data: the file.
        train_fraction: images: share of the training images to use. Points in the
            plane: share of the points for training, the rest for tests. None is the
            data set's own split.
        validation_fraction: share of the training examples that is held out to
            monitor how training does, for early stopping and plateaus; below 1.
        noise: images: standard deviation of Gaussian noise added to each pixel
            (white is 1). Points: amount of random displacement, 0 to 0.5.
        shuffled_labels: shuffle the labels of the training examples.
        n_points: points in the plane: how many, for training and for testing.
        classes: how many classes the clouds and rings have.
        formula: the function of "formula" data, see core.experiment.formula.
        features: the network's inputs for a point, see core.experiment.features;
            empty is its coordinates.
        seed: of the points.
        outputs: images: the class that each output stands for, rules.NO_CLASS for
            none; of one output alone the class that it asks about. Other data with
            two classes: ONE_OUTPUT is one output for both. Empty is all classes in
            their order.
        scaling: of images and "file" data: what is done to their numbers, see
            core.experiment.scaling; empty is the usual: grey levels as 0 to 1, other
            numbers standardised by the training part.
        inputs: of "inline" data: one row for each training example.
        targets: the target outputs of each, real numbers; or else:
        labels: their classes, counted from 0.
        class_names: one for each class; None counts them.
        test_inputs: examples to test with. None tests with the training examples, or,
            where train_fraction is given, with the others.
        test_targets: of the test examples, as test_labels.
        target: of "file" data: the columns that are predicted; None finds one.
        ignore: columns that are left out.
        include: columns that are inputs although they look like names of rows, numbers
            of rows, or dates.
        split_by: the column that says for each row "train", "validation" or "test";
            empty parts them by train_fraction and seed.
        answers: whether the targets are "classes" or "numbers"; empty finds out.
        size: numbers of inputs, outputs and examples, found when the file is read.
        hash: of the file's content when it was read, to notice a changed one.
        preparation: how a network that was trained on other rows takes these, as
            core.data.table.preparation writes it; empty where these rows decide.
    """

    name: str = "digits"
    path: str = ""
    train_fraction: float | None = None
    validation_fraction: float = 0.0
    noise: float = 0.0
    shuffled_labels: bool = False
    n_points: int = 500
    classes: int = 3
    formula: str = "sin(2*x) + x^2/10"
    features: tuple[str, ...] = ()
    seed: int = 0
    outputs: tuple[int, ...] = ()
    scaling: str = ""
    inputs: Rows | None = None
    targets: Rows | None = None
    labels: Labels | None = None
    class_names: tuple[str, ...] | None = None
    test_inputs: Rows | None = None
    test_targets: Rows | None = None
    test_labels: Labels | None = None
    target: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    include: tuple[str, ...] | None = None
    split_by: str = ""
    answers: str = ""
    size: tuple[int, int, int] | None = None
    hash: str = ""
    preparation: str = ""

    def __post_init__(self) -> None:
        rules.check(self, "data", rules.DATA_RULES)
        if self.name == inline.INLINE:
            self._check_inline()
        self._check_outputs()
        for key in inline.KEYS:
            if self.name != inline.INLINE and getattr(self, key) is not None:
                msg = tr(
                    "data.{key}: is only for data.name {inline!r}, got "
                    "{name!r}; leave it out",
                    key=key,
                    inline=inline.INLINE,
                    name=self.name,
                )
                raise ExperimentError(msg)

    @property
    def inline_examples(self) -> inline.InlineExamples | None:
        """The examples in these settings; None for other data sets."""
        if self.inputs is None:
            return None
        return inline.InlineExamples(*(getattr(self, key) for key in inline.KEYS))

    @property
    def tested_on(self) -> str:
        """What the examples are called that test: "test", or "training" without any.

        Examples that are written in the experiment may all be for training.
        """
        is_all_trained_on = self.train_fraction in (None, 1)
        if self.name == inline.INLINE and self.test_inputs is None:
            return "training" if is_all_trained_on else "test"
        if self.name == rules.FILE and self.train_fraction == 1 and not self.split_by:
            return "training"
        return "test"

    @property
    def shape(self) -> DataShape:
        """The size, known before the data are loaded."""
        shape = self._shape_of_classes
        n_outputs = len(self.outputs) or shape.n_outputs
        return dataclasses.replace(shape, n_outputs=n_outputs)

    @property
    def has_two_classes(self) -> bool:
        """Whether one output can stand for both."""
        if not self.is_read or not self.has_classes:
            return False
        return self._shape_of_classes.n_outputs == 2

    @property
    def has_one_output(self) -> bool:
        """Whether one output alone answers by its sign."""
        return self.has_classes and len(self.outputs) == 1

    @property
    def _shape_of_classes(self) -> DataShape:
        """The size with an output for each class."""
        examples = self.inline_examples
        if examples is not None:
            return DataShape(*examples.size, FLOAT_BYTES)
        if self.name == rules.FILE:
            if self.size is None:
                msg = tr("data.path: {path!r} has not been read yet", path=self.path)
                raise ExperimentError(msg)
            return DataShape(*self.size, FLOAT_BYTES)
        if self.name not in rules.POINT_DATASETS:
            shape = DATA_SHAPES[self.name]
            input_bytes = FLOAT_BYTES if self.scaling else shape.input_bytes
            return dataclasses.replace(shape, input_bytes=input_bytes)
        return shape_of_points(
            self.name,
            n_points=self.n_points,
            classes=self.classes,
            features=self.features,
        )

    @property
    def has_classes(self) -> bool:
        """Whether each example has a class, and not a real-valued target."""
        if self.name == rules.FILE:
            return self.answers != "numbers"
        return self.targets is None and self.name not in rules.NUMBER_DATASETS

    @property
    def is_read(self) -> bool:
        """Whether the size of the data is known; that of a file is in the file."""
        return self.name != rules.FILE or self.size is not None

    def _check_outputs(self) -> None:
        if not self.outputs:
            return
        if self.name not in rules.IMAGE_DATASETS:
            self._check_one_output()
            return
        count = DATA_SHAPES[self.name].n_outputs
        stand_for = set(self.outputs) - {rules.NO_CLASS}
        is_question = len(self.outputs) == 1 and stand_for <= set(range(count))
        if not is_question and stand_for != set(range(count)):
            msg = tr(
                "data.outputs: invalid value {list}; expected each of "
                "the {count} classes of {name} once, or one of them "
                "alone",
                list=list(self.outputs),
                count=count,
                name=self.name,
            )
            raise ExperimentError(msg)

    def _check_one_output(self) -> None:
        """Of data that are no images the classes keep their numbers and colours."""
        if self.is_read and not self.has_two_classes:
            msg = tr(
                "data.outputs: is only for images and for data with "
                "two classes, got {name!r}; leave it out",
                name=self.name,
            )
            raise ExperimentError(msg)
        if self.outputs != ONE_OUTPUT:
            msg = tr(
                "data.outputs: invalid value {list}; expected [1] for "
                "one output, above 0 for class 1 and below for class "
                "0, or leave it out",
                list=list(self.outputs),
            )
            raise ExperimentError(msg)

    def _check_inline(self) -> None:
        if self.inline_examples is None:
            msg = tr(
                "data.inputs: missing; data.name 'inline' needs rows "
                "of numbers such as [[0.5, 0.51]], and data.targets or "
                "data.labels"
            )
            raise ExperimentError(msg)
        for key, plain in (("path", ""), ("noise", 0.0)):
            value = getattr(self, key)
            if value != plain:
                msg = tr(
                    "data.{key}: {value!r} cannot be used with inline data",
                    key=key,
                    value=value,
                )
                raise ExperimentError(tr("{msg}; leave it out", msg=msg))
        if self.test_inputs is not None and self.train_fraction not in (None, 1):
            msg = tr(
                "data.train_fraction: {train_fraction!r} cannot be "
                "used with data.test_inputs; leave one of the two out",
                train_fraction=self.train_fraction,
            )
            raise ExperimentError(msg)


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """The layers between the data's inputs and its classes.

    Attributes:
        hidden: units of each hidden layer; may be empty.
        activation: one name for all hidden layers, or one for each.
        output: activation of the output layer.
        initializer: distribution of the weights; biases start at 0, except with
            "normal", which draws them too.
        bias: whether the units have biases.
        initial_weights: the initial weights, for each computed layer a row for each
            unit; None draws them.
        initial_biases: a row for each computed layer; None draws them, or where
            weights are given takes 0.
        inferred: what was found out by trying about the weights of another program
            that the network began with, for the user.
    """

    hidden: tuple[int, ...] = (16, 16)
    activation: str | tuple[str, ...] = "relu"
    output: str = "softmax"
    initializer: str = "he"
    bias: bool = True
    initial_weights: tuple[Rows, ...] | None = None
    initial_biases: Rows | None = None
    inferred: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        rules.check(self, "network", rules.NETWORK_RULES)
        if isinstance(self.activation, tuple) and len(self.activation) != len(
            self.hidden
        ):
            msg = tr(
                "network.activation: {list!r} has {activation} "
                "entries; expected one name, or one for each of the "
                "{hidden} hidden layers",
                list=list(self.activation),
                activation=len(self.activation),
                hidden=len(self.hidden),
            )
            raise ExperimentError(msg)
        check_initial(
            self.initial_weights, self.initial_biases, self.hidden, has_bias=self.bias
        )

    @property
    def activations(self) -> tuple[str, ...]:
        """One for each hidden layer."""
        if isinstance(self.activation, tuple):
            return self.activation
        return (self.activation,) * len(self.hidden)

    def spec(self, n_inputs: int, n_outputs: int) -> NetworkSpec:
        """The network between that many inputs and outputs."""
        return NetworkSpec(
            layer_sizes=(n_inputs, *self.hidden, n_outputs),
            activations=(*self.activations, self.output),
            initializer=self.initializer,
            biases=(self.bias,) * (len(self.hidden) + 1),
        )


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """How the weights are trained.

    Attributes:
        loss: a name in core.network.numpy.losses.table.
        rho: margin at which the margin loss becomes 0, above 0 and at most 1.
        optimizer: one of `rules.OPTIMIZERS`.
        learning_rate: > 0, factor of every update.
        schedule: one of rules.SCHEDULES: how the rate changes from learning_rate.
        schedule_steps: T of the schedules, in steps.
        schedule_factor: what the rate is multiplied by, in T steps or at a plateau.
        schedule_patience: epochs without a lower validation loss until a plateau.
        warmup_steps: steps in which the rate rises to its initial value; 0 for none.
        batch_size: examples for one step.
        momentum: mu of both forms of momentum and of Nesterov's, 0 up to below 1.
        beta1: share of Adam's first moment that stays.
        beta2: share of Adam's second moment that stays.
        rms_decay: share of RMSProp's mean square that stays.
        epsilon: avoids a division by 0 in AdaGrad, RMSProp and Adam.
        weight_decay: lambda of AdamW and of averaging momentum.
        l1: factor of the sum of |w| over all weights, added to the loss.
        l2: factor of half the sum of w^2 over all weights, added to the loss.
        dropout: share of the hidden activations that a step sets to 0, chosen anew in
            each step; evaluations on test and validation data use all.
        early_stopping: epochs without a lower validation loss after which training
            stops and goes back to the best; 0 turns it off.
        seed: of the initial weights and the order of the examples.
    """

    loss: str = "cross-entropy"
    rho: float = 0.5
    optimizer: str = "sgd"
    learning_rate: float = 0.1
    schedule: str = "constant"
    schedule_steps: int = 1000
    schedule_factor: float = 0.1
    schedule_patience: int = 10
    warmup_steps: int = 0
    batch_size: int = 32
    momentum: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    rms_decay: float = 0.99
    epsilon: float = 1e-8
    weight_decay: float = 0.01
    l1: float = 0.0
    l2: float = 0.0
    dropout: float = 0.0
    early_stopping: int = 0
    seed: int = 0

    def __post_init__(self) -> None:
        rules.check(self, "training", rules.TRAINING_RULES)


@dataclass(frozen=True, slots=True)
class Experiment:
    """Everything that determines a run; equal experiments give equal runs."""

    data: DataSettings = field(default_factory=DataSettings)
    network: NetworkSettings = field(default_factory=NetworkSettings)
    training: TrainingSettings = field(default_factory=TrainingSettings)

    def __post_init__(self) -> None:
        loss, network = self.training.loss, self.network
        rules.check_loss_fits_output(loss, network.output)
        rules.check_early_stopping(
            self.training.early_stopping,
            self.data.validation_fraction,
            self.data.split_by if self.data.name == rules.FILE else "",
        )
        if self.data.targets is not None:
            rules.check_loss_fits_targets(loss, network.output, self.data.targets)
        elif not self.data.has_classes:
            rules.check_loss_fits_numbers(loss, self.data.name)
        if self.data.has_one_output:
            rules.check_one_output(network.output)
        if not self.data.is_read:
            return
        check_initial_fits_data(
            network.initial_weights,
            network.initial_biases,
            self.data.shape.n_inputs,
            self.data.shape.n_outputs,
        )

    @property
    def spec(self) -> NetworkSpec:
        """The network for the data."""
        shape = self.data.shape
        return self.network.spec(shape.n_inputs, shape.n_outputs)

    def with_values(self, values: Mapping[str, object]) -> "Experiment":
        """A copy with some dotted keys changed, e.g. {"training.seed": 3}.

        Raises:
            ExperimentError: unknown key, wrong type or invalid value.
        """
        sections: dict[str, dict[str, object]] = {}
        for key, value in values.items():
            section, name = rules.split_key(key)
            sections.setdefault(section, {})[name] = rules.convert(key, value)
        changed = {
            section: dataclasses.replace(getattr(self, section), **fields)
            for section, fields in sections.items()
        }
        return dataclasses.replace(self, **changed)
