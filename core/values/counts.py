"""Counts with their nouns, for messages."""

from core.values.words import plural


def counted(value: int | float, noun: str) -> str:
    """For example "1 epoch", "1,000 examples", "0.8 epochs"."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:.4g}"
    return plural(value, f"{{n}} {noun}", f"{{n}} {noun}s", n=text)
