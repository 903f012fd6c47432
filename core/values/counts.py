"""Counts with their nouns, for messages."""


def counted(value: int | float, noun: str) -> str:
    """For example "1 epoch", "1,000 examples", "0.8 epochs"."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:.4g}"
    return f"{text} {noun}" if value == 1 else f"{text} {noun}s"
