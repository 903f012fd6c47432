"""What kind of file a foreign file is, by its first bytes, and its reader."""

import zipfile
from pathlib import Path
from typing import Final

from core.files import npz_form, safetensors_form
from core.files.foreign import (
    hdf5_child,
    hdf5_form,
    json_form,
    keras_form,
    msgpack_form,
    npy_run_form,
    onnx_form,
    other_kinds,
    torch_form,
)
from core.files.foreign.bag import Bag, file_of
from core.files.foreign.description import ForeignFile
from core.files.tensors import (
    MOST_BYTES,
    TensorContents,
    UnknownKindError,
    UnreadableError,
)
from core.platform.kinds import is_text_table
from core.platform.ordinary_files import check_ordinary, read_bytes
from core.values.words import tr

KINDS_READ: Final = (
    "safetensors, .npz, ONNX, PyTorch .pt and .pth with a state_dict, Keras .keras and "
    ".h5, Flax .msgpack, Equinox .eqx, and JSON of course code"
)
"""What the refusal of a file of no such kind ends with."""
_LONGEST_START: Final = 512
_ZIP: Final = b"PK"
_OLD_TORCH: Final = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."
"""A pickle of the number 0x1950a86a20f9469cfc6c, which torch.save began with."""


def read(path: Path) -> TensorContents | ForeignFile:
    """Read a file of any kind: one of Glassbox's own forms, or another program's.

    Raises:
        UnreadableError: damaged, or of a kind that is not read.
        OSError: the file cannot be read at all.
    """
    size = check_ordinary(path, MOST_BYTES)
    if size == 0:
        msg = tr("the file is empty")
        raise UnknownKindError(msg)
    with path.open("rb") as stream:
        start = stream.read(_LONGEST_START)
    if start.startswith(_ZIP):
        return _zip(path, size)
    if start.startswith(hdf5_form.MAGIC):
        return keras_form.file_of_weights(hdf5_child.read(path, size))
    if start.startswith(npy_run_form.MAGIC):
        return file_of(npy_run_form.read(path, size))
    if start[:1] == b"\x80" and path.suffix.lower() not in _SAFE:
        raise _pickle(start)
    if _is_safetensors(start, size):
        return safetensors_form.read(path)
    return _by_content(path, start)


_OTHER_ENDINGS: Final = (
    *(".npz", ".npy", ".onnx", ".pt", ".pth", ".keras", ".h5", ".hdf5"),
    *(".msgpack", ".eqx", ".json"),
)
_SAFE: Final = (".npz", ".safetensors")


def _is_safetensors(start: bytes, size: int) -> bool:
    length = int.from_bytes(start[:8], "little")
    return len(start) > 8 and start[8:9] == b"{" and length <= size


def _by_content(path: Path, start: bytes) -> TensorContents | ForeignFile:
    what = other_kinds.what_it_is(path, start)
    if what:
        raise UnknownKindError(what)
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] in (b"{", b"["):
        return json_form.read(read_bytes(path, json_form.MOST_BYTES))
    if text[:1] == b"<":
        msg = tr("this is an HTML or XML page, perhaps a login")
        raise UnknownKindError(msg)
    if onnx_form.looks_like(start):
        return onnx_form.read(path, read_bytes(path, onnx_form.MOST_BYTES))
    if msgpack_form.looks_like(start):
        return file_of(msgpack_form.read(read_bytes(path, msgpack_form.MOST_BYTES)))
    if is_text_table(start):
        raise UnknownKindError(other_kinds.TEXT_TABLE)
    suffix = path.suffix.lower()
    if suffix in _OTHER_ENDINGS:
        msg = tr(
            "damaged, or no {suffix} file: it does not begin as one", suffix=suffix
        )
        raise UnknownKindError(msg)
    try:
        return safetensors_form.read(path)
    except UnreadableError as error:
        raise UnknownKindError(str(error)) from None


def _zip(path: Path, size: int) -> TensorContents | ForeignFile:
    with npz_form.opened_archive(path) as archive:
        names = archive.namelist()
        if keras_form.CONFIG in names:
            return keras_form.read_archive(archive, size)
        if torch_form.is_torch(names):
            return file_of(torch_form.read(archive, size))
        if other_kinds.holds_examples(names):
            raise UnknownKindError(other_kinds.EXAMPLES)
        return npz_form.read(archive, size)


def _pickle(start: bytes) -> UnreadableError:
    if start.startswith(_OLD_TORCH[: len(start)]):
        return UnreadableError(
            tr(
                "this is PyTorch's old form, from before 1.6; load it "
                "there and save torch.save(model.state_dict(), …) again "
                "with today's PyTorch"
            )
        )
    return UnreadableError(
        tr(
            "this is a pickle, which can run programs and is never opened; "
            "save np.savez(path, *model.coefs_, *model.intercepts_) or use "
            "skl2onnx for scikit-learn, and safetensors or .npz for "
            "anything else"
        )
    )


def foreign_of(contents: TensorContents, path: Path) -> ForeignFile:
    """Tensors of a form that Glassbox writes too, but not by Glassbox.

    Raises:
        UnreadableError: they form no chain of layers.
    """
    tensors = {**contents.tensors}
    for name, source in contents.metadata.items():
        # safetensors.torch.save_model: two names of one tensor.
        if name not in tensors and source in tensors:
            tensors[name] = tensors[source]
    is_archive = zipfile.is_zipfile(path)
    form = "NumPy archive" if is_archive else "safetensors"
    return file_of(Bag(form, tensors, in_order=is_archive, ignored=contents.ignored))
