"""HDF5 files are read in a process of their own, and only what lies in them."""

from pathlib import Path

import h5py
import numpy as np
import pytest

from core.files.foreign import hdf5_child
from core.files.tensors import UnreadableError
from core.files.weights import load_weights
from core.values.errors import FileError


def keras_weights(path: Path) -> Path:
    with h5py.File(path, "w") as file:
        for name, shape in (("dense", (3, 4)), ("dense_1", (4, 2))):
            variables = file.create_group(f"layers/{name}/vars")
            variables["0"] = np.arange(np.prod(shape), dtype=np.float32).reshape(shape)
            variables["1"] = np.ones(shape[1], np.float32)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        load_weights(path)
    return str(caught.value)


def test_weights_come_out_of_the_other_process_as_they_are(tmp_path: Path):
    weights = load_weights(keras_weights(tmp_path / "net.weights.h5"))
    assert weights.spec.layer_sizes == (3, 4, 2)
    kernel = np.arange(12, dtype=np.float32).reshape(3, 4)
    np.testing.assert_array_equal(weights.params[0][0], kernel.T)
    assert not weights.params[0][0].flags.writeable


def test_a_link_to_another_file_is_refused(tmp_path: Path):
    secret = keras_weights(tmp_path / "secret.h5")
    path = keras_weights(tmp_path / "net.weights.h5")
    with h5py.File(path, "a") as file:
        file["layers/dense_2"] = h5py.ExternalLink(str(secret), "/layers/dense")
    assert "layers/dense_2 leads to another place" in refusal(path)


def test_numbers_in_another_file_are_refused(tmp_path: Path):
    (tmp_path / "raw").write_bytes(bytes(48))
    path = tmp_path / "net.weights.h5"
    with h5py.File(path, "w") as file:
        group = file.create_group("layers/dense/vars")
        group.create_dataset(
            "0", (3, 4), "f4", external=[(str(tmp_path / "raw"), 0, 48)]
        )
    assert "lies in another file" in refusal(path)


def test_an_array_far_larger_than_its_file_is_refused(tmp_path: Path):
    path = tmp_path / "net.weights.h5"
    with h5py.File(path, "w") as file:
        group = file.create_group("layers/dense/vars")
        group.create_dataset("0", (2**20, 2**20), "f4", chunks=(1024, 1024))
    assert "implausible size" in refusal(path)


def test_a_file_that_the_library_never_ends_with_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = keras_weights(tmp_path / "net.weights.h5")
    # No file needs less than the start of a process.
    monkeypatch.setattr(hdf5_child, "LONGEST_SECONDS", 0.0)
    with pytest.raises(UnreadableError, match="takes too long"):
        hdf5_child.read(path, path.stat().st_size)


def test_a_damaged_file_is_refused_in_a_sentence(tmp_path: Path):
    whole = keras_weights(tmp_path / "net.weights.h5").read_bytes()
    path = tmp_path / "cut.h5"
    path.write_bytes(whole[:300])
    assert "damaged, or not an HDF5 file" in refusal(path)
