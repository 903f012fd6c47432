"""How long a slot waits for Python's lock beside a thread that computes in Python."""

import sys
import threading
import time

from PySide6.QtCore import QCoreApplication, QTimer

TURNS = 40
LETS_GO = 10
"""How often a turn gives the lock away, as calls of Qt and NumPy do."""


def longest_turn(app: QCoreApplication, interval: float) -> float:
    """Milliseconds that nineteen of twenty turns of the event loop stay below."""
    sys.setswitchinterval(interval)
    waits: list[float] = []
    ended = threading.Event()

    def compute() -> None:
        while not ended.is_set():
            sum(range(50))

    def turn() -> None:
        begun = time.perf_counter()
        for _ in range(LETS_GO):
            time.sleep(0)
        waits.append(time.perf_counter() - begun)
        if len(waits) == TURNS:
            app.quit()

    other = threading.Thread(target=compute)
    other.start()
    timer = QTimer(interval=0)
    timer.timeout.connect(turn)
    timer.start()
    app.exec()
    ended.set()
    other.join()
    return 1000 * sorted(waits)[int(0.95 * TURNS)]


def main() -> None:
    app = QCoreApplication([])
    for interval in (0.005, 0.0005):
        slowest = min(longest_turn(app, interval) for _ in range(3))
        print(f"switching every {1000 * interval} ms: a turn takes {slowest:.0f} ms")


if __name__ == "__main__":
    main()
