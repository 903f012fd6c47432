"""The thread that writes: lines of metrics, and weights that were copied."""

import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from glassbox.recording.run_folder import write_whole

SECONDS: Final = 0.5
"""Between two looks for lines to write."""

Job = tuple[Path, Callable[[], bytes], Sequence[Path]]


class Writer:
    """Thread-safe: takes lines and one file of weights at a time.

    The first failure ends all writing of weights and is raised at the end: training
    goes on whatever becomes of its record.
    """

    def __init__(self, metrics: Path) -> None:
        self._metrics = metrics
        self._lines: list[dict[str, object]] = []
        self._job: Job | None = None
        self._changed = threading.Condition()
        self._is_closing = False
        self._failure: OSError | None = None
        self._thread = threading.Thread(target=self._work, name="glassbox-recorder")
        self._thread.daemon = True

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    @property
    def has_room(self) -> bool:
        """Whether weights can be given."""
        return self._job is None

    def wait_for_room(self) -> None:
        """Wait until weights can be given."""
        with self._changed:
            self._changed.wait_for(lambda: self._job is None)

    def note(self, line: dict[str, object]) -> None:
        """Write a line of metrics soon."""
        self._lines.append(line)

    def write(
        self, path: Path, data: Callable[[], bytes], dropped: Sequence[Path]
    ) -> None:
        """Write a file of weights soon, then remove others."""
        with self._changed:
            self._changed.wait_for(lambda: self._job is None)
            self._job = path, data, dropped
            self._changed.notify_all()

    def close(self) -> None:
        """Write all that was given, and end."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
        self._thread.join()

    def raise_failure(self) -> None:
        """Raise what has gone wrong, if anything has."""
        if self._failure is not None:
            raise self._failure

    def _work(self) -> None:
        is_closing = False
        while not is_closing:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._job is not None or self._is_closing, SECONDS
                )
                job, is_closing = self._job, self._is_closing
            try:
                self._write_lines()
                if job is not None and self._failure is None:
                    _write(*job)
            except OSError as error:
                self._failure = self._failure or error
            with self._changed:
                if job is not None:
                    self._job = None
                self._changed.notify_all()

    def _write_lines(self) -> None:
        count = len(self._lines)
        if not count:
            return
        text = "".join(f"{json.dumps(line)}\n" for line in self._lines[:count])
        del self._lines[:count]
        with self._metrics.open("ab") as file:
            file.write(text.encode())


def _write(path: Path, data: Callable[[], bytes], dropped: Sequence[Path]) -> None:
    write_whole(path, data())
    for old in dropped:
        old.unlink(missing_ok=True)
