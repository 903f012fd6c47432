"""Progress bars on standard error, if that is a terminal."""

import sys
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn

from tqdm import tqdm

from core.cli import patience
from core.data.load import download_text
from core.data.mnist_files import IMAGE_SETS

if TYPE_CHECKING:
    _Tqdm = tqdm[NoReturn]
else:
    _Tqdm = tqdm


class Bar(_Tqdm):
    """A bar whose time goes on while nothing is done, and which makes room for notes.

    Args:
        text: before it.
        total: of its units; 0 means unknown.
        unit: of what is counted.
    """

    def __init__(self, text: str, total: int, unit: str) -> None:
        with patience.aside():
            # disable=None: no bar if standard error is not a terminal.
            super().__init__(
                desc=text,
                total=total or None,
                unit=unit,
                file=sys.stderr,
                disable=None,
                leave=False,
                dynamic_ncols=True,
                unit_scale=unit == "B",
            )
        patience.bar_begins(self)

    def close(self) -> None:
        super().close()
        patience.bar_ends(self)


def progress_bar(text: str, total: int, unit: str) -> "Bar":
    """A bar that disappears when it is closed; `total` 0 means unknown."""
    return Bar(text, total, unit)


class LoadingBar:
    """Shows the progress of `load_dataset`, one job after another."""

    def __init__(self) -> None:
        self._bar: Bar | None = None
        self._text = ""

    def __enter__(self) -> "LoadingBar":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def __call__(self, text: str, done: int, total: int) -> None:
        """Show the progress `done` of `total`."""
        if text != self._text or self._bar is None:
            self._close()
            downloads = {download_text(image_set.title) for image_set in IMAGE_SETS}
            unit = "B" if text in downloads else "it"
            self._bar = progress_bar(text, total, unit)
            self._text = text
        self._bar.update(done - self._bar.n)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
