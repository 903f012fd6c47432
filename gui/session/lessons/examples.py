"""Examples as lessons name them: "test 12"."""

from gui.session.view_state import Run, ShownExample


def example_of(run: Run, split: str, index: int) -> ShownExample | None:
    """An example of the data, None where there are not so many."""
    examples = run.dataset.train if split == "train" else run.dataset.test
    if index >= len(examples):
        return None
    return ShownExample.of(examples, index, "train" if split == "train" else "test")
