"""Converting a weights file to the other format."""

from pathlib import Path

from core.files.weights import WeightsFile, load_weights, save_weights


def convert(source: Path, target: Path) -> WeightsFile:
    """Read `source` and write `target` in the format of its file name.

    Returns:
        The weights; their `notes` are for the user.

    Raises:
        FileError: one of the two cannot be read or written.
    """
    weights = load_weights(source)
    save_weights(target, weights)
    return weights
