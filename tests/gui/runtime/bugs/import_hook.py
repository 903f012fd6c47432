"""What importing JAX costs after PySide6, with its import hook and without."""

import builtins
import linecache
import subprocess
import sys
import time

ROUNDS = 3


def cost(*, plain: bool) -> str:
    import PySide6.QtCore  # noqa: F401

    if plain:
        builtins.__import__ = builtins.__orig_import__  # type: ignore[attr-defined]
    begun = time.process_time()
    import jax  # noqa: F401
    import optax  # noqa: F401

    spent = time.process_time() - begun
    # An entry of one element is not read yet.
    texts = (entry[2] for entry in linecache.cache.values() if len(entry) > 1)
    kept = sum(len(line) for lines in texts for line in lines)
    return f"{spent:.2f} {kept / 1e6:.1f}"


def main() -> None:
    for way in ("hook", "plain"):
        command = [sys.executable, "-m", __spec__.name, way]
        said = [subprocess.check_output(command, text=True) for _ in range(ROUNDS)]
        seconds, kept = min(tuple(map(float, line.split())) for line in said)
        print(f"{way}: {seconds:.2f} s of processor time, {kept} MB of source kept")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(cost(plain=sys.argv[1] == "plain"))
    else:
        main()
