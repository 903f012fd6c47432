"""What the benchmarks share: the machine in words, rounds, tables, JSON files."""

import importlib.metadata
import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Row = dict[str, object]

PACKAGES = ("jax", "numpy", "scipy", "PySide6-Essentials", "torch", "scikit-learn")
SETTLING_SECONDS = 0.1


def machine() -> dict[str, object]:
    """The machine and the versions that the figures belong to."""
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": versions,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.split(":", 1)[1] for line in lines if line.startswith("model name"))
    return next(names, platform.processor()).strip()


def in_rounds(
    measures: Mapping[str, Callable[[], float]], rounds: int
) -> dict[str, list[float]]:
    """Measure A B C A B C ...: what disturbs the machine disturbs all alike."""
    figures: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(rounds):
        for name, measure in measures.items():
            # Threads of the engine before may still spin in wait for more work.
            time.sleep(SETTLING_SECONDS)
            figures[name].append(measure())
    return figures


def spread(figures: Sequence[float], digits: int = 1) -> Row:
    """Median, smallest and largest."""
    return {
        "median": round(statistics.median(figures), digits),
        "min": round(min(figures), digits),
        "max": round(max(figures), digits),
    }


def print_table(rows: Sequence[Row], columns: Sequence[str]) -> None:
    """Columns as wide as their widest entry, numbers to the right."""
    cells = [[_text(row.get(column)) for column in columns] for row in rows]
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    for line in (list(columns), *cells):
        padded = (
            text.rjust(width) if text[:1].isdigit() else text.ljust(width)
            for text, width in zip(line, widths, strict=True)
        )
        print("  ".join(padded).rstrip())
    print(flush=True)


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    return "" if value is None else str(value)


def write_json(path: Path | None, rows: Sequence[Row], **more: object) -> None:
    """Write {"machine", "rows", ...} where a file is wished for."""
    if path is not None:
        content = {"machine": machine(), **more, "rows": list(rows)}
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
