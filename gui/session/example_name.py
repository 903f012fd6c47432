"""What an example is called, the same in every panel."""

from core.values.words import tr
from gui.session.view_state import View
from gui.style.number_format import count


def example_name(view: View) -> str:
    """The shown example in the middle of a sentence."""
    example = view.example
    if example.index is None or example.origin == "drawing":
        is_drawn = example.point is None and view.run.dataset.image_shape is not None
        return tr("your drawing") if is_drawn else tr("your own example")
    # Data without test examples are tested on the others.
    tested_on = view.run.experiment.data.tested_on
    split = tested_on if example.origin == "test" else "training"
    return name_in(split, example.index)


def name_in(split: str, index: int) -> str:
    """An example of the data by its place, "test" or "training"."""
    shown = count(index)
    if split == "test":
        return tr("example {index} of the test set", index=shown)
    return tr("example {index} of the training set", index=shown)


def name_at_start(split: str, index: int) -> str:
    """The same at the beginning of a sentence."""
    name = name_in(split, index)
    return f"{name[:1].upper()}{name[1:]}"
