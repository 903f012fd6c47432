"""The runner: a plain thread with a command queue, an event queue and a slot.

Importing this does not import JAX; the thread does, so a window is up before.
"""

import contextlib
import logging
import os
import sys
import threading
import traceback
from queue import Empty, SimpleQueue
from typing import Final

from core.protocol.messages import (
    CancelLoading,
    Command,
    Event,
    Failed,
    Shutdown,
    Start,
)
from core.protocol.snapshot import Snapshot
from core.runner.slot import SnapshotSlot

logger = logging.getLogger(__name__)

_INTERRUPTING: Final = (Start, CancelLoading, Shutdown)
"""Commands that cancel loading."""

NICENESS: Final = 5


class Runner:
    """The window's side of the training thread."""

    def __init__(self) -> None:
        self.commands: SimpleQueue[Command] = SimpleQueue()
        self.events: SimpleQueue[Event] = SimpleQueue()
        self.slot = SnapshotSlot()
        # Each is incremented by one thread only, so neither needs a lock.
        self._interruptions_posted = 0
        self._interruptions_taken = 0
        # Not a daemon: one that is still inside JAX when the interpreter goes away
        # aborts the process.
        self._thread = threading.Thread(target=self._run, name="glassbox-runner")

    def start(self) -> None:
        """Start the thread; only once."""
        self._thread.start()

    def post(self, command: Command) -> None:
        """Send a command; it is obeyed between two chunks of steps."""
        if isinstance(command, _INTERRUPTING):
            self._interruptions_posted += 1
        self.commands.put(command)

    def take_command(self, timeout: float) -> Command | None:
        """The next command for the thread, or None after the timeout."""
        try:
            command = self.commands.get(timeout=timeout)
        except Empty:
            return None
        if isinstance(command, _INTERRUPTING):
            self._interruptions_taken += 1
        return command

    @property
    def is_interrupted(self) -> bool:
        """Whether a waiting command cancels loading."""
        return self._interruptions_posted > self._interruptions_taken

    def drain_events(self) -> list[Event]:
        """All events since the last call, in order."""
        events: list[Event] = []
        while True:
            try:
                events.append(self.events.get_nowait())
            except Empty:
                return events

    def take_snapshot(self) -> Snapshot | None:
        """The newest snapshot, or None when there is no new one."""
        return self.slot.take()

    def stop(self, timeout: float = 30.0) -> bool:
        """End the thread and wait for it; False when it did not end in time."""
        if self._thread.ident is None:
            return True
        self.post(Shutdown())
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        _lower_priority()
        try:
            # Imported here: JAX takes longer than the window needs to appear.
            from core.runner.loop import Loop

            Loop(self).run()
        except Exception as error:
            # The one border at which the thread's errors are caught.
            logger.exception("the runner thread has ended")
            reason = f"Training has ended: {error}"
            self.events.put(Failed(0, reason, traceback.format_exc()))


def _lower_priority() -> None:
    """Give the window priority when cores are short; JAX's threads inherit it."""
    if sys.platform != "linux":
        return  # elsewhere a priority belongs to the process, not to a thread
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
