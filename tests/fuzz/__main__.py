"""The long run: `python -m tests.fuzz [--count N] [--first SEED] [READER ...]`."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.fuzz.readers import READERS
from tests.fuzz.run import falls


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", nargs="*", default=list(READERS), metavar="READER")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    args = parser.parse_args()
    total = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GLASSBOX_CACHE"] = folder
        for name in args.readers:
            found = falls(
                name,
                Path(folder),
                count=args.count,
                first=args.first,
                timed=True,
            )
            total += len(found)
            print(f"{name}: {len(found)} of {args.count:,} get through")  # noqa: T201
            for fall in found[:20]:
                print(f"  seed {fall.seed}: {fall.what}")  # noqa: T201
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
