"""Time and peak memory of a large table, beside polars alone.

Run as `python -m tests.benchmarks.big_table [--gigabytes G] [--json FILE]`. A CSV of
that size is written to a temporary folder: 19 columns of numbers, one of five words,
one of two classes. Each reader runs in a process of its own: polars reads the file as
it is read here, streamed; Glassbox reads it, understands it and makes the examples.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.report import machine

NUMBERS = 19
ROWS_AT_ONCE = 100_000
WORDS = ("north", "east", "south", "west", "none")


def write(path: Path, size: int) -> int:
    """Write a table of about so many bytes; returns its rows."""
    import numpy as np

    rng = np.random.default_rng(0)
    names = [*(f"x{k}" for k in range(NUMBERS)), "side", "y"]
    rows = 0
    with path.open("w", encoding="utf8") as stream:
        stream.write(",".join(names) + "\n")
        while stream.tell() < size:
            x = rng.normal(0, 100, (ROWS_AT_ONCE, NUMBERS))
            words = np.array(WORDS)[rng.integers(0, len(WORDS), ROWS_AT_ONCE)]
            classes = np.where(x[:, 0] + x[:, 1] > 0, "yes", "no")
            form = ",".join(["%.3f"] * NUMBERS)
            lines = (
                f"{form % tuple(row)},{word},{one}\n"
                for row, word, one in zip(x.tolist(), words, classes, strict=True)
            )
            stream.writelines(lines)
            rows += ROWS_AT_ONCE
    return rows


def read(reader: str, path: Path) -> None:
    """Read it in this process, and print the seconds and the peak in bytes."""
    begun = time.perf_counter()
    if reader == "polars":
        import polars as pl

        frame = pl.scan_csv(path).collect(engine="streaming")
        assert frame.height
    else:
        from core.data.file import understand, usual_experiment

        dataset = understand(usual_experiment(path)).found.dataset
        assert len(dataset.train)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": round(seconds, 1), "peak": peak}))


def measured(reader: str, path: Path) -> dict[str, float]:
    """In a process of its own, whose peak is of nothing else."""
    command = [sys.executable, "-m", "tests.benchmarks.big_table", "--read", reader]
    done = subprocess.run(
        [*command, str(path)], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=1.0)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--read", choices=("polars", "glassbox"))
    parser.add_argument("path", nargs="?", type=Path)
    args = parser.parse_args()
    if args.read:
        read(args.read, args.path)
        return
    report: dict[str, object] = {"machine": machine()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        report["rows"] = write(path, int(args.gigabytes * 1e9))
        report["bytes"] = path.stat().st_size
        for reader in ("polars", "glassbox"):
            found = measured(reader, path)
            report[reader] = found
            gigabytes = found["peak"] / 1e9
            print(f"{reader:<10}{found['seconds']:>8.1f} s{gigabytes:>8.2f} GB")
    if args.json is not None:
        args.json.write_text(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
