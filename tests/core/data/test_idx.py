import contextlib
import gzip
import struct
import tracemalloc
from pathlib import Path

import jax
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.idx import read_idx, read_idx_start
from core.values.errors import DataError
from tests.core.support.idx_files import idx_bytes

IMAGES = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
LABELS = np.array([3, 1, 4], np.uint8)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some-idx"


@pytest.mark.parametrize("packed", [False, True])
def test_images_and_labels_come_back_as_written(path: Path, packed: bool):
    for values in (IMAGES, LABELS):
        data = idx_bytes(values)
        path.write_bytes(gzip.compress(data) if packed else data)
        read = read_idx(path, n_dimensions=values.ndim)
        assert read.dtype == np.uint8
        np.testing.assert_array_equal(read, values)
        assert not read.flags.writeable


def test_jax_takes_the_bytes_as_they_lie_in_memory(path: Path):
    values = np.ones((600, 28, 28), np.uint8)
    path.write_bytes(idx_bytes(values))
    read = read_idx(path, n_dimensions=3)
    on_device = jax.device_put(read, jax.devices("cpu")[0])
    assert np.shares_memory(np.asarray(on_device), read)


def refusal(path: Path, data: bytes, n_dimensions: int = 3) -> str:
    path.write_bytes(data)
    with pytest.raises(DataError) as caught:
        read_idx(path, n_dimensions=n_dimensions)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    return message


def test_a_web_page_is_refused_with_its_first_bytes(path: Path):
    assert "not an IDX file, it begins with 3c 68 74 6d" in refusal(
        path, b"<html>sign in to the network</html>"
    )


@pytest.mark.parametrize("cut", [0, 3, 10, 16, 39])
def test_a_file_cut_short_is_refused(path: Path, cut: int):
    message = refusal(path, idx_bytes(IMAGES)[:cut])
    assert "too early" in message or "do not fit into the file" in message


@pytest.mark.parametrize("cut", [3, 30, 45])
def test_a_gzip_file_cut_short_is_refused(path: Path, cut: int):
    assert "new copy" in refusal(path, gzip.compress(idx_bytes(IMAGES))[:cut])


def test_a_damaged_gzip_checksum_is_noticed(path: Path):
    data = bytearray(gzip.compress(idx_bytes(IMAGES)))
    data[-7] ^= 0x40
    assert "gzip data is damaged" in refusal(path, bytes(data))


@pytest.mark.parametrize("packed", [False, True])
def test_more_bytes_than_promised_are_refused(path: Path, packed: bool):
    data = idx_bytes(IMAGES) + b"x"
    message = refusal(path, gzip.compress(data) if packed else data)
    assert "more than the declared 24 values" in message


def test_labels_in_place_of_images_are_refused(path: Path):
    assert "1 dimensions where images have 3" in refusal(path, idx_bytes(LABELS))


def test_other_number_types_are_named(path: Path):
    assert "holds floats" in refusal(path, idx_bytes(IMAGES, type_code=0x0D))


@pytest.mark.parametrize("packed", [False, True])
def test_an_absurd_size_is_refused_before_memory_is_taken(path: Path, packed: bool):
    data = b"\x00\x00\x08\x03" + struct.pack(">3I", 2**32 - 1, 2**16, 2**16)
    tracemalloc.start()
    try:
        message = refusal(path, gzip.compress(data) if packed else data)
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()
    assert "4294967295 x 65536 x 65536" in message


def test_a_bomb_is_unpacked_no_further_than_promised(path: Path):
    bomb = gzip.compress(idx_bytes(LABELS) + bytes(50_000_000))
    tracemalloc.start()
    try:
        assert "more than the declared 3" in refusal(path, bomb, n_dimensions=1)
        assert tracemalloc.get_traced_memory()[1] < 2**21
    finally:
        tracemalloc.stop()


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path):
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(DataError, match="cannot be read"):
            read_idx(path, n_dimensions=1)


def test_the_first_labels_are_read_alone(path: Path):
    path.write_bytes(gzip.compress(idx_bytes(LABELS)))
    assert read_idx_start(path, 2) == bytes([3, 1])
    path.write_bytes(idx_bytes(IMAGES))
    assert read_idx_start(path, 2) == b""
    path.write_bytes(b"\x1f\x8bnonsense")
    assert read_idx_start(path, 2) == b""


@given(st.data())
def test_mutated_bytes_give_a_data_error_or_an_array(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
):
    whole = idx_bytes(IMAGES)
    if data.draw(st.booleans()):
        whole = gzip.compress(whole, mtime=0)
    content = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for _ in range(data.draw(st.integers(0, 4))):
        if content:
            position = data.draw(st.integers(0, len(content) - 1))
            content[position] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "fuzzed-idx"
    path.write_bytes(bytes(content))
    with contextlib.suppress(DataError):
        assert read_idx(path, n_dimensions=3).ndim == 3
