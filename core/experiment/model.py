"""The frozen description of one experiment: data, network, training.

Every value is validated on construction, so an Experiment that exists is possible.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.errors import ExperimentError
from core.experiment import rules
from core.network_spec import NetworkSpec


@dataclass(frozen=True, slots=True)
class DataSettings:
    """Which examples to learn from.

    Attributes:
        name: one of rules.DATASETS.
        path: folder with the IDX files; empty looks in the known places.
        train_fraction: images: share of the training images that is used. Points in
            the plane: share of the points that trains, the rest tests. None is the
            data set's own split.
        noise: images: standard deviation of Gaussian noise added to each pixel
            (white is 1). Points: how far they are shaken, 0 to 0.5.
        shuffled_labels: give the training examples each other's labels.
        n_points: points in the plane: how many, for training and for testing.
        classes: how many classes the clouds and rings have.
        features: what the network receives of a point, see core.features; empty is
            its coordinates.
        seed: draws the points.
    """

    name: str = "digits"
    path: str = ""
    train_fraction: float | None = None
    noise: float = 0.0
    shuffled_labels: bool = False
    n_points: int = 500
    classes: int = 3
    features: tuple[str, ...] = ()
    seed: int = 0

    def __post_init__(self) -> None:
        rules.check(self, "data", rules.DATA_RULES)


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """The layers between the data's inputs and its classes.

    Attributes:
        hidden: units of each hidden layer; may be empty.
        activation: one name for all hidden layers, or one for each.
        output: activation of the output layer.
        initializer: how the weights are drawn; biases start at 0, except with
            "normal", which draws them too.
        bias: whether the units have biases.
    """

    hidden: tuple[int, ...] = (16, 16)
    activation: str | tuple[str, ...] = "relu"
    output: str = "softmax"
    initializer: str = "he"
    bias: bool = True

    def __post_init__(self) -> None:
        rules.check(self, "network", rules.NETWORK_RULES)
        if isinstance(self.activation, tuple) and len(self.activation) != len(
            self.hidden
        ):
            msg = (
                f"network.activation: {list(self.activation)!r} has "
                f"{len(self.activation)} entries; allowed is one name, or one for each "
                f"of the {len(self.hidden)} hidden layers"
            )
            raise ExperimentError(msg)

    @property
    def activations(self) -> tuple[str, ...]:
        """One for each hidden layer."""
        if isinstance(self.activation, tuple):
            return self.activation
        return (self.activation,) * len(self.hidden)

    def spec(self, n_inputs: int, n_classes: int) -> NetworkSpec:
        """The network between that many inputs and classes."""
        return NetworkSpec(
            layer_sizes=(n_inputs, *self.hidden, n_classes),
            activations=(*self.activations, self.output),
            initializer=self.initializer,
            biases=(self.bias,) * (len(self.hidden) + 1),
        )


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """How the weights are learnt.

    Attributes:
        loss: one of rules.LOSSES.
        optimizer: one of rules.OPTIMIZERS.
        learning_rate: > 0, factor of every update.
        batch_size: examples for one step.
        momentum: mu of both forms of momentum and of Nesterov's, 0 up to below 1.
        beta1: share of Adam's first moment that stays.
        beta2: share of Adam's second moment that stays.
        rms_decay: share of RMSProp's mean square that stays.
        epsilon: keeps the denominators of AdaGrad, RMSProp and Adam from 0.
        weight_decay: lambda of AdamW and of averaging momentum.
        l1: factor of the sum of |w| over all weights, added to the loss.
        l2: factor of half the sum of w^2 over all weights, added to the loss.
        seed: draws the initial weights and the order of the examples.
    """

    loss: str = "cross-entropy"
    optimizer: str = "sgd"
    learning_rate: float = 0.1
    batch_size: int = 32
    momentum: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    rms_decay: float = 0.99
    epsilon: float = 1e-8
    weight_decay: float = 0.01
    l1: float = 0.0
    l2: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        rules.check(self, "training", rules.TRAINING_RULES)


@dataclass(frozen=True, slots=True)
class Experiment:
    """Everything that decides a run; equal experiments give equal runs."""

    data: DataSettings = field(default_factory=DataSettings)
    network: NetworkSettings = field(default_factory=NetworkSettings)
    training: TrainingSettings = field(default_factory=TrainingSettings)

    def __post_init__(self) -> None:
        rules.check_loss_fits_output(self.training.loss, self.network.output)

    def with_values(self, values: Mapping[str, object]) -> "Experiment":
        """A copy with some dotted keys changed, e.g. {"training.seed": 3}.

        Raises:
            ExperimentError: unknown key, wrong type or impossible value.
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
