"""What the runner is told when a run is to begin."""

from pathlib import Path

from core.protocol.messages import Start
from gui.session.document.commands import Situation


def start_of(
    wanted: Situation, device: str, data_folders: tuple[Path, ...], *, play: bool
) -> Start:
    """The command that leads to what the document wants.

    Args:
        wanted: the run with its experiment.
        device: where it is computed.
        data_folders: where own data are looked for.
        play: whether it trains at once.
    """
    return Start(
        wanted.run_id,
        wanted.experiment,
        device,
        data_folders,
        wanted.download,
        wanted.params,
        play,
        wanted.steps_before,
        wanted.checkpoint,
    )
