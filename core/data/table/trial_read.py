"""Whether a Parquet file ends, or hangs, the process that reads it.

The library's own code aborts on some damaged files, where it asks for more memory than
there can be, and nothing in the process can prevent that. So another process reads the
file before: it may end as it likes.
"""

import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Final

LONGEST_SECONDS: Final = 60.0
_BYTES_A_SECOND: Final = 2**22
_PROGRAM: Final = """
import sys
import polars as pl
rows = pl.scan_parquet(sys.argv[1], glob=False)
rows.select(pl.all().hash().sum()).collect(engine="streaming")
"""
"""Every value is decoded, and none is kept."""
_ORDERLY: Final = (0, 1)
"""Ends of a program of Python: what it raised the reader raises again, in words."""


def survives(path: Path) -> bool:
    """Whether a process that has read the file was still there afterwards."""
    state = path.stat()
    return _survives(str(path.resolve()), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _survives(path: str, _changed: int, size: int) -> bool:
    # Without the folder that the program was started in: its files are not ours.
    try:
        ended = subprocess.run(
            [sys.executable, "-P", "-c", _PROGRAM, path],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_SECONDS + size / _BYTES_A_SECOND,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode in _ORDERLY
