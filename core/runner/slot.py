"""A slot for one snapshot: a newer one replaces an older one that was not taken."""

import threading

from core.protocol.snapshot import Snapshot


class SnapshotSlot:
    """Thread-safe: the runner puts, the window takes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

    @property
    def is_free(self) -> bool:
        """Whether the last snapshot was taken: a busy window is not given more."""
        return self._snapshot is None

    def put(self, snapshot: Snapshot) -> None:
        with self._lock:
            self._snapshot = snapshot

    def take(self) -> Snapshot | None:
        """The newest snapshot, or None when there is no new one."""
        with self._lock:
            snapshot, self._snapshot = self._snapshot, None
            return snapshot
