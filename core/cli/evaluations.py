"""Loss and accuracy of the data that training does not see, on the way."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.training.run import TrainingRun


def evaluation_names(run: "TrainingRun") -> tuple[str, ...]:
    """What `evaluated` gives for this run, in its order."""
    names = [_tested(run)]
    if run.validation_examples is not None:
        names.append("validation")
    kinds = ("loss", "accuracy") if run.dataset.has_classes else ("loss",)
    return tuple(f"{name}_{kind}" for name in names for kind in kinds)


def evaluated(run: "TrainingRun") -> dict[str, float]:
    """Of the newest weights: "test_loss" and so on; NaN where there is no accuracy."""
    from core.training.evaluate import read_in_parts

    found: dict[str, float] = {}
    examples = {_tested(run): run.test_examples}
    if run.validation_examples is not None:
        examples["validation"] = run.validation_examples
    for name, split in examples.items():
        parts = read_in_parts(run.program, run.params, split)
        reading = next(part for part in parts if part is not None)
        share = float("nan") if reading.accuracy is None else reading.accuracy
        found |= {f"{name}_loss": reading.loss, f"{name}_accuracy": share}
    return {name: found[name] for name in evaluation_names(run)}


def _tested(run: "TrainingRun") -> str:
    """Where there are no test examples, the training examples are read."""
    return "test" if run.experiment.data.tested_on == "test" else "train"
