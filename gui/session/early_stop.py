"""What the window says when training has stopped early."""

from core.protocol.messages import StoppedEarly
from gui.style.number_format import count, short


def early_stop_text(event: StoppedEarly) -> str:
    """Where it stopped, where it went back to, and what to do to train on."""
    epochs = "epoch" if event.patience == 1 else "epochs"
    return (
        f"Stopped early at step {count(event.step)}: the validation loss had not "
        f"become smaller for {count(event.patience)} {epochs}. The weights are those "
        f"of step {count(event.best_step)}, where it was {short(event.best_loss)}. "
        f"Play goes on from step {count(event.step)}, for {count(event.patience)} more "
        f"{epochs} at least; set Early stop to 0 to train without it."
    )
