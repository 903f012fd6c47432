"""HDF5 in a process of its own: a damaged file can end or hang the library.

The library is written in C; some damaged files make it loop for ever, which would stop
the whole window. So a child reads the file and hands plain arrays back, which are read
as strictly as those of any file.
"""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, Final

import numpy as np

from core.arrays import FloatArray
from core.files import npz_form
from core.files.foreign.hdf5_form import KerasWeights, read_here
from core.files.tensors import UnreadableError
from core.values.words import tr

LONGEST_SECONDS: Final = 20.0
_BYTES_A_SECOND: Final = 2**24
_REFUSED: Final = 3
_ROOT: Final = Path(__file__).parents[3]
"""Where `core` lies, for the child."""


def read(source: Path | bytes, file_size: int) -> KerasWeights:
    """Read all weights of a file, or of its bytes.

    Raises:
        UnreadableError: damaged, or not written by Keras.
    """
    is_file = isinstance(source, Path)
    command = [sys.executable, "-m", __name__, str(file_size)]
    command += [str(source)] if is_file else []
    paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    try:
        answer = subprocess.run(
            command,
            input=None if isinstance(source, Path) else source,
            stdin=subprocess.DEVNULL if is_file else None,
            capture_output=True,
            timeout=LONGEST_SECONDS + file_size / _BYTES_A_SECOND,
            env=environment,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        msg = tr("damaged: reading it takes too long")
        raise UnreadableError(msg) from None
    if answer.returncode == _REFUSED:
        raise UnreadableError(answer.stderr.decode("utf-8", "replace"))
    if answer.returncode:
        msg = tr("damaged, or not an HDF5 file (the library ended while it read it)")
        raise UnreadableError(msg)
    return _received(answer.stdout)


def _received(data: bytes) -> KerasWeights:
    with (
        npz_form.refusing_damages(),
        zipfile.ZipFile(io.BytesIO(data)) as archive,
    ):
        contents = npz_form.read(archive, len(data))
    layers: dict[str, dict[str, FloatArray]] = {}
    names = json.loads(contents.metadata["names"])
    for k, (layer, variable) in enumerate(names):
        layers.setdefault(layer, {})[variable] = contents.tensors[f"array{k}"]
    return KerasWeights(
        layers, contents.metadata["config"], contents.metadata["training"]
    )


def _sent(weights: KerasWeights) -> bytes:
    entries = [
        (layer, variable, values)
        for layer, variables in weights.layers.items()
        for variable, values in variables.items()
    ]
    arrays: dict[str, Any] = {f"array{k}": e[2] for k, e in enumerate(entries)}
    names = json.dumps([entry[:2] for entry in entries])
    texts = {"names": names, "config": weights.config, "training": weights.training}
    return npz_form.dumps(arrays, texts)


def main() -> int:
    """The child: reads the file that is named, or what comes in."""
    size = int(sys.argv[1])
    source = Path(sys.argv[2]) if len(sys.argv) > 2 else sys.stdin.buffer.read()
    try:
        data = _sent(read_here(source, size))
    except UnreadableError as error:
        sys.stderr.write(str(error))
        return _REFUSED
    sys.stdout.buffer.write(data)
    return 0


if __name__ == "__main__":
    np.seterr(all="ignore")
    sys.exit(main())
