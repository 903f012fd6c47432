"""Processor time of a small product, with OpenBLAS's own threads and with one."""

import os
import subprocess
import sys
import time

SECONDS = 2.0
PAUSE = 0.002
"""Between two products, in which the other threads go on spinning."""


def cost() -> float:
    """Milliseconds of processor time for each product."""
    import numpy as np

    weights = np.random.default_rng(0).random((2048, 2048), np.float32)
    values = weights[0].copy()
    end, begun, count = time.perf_counter() + SECONDS, time.process_time(), 0
    while time.perf_counter() < end:
        weights @ values
        count += 1
        time.sleep(PAUSE)
    return 1000 * (time.process_time() - begun) / count


def main() -> None:
    for name, variables in (
        ("its own threads", {}),
        ("one thread", {"OPENBLAS_NUM_THREADS": "1"}),
    ):
        said = subprocess.check_output(
            [sys.executable, "-m", __spec__.name, "one"],
            env=os.environ | variables,
            text=True,
        )
        print(f"{name}: {float(said):.2f} ms of processor time for a product")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(cost())
    else:
        main()
