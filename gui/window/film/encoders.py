"""Frames as a film: each is written when it comes, so that no two are in the memory."""

import struct
import tempfile
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from core.platform import atomic
from core.values.errors import FileError
from core.values.words import tr
from gui.session.save_request import FileKind

Frame = npt.NDArray[np.uint8]
"""(rows, columns, 3): red, green and blue."""
Encoder = Callable[[Iterator[Frame], int], Iterator[bytes]]

GIF: Final = FileKind("GIF", ".gif")
WEBP: Final = FileKind("WebP", ".webp")
MP4: Final = FileKind("MP4", ".mp4")
KINDS: Final = (GIF, WEBP, MP4)
NO_MP4: Final = (
    "MP4 needs the package imageio-ffmpeg: pip install imageio-ffmpeg, or "
    'pip install "glassbox-nn[film]". GIF and WebP need nothing more'
)
_BLOCK: Final = 1 << 20
_QUALITY: Final = 90
_ANIMATED: Final = 0x02
_OVERWRITE: Final = 0x02
"""A frame of a WebP film takes the place of the one before, nothing shines through."""


def problem_of(kind: FileKind) -> str:
    """Why no film of this kind can be made here; empty where it can."""
    if kind != MP4:
        return ""
    try:
        import imageio_ffmpeg  # type: ignore[import-not-found,unused-ignore]

        imageio_ffmpeg.get_ffmpeg_exe()
    except (ImportError, RuntimeError):
        return NO_MP4
    return ""


def write_film(
    path: Path, kind: FileKind, frames: Iterable[Frame], *, rate: int
) -> None:
    """Write a film whole or not at all.

    Args:
        path: of the file.
        kind: one of KINDS.
        frames: all of one size; taken one after the other.
        rate: frames a second.

    Raises:
        FileError: it cannot be written, or the kind cannot be made here.
    """
    problem = problem_of(kind)
    if problem:
        msg = tr("{path}: not written: {problem}", path=path, problem=problem)
        raise FileError(msg)
    encode = {GIF: _gif, WEBP: _webp, MP4: _mp4}[kind]
    atomic.write_chunks(path, encode(iter(frames), rate))


def _gif(frames: Iterator[Frame], rate: int) -> Iterator[bytes]:
    from PIL import GifImagePlugin, Image

    first = next(frames)
    height, width = first.shape[:2]
    yield b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0)
    # Again and again, as all programs read it.
    yield b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
    # Hundredths of a second, which is all that the form knows.
    duration = 10 * max(2, round(100 / rate))
    for frame in chain((first,), frames):
        image = Image.fromarray(frame).quantize(256)
        yield from GifImagePlugin.getdata(
            image, duration=duration, include_color_table=True
        )
    yield b";"


def _webp(frames: Iterator[Frame], rate: int) -> Iterator[bytes]:
    """Still pictures in the container of animated ones.

    Its head tells the length of all, so the frames wait in a file without a name.
    """
    first = next(frames)
    height, width = first.shape[:2]
    size = _three(width - 1) + _three(height - 1)
    length = _three(round(1000 / rate))
    with tempfile.TemporaryFile() as spool:
        for frame in chain((first,), frames):
            still = _still(frame)
            body = bytes(6) + size + length + bytes([_OVERWRITE]) + still
            spool.write(_chunk(b"ANMF", body))
        head = _chunk(b"VP8X", bytes([_ANIMATED, 0, 0, 0]) + size)
        head += _chunk(b"ANIM", b"\xff\xff\xff\xff\x00\x00")
        total = 4 + len(head) + spool.tell()
        yield b"RIFF" + struct.pack("<I", total) + b"WEBP" + head
        spool.seek(0)
        while block := spool.read(_BLOCK):
            yield block


def _still(frame: Frame) -> bytes:
    """The chunk of one picture, without the head of its file."""
    from PIL import Image

    stream = BytesIO()
    Image.fromarray(frame).save(stream, "WEBP", quality=_QUALITY, method=4)
    return stream.getvalue()[12:]


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def _three(number: int) -> bytes:
    return number.to_bytes(3, "little")


def _mp4(frames: Iterator[Frame], rate: int) -> Iterator[bytes]:
    import imageio_ffmpeg

    first = next(frames)
    # The usual form of colour has one for two by two pixels.
    height, width = (side - side % 2 for side in first.shape[:2])
    with tempfile.TemporaryDirectory(prefix="glassbox-") as folder:
        path = Path(folder) / "film.mp4"
        writer: Any = imageio_ffmpeg.write_frames(
            str(path), (width, height), fps=rate, quality=8, macro_block_size=2
        )
        writer.send(None)
        try:
            for frame in chain((first,), frames):
                writer.send(np.ascontiguousarray(frame[:height, :width]))
        finally:
            writer.close()
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                yield block
