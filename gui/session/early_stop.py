"""The message when training has stopped early."""

from core.protocol.messages import StoppedEarly
from gui.style.number_format import count, short


def early_stop_text(event: StoppedEarly) -> str:
    """Where it stopped, where it went back to, and how to continue."""
    epochs = "epoch" if event.patience == 1 else "epochs"
    return (
        f"Stopped early at step {count(event.step)}: the validation loss did not "
        f"decrease for {count(event.patience)} {epochs}. The weights are those "
        f"of step {count(event.best_step)}, where it was {short(event.best_loss)}. "
        f"Play continues from step {count(event.step)}, for at least "
        f"{count(event.patience)} more {epochs}; Early stopping 0 turns it off."
    )
