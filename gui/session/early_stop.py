"""The message when training has stopped early."""

from core.protocol.messages import StoppedEarly
from core.values.words import tr
from gui.style.number_format import count, counted, short


def early_stop_text(event: StoppedEarly) -> str:
    """Where it stopped, where it went back to, and how to continue."""
    return tr(
        "Stopped early at step {step}: the validation loss did not decrease for "
        "{epochs}. The weights are those of step {best_step}, where it was "
        "{best_loss}. Play continues from step {step}, for at least {more_epochs}; "
        "Early stopping 0 turns it off.",
        step=count(event.step),
        epochs=counted(event.patience, "epoch"),
        best_step=count(event.best_step),
        best_loss=short(event.best_loss),
        more_epochs=counted(event.patience, "more epoch"),
    )
