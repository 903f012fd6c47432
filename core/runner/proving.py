"""Proofs between chunks of training, a part at a time."""

import time
from collections import deque
from collections.abc import Iterator
from typing import Final

from core.messages import ProofGoesOn, Proved, ProvedOne
from core.proofs.proving import count_to_check, prove_all, prove_one
from core.proofs.values import ProofReport, ProofTask

REPORT_SECONDS: Final = 0.05


class Proofs:
    """Mutable: the proofs that are asked for; the first of them is under way."""

    def __init__(self) -> None:
        self._tasks: deque[ProofTask] = deque()
        self._parts: Iterator[int | ProofReport] | None = None
        self._told_at = 0.0

    @property
    def under_way(self) -> bool:
        return bool(self._tasks)

    def ask(self, task: ProofTask) -> None:
        """Add a proof; it replaces those of its kind that are not done."""
        if task.parameter is None:
            self.cancel()
        one = [t for t in self._tasks if t.parameter is None or task.parameter is None]
        # What is small goes first; what is under way goes on after it.
        self._tasks = deque([task, *one] if task.parameter else [*one, task])

    def cancel(self) -> None:
        """Give up the proof of all parameters."""
        self._parts = None
        self._tasks = deque(t for t in self._tasks if t.parameter is not None)

    def forget(self) -> None:
        """Give up everything."""
        self._parts = None
        self._tasks.clear()

    def read_part(self, run_id: int) -> Proved | ProvedOne | ProofGoesOn | None:
        """Go on a little; returns what there is to tell."""
        if not self._tasks:
            return None
        task = self._tasks[0]
        try:
            return self._go_on(task, run_id)
        except Exception:
            self.forget()
            raise

    def _go_on(
        self, task: ProofTask, run_id: int
    ) -> Proved | ProvedOne | ProofGoesOn | None:
        if task.parameter is not None:
            self._tasks.popleft()
            return ProvedOne(run_id, task, prove_one(task, task.parameter))
        if self._parts is None:
            self._parts = prove_all(task)
            self._told_at = time.perf_counter()
            return ProofGoesOn(run_id, 0, count_to_check(task))
        part = next(self._parts)
        if isinstance(part, ProofReport):
            self.cancel()
            return Proved(run_id, part)
        if time.perf_counter() - self._told_at < REPORT_SECONDS:
            return None
        self._told_at = time.perf_counter()
        return ProofGoesOn(run_id, part, count_to_check(task))
