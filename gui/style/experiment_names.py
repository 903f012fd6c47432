"""What tells one experiment from another in a few words."""

from core.experiment.model import Experiment
from core.values.words import tr
from gui.style.experiment_labels import DATASETS, OPTIMIZERS
from gui.style.number_format import count


def short_name(experiment: Experiment) -> str:
    """Data, layers and optimiser: "Circle, 2-4-2, Adam 0.03, batches of 10"."""
    training = experiment.training
    layers = "-".join(map(str, experiment.spec.layer_sizes))
    optimizer = f"{OPTIMIZERS[training.optimizer].name} {training.learning_rate:g}"
    batch = tr("batches of {batch_size}", batch_size=count(training.batch_size))
    return ", ".join((DATASETS[experiment.data.name].name, layers, optimizer, batch))
