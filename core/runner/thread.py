"""The runner: a plain thread with a queue of commands and one ordered way back.

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
    RunnerEnded,
    Shutdown,
    Start,
)
from core.runner.channel import Channel, News, Wake
from core.runner.failures import reason_of
from core.values.words import tr

logger = logging.getLogger(__name__)

_INTERRUPTING: Final = (Start, CancelLoading, Shutdown)
"""Commands that cancel loading."""

NICENESS: Final = 5


class Runner:
    """The window's side of the training thread."""

    def __init__(self) -> None:
        self.commands: SimpleQueue[Command] = SimpleQueue()
        self.channel = Channel()
        # Each is counted up by one thread alone, so neither needs a lock.
        self._interruptions_posted = 0
        self._interruptions_taken = 0
        self._thread: threading.Thread | None = None
        self._has_ended = False

    def start(self, wake: Wake | None = None) -> None:
        """Start the thread.

        Args:
            wake: called in the thread when there is news, until that is taken.
        """
        self.channel.wake_by(wake)
        self._begin()

    @property
    def is_alive(self) -> bool:
        """Whether a command that is posted now will be obeyed."""
        return self._thread is not None and not self._has_ended

    def start_again(self) -> None:
        """Start another thread after one that has ended; the channel stays.

        What was posted for the one before is dropped: it spoke of a run that is gone.
        """
        if self._thread is not None:
            self._thread.join()
        self.commands = SimpleQueue()
        self._interruptions_posted = self._interruptions_taken = 0
        self._begin()

    def _begin(self) -> None:
        self._has_ended = False
        # Not a daemon: one that is still inside JAX when the interpreter goes away
        # aborts the process.
        self._thread = threading.Thread(target=self._run, name="glassbox-runner")
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

    def take_news(self) -> list[News]:
        """All events and the newest snapshot since the last call, in order."""
        return self.channel.take()

    def stop(self, timeout: float = 30.0) -> bool:
        """End the thread and wait for it; False when it did not end in time."""
        if self._thread is None:
            return True
        # Nobody takes any news of what is still done, and a window may be gone.
        self.channel.wake_by(None)
        self.post(Shutdown())
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            _lower_priority()
            # Imported here: JAX takes longer than the window needs to appear.
            from core.runner.loop import Loop

            Loop(self).run()
            self._has_ended = True
        except BaseException as error:
            # The loop makes a message of every error; this is what even that cannot
            # be done for. Nobody above would hear of it.
            logger.exception("the runner thread has ended")
            self._has_ended = True
            reason = tr("Training has ended: {reason}", reason=reason_of(error))
            self.channel.post(RunnerEnded(0, reason, traceback.format_exc()))


def _lower_priority() -> None:
    """Give the window priority when cores are short; JAX's threads inherit it."""
    if sys.platform != "linux":
        return  # elsewhere a priority belongs to the process, not to a thread
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
