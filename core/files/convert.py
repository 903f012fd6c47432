"""Converting a weights file to a format of Glassbox's own."""

from pathlib import Path

from core.files.weights import WeightsFile, load_weights, save_weights


def convert(source: Path, target: Path, part: str = "") -> WeightsFile:
    """Read `source`, or a part of it, and write it in the format of `target`'s name.

    Returns:
        The weights; their `notes` are for the user.

    Raises:
        FileError: one of the two cannot be read or written.
    """
    weights = load_weights(source, part)
    save_weights(target, weights)
    return weights
