"""Progress bars on standard error, if that is a terminal."""

import sys
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn

from tqdm import tqdm

from core.data.load import download_text
from core.data.mnist_files import IMAGE_SETS

if TYPE_CHECKING:
    Bar = tqdm[NoReturn]


def progress_bar(text: str, total: int, unit: str) -> "Bar":
    """A bar that disappears when it is closed; `total` 0 means unknown."""
    # disable=None: no bar if standard error is not a terminal.
    return tqdm(
        desc=text,
        total=total or None,
        unit=unit,
        file=sys.stderr,
        disable=None,
        leave=False,
        dynamic_ncols=True,
        unit_scale=unit == "B",
    )


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
