"""A .pt file is read without ever calling what is in it."""

import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from core.files.foreign.torch_pickle import Call, contents
from core.files.tensors import UnreadableError
from core.files.weights import load_weights
from core.values.errors import FileError


def tensor(
    key: str, count: int, shape: tuple[int, ...], strides: tuple[int, ...]
) -> bytes:
    """The pickle of one tensor, as torch.save writes it."""

    def number(value: int) -> bytes:
        return b"\x8a\x08" + struct.pack("<q", value)

    def row(values: tuple[int, ...]) -> bytes:
        return b"(" + b"".join(map(number, values)) + b"t"

    storage = b"(" + text("storage") + b"ctorch\nFloatStorage\n" + text(key)
    storage += text("cpu") + number(count) + b"tQ"
    return (
        b"ctorch._utils\n_rebuild_tensor_v2\n("
        + storage
        + number(0)
        + row(shape)
        + row(strides)
        + b"\x89}tR"
    )


def text(value: str) -> bytes:
    return b"X" + struct.pack("<I", len(value)) + value.encode()


def state(**tensors: bytes) -> bytes:
    entries = b"".join(text(name) + value for name, value in tensors.items())
    return b"\x80\x02}(" + entries + b"u."


def archive(path: Path, pickle: bytes, **storages: np.ndarray) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("net/data.pkl", pickle)
        for key, values in storages.items():
            file.writestr(f"net/data/{key}", values.tobytes())
    return path


def refusal(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        load_weights(path)
    return str(caught.value)


def test_strides_are_obeyed(tmp_path: Path):
    values = np.arange(6, dtype=np.float32)
    pickle = state(weight=tensor("k", 6, (2, 3), (1, 2)))
    weights = load_weights(archive(tmp_path / "t.pt", pickle, k=values))
    np.testing.assert_array_equal(weights.params[0][0], [[0, 2, 4], [1, 3, 5]])


@pytest.mark.parametrize(
    ("shape", "strides", "what"),
    [
        ((2, 4), (4, 1), "does not fit its numbers"),
        ((2, 3), (100, 1), "does not fit its numbers"),
        ((10**9, 10**9), (0, 0), "implausible size"),
        ((3, 3), (0, 1), "does not fit its numbers"),
        ((-2, 3), (3, 1), "not described as PyTorch does"),
        ((2, 3), (3,), "not described as PyTorch does"),
    ],
)
def test_a_tensor_that_reaches_out_of_its_numbers_is_refused(
    tmp_path: Path, shape: tuple[int, ...], strides: tuple[int, ...], what: str
):
    pickle = state(weight=tensor("k", 6, shape, strides))
    path = archive(tmp_path / "t.pt", pickle, k=np.zeros(6, np.float32))
    assert what in refusal(path)


def test_numbers_that_are_missing_are_named(tmp_path: Path):
    pickle = state(weight=tensor("k", 6, (2, 3), (3, 1)))
    message = refusal(archive(tmp_path / "t.pt", pickle, k=np.zeros(5, np.float32)))
    assert "tensor weight: its numbers in the archive are missing or too few" in message


def test_nothing_that_a_pickle_calls_is_called(tmp_path: Path):
    marker = tmp_path / "called"
    call = b"cos\nsystem\n(" + text(f"touch {marker}") + b"tR"
    pickle = state(weight=tensor("k", 6, (2, 3), (3, 1)), evil=call)
    path = archive(tmp_path / "t.pt", pickle, k=np.zeros(6, np.float32))
    assert load_weights(path).spec.layer_sizes == (3, 2)
    assert not marker.exists()
    alone = contents(b"\x80\x02" + call + b".")
    assert isinstance(alone, Call)
    assert alone.function.full == "os.system"


@pytest.mark.parametrize(
    "pickle",
    [
        b"",
        b"\x80\x02",
        b".",
        b"\x80\x02h\x07.",  # a value that was never kept
        b"\x80\x02(u.",
        b"\x80\x02]K\x01K\x02s.",
        b"\x80\x02K\x01K\x02R.",
        b"\x80\x02(t(.",
        b"\x80\x02\x82\x01.",  # an extension code
        b"\x80\x02K\x01Q.",
        b"\x80\x02t.",
    ],
)
def test_a_damaged_pickle_is_refused(pickle: bytes):
    with pytest.raises(UnreadableError, match="pickle in the archive"):
        contents(pickle)


def test_a_key_of_tuples_in_tuples_is_left_out():
    nested = b")" + b"\x85" * 200_000
    assert contents(b"\x80\x02}" + nested + b"K\x01s.") == {}


def test_a_list_that_holds_itself_does_no_harm():
    found = contents(b"\x80\x02]q\x00h\x00a.")
    assert isinstance(found, list)
    assert found[0] is found


def test_an_endless_program_is_stopped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("core.files.foreign.torch_pickle.MOST_INSTRUCTIONS", 1000)
    with pytest.raises(UnreadableError, match="too many instructions"):
        contents(b"\x80\x02" + b"N0" * 2000 + b"N.")


def test_of_several_networks_in_a_file_one_is_to_be_saved_by_itself(tmp_path: Path):
    one = text("weight") + tensor("k", 6, (2, 3), (3, 1))
    table = b"}(" + one + b"u"
    pickle = b"\x80\x02}(" + text("generator") + table + text("critic") + table + b"u."
    path = archive(tmp_path / "t.pt", pickle, k=np.zeros(6, np.float32))
    assert "several networks (generator, critic)" in refusal(path)
