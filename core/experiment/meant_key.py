"""Which key of an experiment was meant by one that there is not."""

import difflib
from collections.abc import Mapping, Sequence
from typing import Final

from core.values.words import tr

_LENGTHS: Final = ("epochs", "n_epochs", "num_epochs", "max_epochs", "steps", "n_steps")
_USUAL_NAMES: Final[Mapping[str, str]] = {
    "lr": "training.learning_rate",
    "eta": "training.learning_rate",
    "alpha": "training.learning_rate",
    "rate": "training.learning_rate",
    "bs": "training.batch_size",
    "batch": "training.batch_size",
    "wd": "training.weight_decay",
    "decay": "training.weight_decay",
    "opt": "training.optimizer",
    "optim": "training.optimizer",
    "optimiser": "training.optimizer",
    "reg": "training.l2",
    "patience": "training.early_stopping",
    "layers": "network.hidden",
    "units": "network.hidden",
    "neurons": "network.hidden",
    "hidden_layers": "network.hidden",
    "act": "network.activation",
    "init": "network.initializer",
    "dataset": "data.name",
    "data_set": "data.name",
    "set": "data.name",
    "file": "data.path",
    "folder": "data.path",
    "csv": "data.path",
    "table": "data.path",
}
"""What others call a key, where the likeness of the letters leads elsewhere."""


def meant(key: str, known: Sequence[str]) -> str:
    """A question after the key that was meant, where there is one much like it."""
    last = key.rpartition(".")[2]
    if last in _LENGTHS:
        return tr(
            "; how long to train is no part of an experiment, but an "
            "option: --epochs, --steps"
        )
    if last in _USUAL_NAMES:
        return tr("; did you mean {usual_names}?", usual_names=_USUAL_NAMES[last])
    of_name = [one for one in known if one.endswith(f".{last}")]
    like = of_name or difflib.get_close_matches(key, known, n=1)
    if not like:
        names = {one.partition(".")[2]: one for one in reversed(known)}
        like = [names[n] for n in difflib.get_close_matches(last, names, n=1)]
    return tr("; did you mean {like}?", like=" or ".join(like)) if last and like else ""
