"""What a panel would have saved, without a window that does it."""

from collections.abc import Callable
from pathlib import Path

from gui.panels.base import Panel
from gui.session.save_request import SaveRequest


def request_of(panel: Panel, ask: Callable[[], object]) -> SaveRequest:
    """What the panel wants saved when `ask` is called."""
    requests: list[SaveRequest] = []
    panel.save_requested.connect(requests.append)
    ask()
    panel.save_requested.disconnect(requests.append)
    (request,) = requests
    return request


def save(panel: Panel, ask: Callable[[], object], path: Path) -> None:
    """Have it written, as another thread would."""
    request_of(panel, ask).write(path)
