"""The one ordered way back from the runner: events and snapshots as they came about."""

import threading
from collections.abc import Callable

from core.protocol.messages import Event, Metrics
from core.protocol.snapshot import Snapshot

News = Event | Snapshot
Wake = Callable[[], None]


class Channel:
    """Thread-safe: the runner puts in, the window takes out.

    No event is ever dropped. A snapshot that nobody has taken is dropped when a newer
    one comes, which stands at the end: all that was put in before a snapshot is taken
    out before it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._news: list[News] = []
        self._place: int | None = None
        self._is_woken = False
        self._wake: Wake | None = None

    def wake_by(self, wake: Wake | None) -> None:
        """From now on call this, in the runner thread, when there is news.

        Not again before that news was taken out. It may only leave a note, as the
        channel is locked meanwhile. `None` lets the receiver look by itself.
        """
        with self._lock:
            self._wake = wake
            self._is_woken = False

    @property
    def has_room(self) -> bool:
        """Whether the last snapshot was taken: a busy window is not given more."""
        return self._place is None

    def post(self, event: Event) -> None:
        """Put in an event."""
        # A snapshot follows the numbers of its steps and wakes for them too: else a
        # window at full speed would be woken some hundred times a second.
        self._put(event, wakes=not isinstance(event, Metrics))

    def publish(self, snapshot: Snapshot) -> None:
        """Put in a snapshot, in place of one that nobody has taken."""
        self._put(snapshot, wakes=True)

    def take(self) -> list[News]:
        """Take out all that is there, in order."""
        with self._lock:
            news, self._news = self._news, []
            self._place = None
            self._is_woken = False
            return news

    def _put(self, news: News, *, wakes: bool) -> None:
        with self._lock:
            if isinstance(news, Snapshot):
                if self._place is not None:
                    del self._news[self._place]
                self._place = len(self._news)
            self._news.append(news)
            if wakes and not self._is_woken and self._wake is not None:
                self._is_woken = True
                self._wake()
