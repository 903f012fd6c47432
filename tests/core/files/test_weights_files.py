import io
import json
import struct
import tracemalloc
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

from core import __version__
from core.arrays import HostParams
from core.experiment.model import (
    DataSettings,
    Experiment,
    NetworkSettings,
    TrainingSettings,
)
from core.files import tensors as tensors_of_files
from core.files.weights import SUFFIXES, WeightsFile, load_weights, save_weights
from core.values.errors import FileError
from core.values.network_spec import NetworkSpec, flatten

EXPERIMENT = Experiment(
    DataSettings(name="xor", noise=0.1, path="/a folder/with ünïcode"),
    NetworkSettings(hidden=(5, 3), activation=("tanh", "relu"), initializer="glorot"),
    TrainingSettings(optimizer="adam", learning_rate=0.003, l2=1e-7),
)
SPEC = EXPERIMENT.network.spec(2, 2)


def convert(source: Path, target: Path) -> WeightsFile:
    weights = load_weights(source)
    save_weights(target, weights)
    return weights


def made_params(spec: NetworkSpec = SPEC) -> HostParams:
    random = np.random.default_rng(3)
    return tuple(
        (
            random.standard_normal((n_out, n_in), np.float32),
            random.standard_normal(n_out, np.float32),
        )
        for n_out, n_in in spec.weight_shapes
    )


WEIGHTS = WeightsFile(
    SPEC, made_params(), EXPERIMENT, step=12345, class_names=("orange", "blåu\0é🙂")
)


@pytest.fixture(params=SUFFIXES)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / f"net{request.param}"


def refusal(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        load_weights(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    return message


def test_everything_comes_back_exactly(path: Path):
    save_weights(path, WEIGHTS)
    read = load_weights(path)
    for (weight, bias), (wanted_weight, wanted_bias) in zip(
        read.params, WEIGHTS.params, strict=True
    ):
        assert weight.dtype == bias.dtype == np.float32
        np.testing.assert_array_equal(weight, wanted_weight)
        np.testing.assert_array_equal(bias, wanted_bias)
        assert not weight.flags.writeable
    assert read.spec == SPEC
    assert read.experiment == EXPERIMENT
    assert (read.step, read.class_names) == (12345, WEIGHTS.class_names)
    assert read.assumptions == ()


@pytest.mark.parametrize("hidden", [(), (4,) * 12])
def test_networks_with_no_and_with_many_hidden_layers_come_back(
    path: Path, hidden: tuple[int, ...]
):
    spec = NetworkSpec((3, *hidden, 2), ("sigmoid",) * len(hidden) + ("identity",))
    save_weights(path, WeightsFile(spec, made_params(spec)))
    read = load_weights(path)
    assert read.spec == spec
    np.testing.assert_array_equal(flatten(read.params), flatten(made_params(spec)))
    assert (read.experiment, read.class_names, read.step) == (None, (), 0)


def test_params_that_lie_transposed_in_memory_are_written_as_they_are_indexed(
    path: Path,
):
    params = tuple((np.asfortranarray(w), b) for w, b in WEIGHTS.params)
    save_weights(path, replace(WEIGHTS, params=params))
    np.testing.assert_array_equal(load_weights(path).params[0][0], params[0][0])


def test_numpy_reads_the_npz_without_pickles(tmp_path: Path):
    path = tmp_path / "net.npz"
    save_weights(path, WEIGHTS)
    with np.load(path, allow_pickle=False) as arrays:
        np.testing.assert_array_equal(arrays["layers.1.weight"], WEIGHTS.params[1][0])
        assert arrays["layers.2.bias"].shape == (2,)
        metadata = json.loads(str(arrays["metadata"]))
    assert metadata["layer_sizes"] == "[2, 5, 3, 2]"
    assert "learning_rate = 0.003" in metadata["experiment"]


def test_the_safetensors_library_reads_names_and_metadata(tmp_path: Path):
    path = tmp_path / "net.safetensors"
    save_weights(path, WEIGHTS)
    tensors = load_file(path)
    assert set(tensors) == {
        f"layers.{k}.{part}" for k in range(3) for part in ("weight", "bias")
    }
    np.testing.assert_array_equal(tensors["layers.0.weight"], WEIGHTS.params[0][0])
    with safe_open(path, framework="np") as file:
        assert json.loads(file.metadata()["activations"]) == [
            "tanh",
            "relu",
            "softmax",
        ]


def test_the_same_network_gives_the_same_bytes(path: Path):
    save_weights(path, WEIGHTS)
    first = path.read_bytes()
    save_weights(path, WEIGHTS)
    assert path.read_bytes() == first
    if path.suffix == ".safetensors":
        length = int.from_bytes(first[:8], "little")
        names = list(json.loads(first[8 : 8 + length])["__metadata__"])
        assert len(names) == 9
        assert names == sorted(names)


def test_the_form_is_seen_from_the_content_and_not_from_the_name(path: Path):
    save_weights(path, WEIGHTS)
    for name in ("net.NPZ", "net.safetensors", "net"):
        renamed = path.with_name(f"renamed-{name}")
        renamed.write_bytes(path.read_bytes())
        assert load_weights(renamed).step == 12345


def test_convert_keeps_everything(tmp_path: Path):
    first, second, third = (tmp_path / n for n in ("a.npz", "b.safetensors", "c.npz"))
    save_weights(first, WEIGHTS)
    assert convert(first, second).step == 12345
    convert(second, third)
    assert third.read_bytes() == first.read_bytes()


def test_saving_refuses_other_endings_and_leaves_nothing(tmp_path: Path):
    with pytest.raises(FileError, match=r"end with \.npz or \.safetensors"):
        save_weights(tmp_path / "net.pt", WEIGHTS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_saving_refuses_a_diverged_network_and_spares_the_old_file(
    path: Path, value: float
):
    save_weights(path, WEIGHTS)
    old = path.read_bytes()
    bias = np.array([0, value], np.float32)
    params = (*WEIGHTS.params[:2], (WEIGHTS.params[2][0], bias))
    with pytest.raises(FileError, match=r"layers\.2\.bias.*non-finite.*learning rate"):
        save_weights(path, replace(WEIGHTS, params=params))
    assert path.read_bytes() == old


# Other programs' files


def write_foreign(path: Path, tensors: Mapping[str, np.ndarray]) -> None:
    if path.suffix == ".npz":
        np.savez_compressed(path, **dict(tensors))  # type: ignore[arg-type]
    else:
        save_file(dict(tensors), path)


W1, B1 = WEIGHTS.params[0]
W2, B2 = WEIGHTS.params[1]


@pytest.mark.parametrize(
    "names",
    [
        ("fc2.weight", "fc2.bias", "fc10.weight", "fc10.bias"),
        ("0.weight", "0.bias", "2.weight", "2.bias"),
        ("W1", "b1", "W2", "b2"),
        ("arr_0", "arr_1", "arr_2", "arr_3"),
    ],
)
def test_foreign_names_are_taken_in_natural_order(path: Path, names: tuple[str, ...]):
    write_foreign(path, dict(zip(names, (W1, B1, W2, B2), strict=True)))
    read = load_weights(path)
    assert read.spec == NetworkSpec((2, 5, 3), ("relu", "softmax"))
    np.testing.assert_array_equal(read.params[0][0], W1)
    np.testing.assert_array_equal(read.params[1][1], B2)
    assert read.experiment is None
    assert len(read.assumptions) == 1
    assert "ReLU" in read.assumptions[0]
    assert "softmax" in read.assumptions[0]


def test_a_guess_is_still_called_one_after_any_conversion(tmp_path: Path):
    source = tmp_path / "foreign.npz"
    write_foreign(source, {"a1": W1, "a2": W2})
    guesses = load_weights(source).assumptions
    assert len(guesses) == 2
    for target in (tmp_path / "a.safetensors", tmp_path / "b.npz"):
        convert(source, target)
        assert load_weights(target).assumptions == guesses
        source = target


def test_what_was_known_when_it_was_written_is_no_guess(path: Path):
    save_weights(path, WEIGHTS)
    assert load_weights(path).notes == ()


def test_files_tell_the_version_of_the_program_in_a_checkout_too(path: Path):
    save_weights(path, WEIGHTS)
    assert f"Glassbox {__version__}".encode() in path.read_bytes().replace(b"\0", b"")


def test_missing_biases_are_zero_and_said(path: Path):
    write_foreign(path, {"a1": W1, "a2": W2})
    read = load_weights(path)
    np.testing.assert_array_equal(read.params[1][1], np.zeros(3, np.float32))
    assert any("no biases" in sentence for sentence in read.assumptions)


def test_weights_stored_inputs_first_are_turned_and_said(path: Path):
    turned = {"0.kernel": W1.T.copy(), "0.b": B1, "1.kernel": W2.T.copy(), "1.b": B2}
    write_foreign(path, turned)
    read = load_weights(path)
    np.testing.assert_array_equal(read.params[0][0], W1)
    assert any("transposed" in sentence for sentence in read.assumptions)


@pytest.mark.parametrize("kind", [np.float16, np.float64, ">f8"])
def test_other_floats_become_float32(tmp_path: Path, kind: str):
    path = tmp_path / "net.npz"
    write_foreign(path, {"w": np.asfortranarray(W1.astype(kind)), "b": B1.astype(kind)})
    weight = load_weights(path).params[0][0]
    assert weight.dtype == np.float32
    np.testing.assert_array_equal(weight, W1.astype(kind).astype(np.float32))


@pytest.mark.parametrize(
    ("tensors", "what"),
    [
        ({"fc1": W1, "fc2": W1}, r"fc2 has the shape \(5, 2\) and cannot follow fc1"),
        ({"w": W1, "b": B2}, r"biases of w have the shape \(3,\); expected \(5,\)"),
        ({"conv": np.zeros((2, 1, 3, 3), np.float32)}, "tensor conv has the shape"),
        ({"w": np.zeros((0, 4), np.float32)}, "tensor w has the shape"),
        ({"w": W1.astype(np.int64)}, "tensor w is .*floats of 16, 32 or 64 bits"),
        ({"w": W1, "b": np.full(5, np.nan, np.float32)}, "tensor b has 5 values"),
        ({"w": W1.astype(np.float64) * 1e300}, "tensor w has 10 values"),
        ({}, "0 matrices"),
    ],
)
def test_what_forms_no_network_is_refused_by_name(
    path: Path, tensors: dict[str, np.ndarray], what: str
):
    write_foreign(path, tensors)
    with pytest.raises(FileError, match=what):
        load_weights(path)


# Damaged files


def rewritten(path: Path, **changed: str | None) -> str:
    """Load the file with some metadata changed, and return the refusal."""
    save_weights(path, WEIGHTS)
    if path.suffix == ".npz":
        with np.load(path) as file:
            tensors = {name: file[name] for name in file.files}
        metadata = json.loads(str(tensors.pop("metadata")))
    else:
        tensors = load_file(path)
        with safe_open(path, framework="np") as file:
            metadata = file.metadata()
    metadata = {k: v for k, v in {**metadata, **changed}.items() if v is not None}
    if path.suffix == ".npz":
        np.savez(path, metadata=np.array(json.dumps(metadata)), **tensors)
    else:
        save_file(tensors, path, metadata)
    return refusal(path)


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("glassbox_format", "2", "newer Glassbox"),
        ("layer_sizes", None, "layer_sizes is damaged"),
        ("layer_sizes", "[2, -5, 3, 2]", "layer_sizes is damaged"),
        ("layer_sizes", "[2, true, 3, 2]", "layer_sizes is damaged"),
        ("layer_sizes", "[" * 100_000, "layer_sizes is damaged"),
        ("layer_sizes", "[2, 6, 3, 2]", "layers.0.weight has the shape (5, 2)"),
        ("layer_sizes", "[2, 5, 2]", "activations is damaged"),
        ("activations", '["relu", "swish", "softmax"]', "activations is damaged"),
        ("activations", '["relu", "softmax"]', "activations is damaged"),
        ("initializer", "magic", "initializer is damaged"),
        ("class_names", '["only one"]', "one for each of 2 outputs"),
        ("class_names", "[1, 2]", "a list of strings"),
        ("step", "-1", "step is damaged"),
        ("step", "9" * 5000, "step is damaged"),
        ("experiment", "[data]\nname = 3", "the experiment in the metadata"),
        ("experiment", "no toml", "the experiment in the metadata"),
    ],
)
def test_impossible_metadata_are_named(
    path: Path, name: str, value: str | None, what: str
):
    assert what in rewritten(path, **{name: value})


def test_an_experiment_of_another_network_is_left_out_and_said(path: Path):
    save_weights(path, replace(WEIGHTS, experiment=Experiment()))
    read = load_weights(path)
    assert read.experiment is None
    assert "was ignored" in read.remarks[0]
    assert read.assumptions == ()


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".pt"])
@pytest.mark.parametrize("content", [b"", b"\x80\x04.", b"PK\x03\x04", b"<html>" * 50])
def test_other_files_are_refused(tmp_path: Path, suffix: str, content: bytes):
    path = tmp_path / f"net{suffix}"
    path.write_bytes(content)
    refusal(path)


def test_missing_files_and_folders_are_refused(path: Path):
    assert "No such file" in refusal(path)
    path.mkdir()
    assert "Is a directory" in refusal(path)


def zip_with(path: Path, name: str, content: bytes, *, packed: bool = False) -> None:
    kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", kind) as archive:
        archive.writestr(name, content)


def npy_header(header: str) -> bytes:
    text = header.encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text


def test_an_array_of_objects_is_never_unpickled(tmp_path: Path):
    path = tmp_path / "net.npz"
    np.savez(path, w=np.array([print], object))
    assert "tensor w is '|O'" in refusal(path)


def peak_of_refusal(path: Path) -> tuple[str, int]:
    tracemalloc.start()
    try:
        return refusal(path), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tensors_of_files, "FREE_GROWTH", 2**20)
    path = tmp_path / "net.npz"
    header = npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }\n")
    zip_with(path, "w.npy", header + bytes(2**23), packed=True)
    message, peak = peak_of_refusal(path)
    assert "implausible size" in message
    assert peak < 2**21


def test_an_absurd_shape_is_refused_before_memory_is_taken(tmp_path: Path):
    path = tmp_path / "net.npz"
    shape = "(1000000000, 1000000000)"
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n"
    zip_with(path, "w.npy", npy_header(header) + bytes(64))
    message, peak = peak_of_refusal(path)
    assert "tensor w: the shape (1000000000, 1000000000) does not fit" in message
    assert peak < 2**21
    path = tmp_path / "net.safetensors"
    entry = {"dtype": "F32", "shape": [10**9, 10**9], "data_offsets": [0, 64]}
    text = json.dumps({"w": entry}).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + bytes(64))
    message, peak = peak_of_refusal(path)
    assert "damaged" in message
    assert peak < 2**21


def test_a_header_is_matched_and_never_evaluated(tmp_path: Path):
    path = tmp_path / "net.npz"
    zip_with(path, "w.npy", npy_header("__import__('os').abort()"))
    assert "unsupported header" in refusal(path)


def test_two_entries_of_one_name_are_refused(tmp_path: Path):
    path = tmp_path / "net.npz"
    buffer = io.BytesIO()
    np.save(buffer, W1)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("w.npy", buffer.getvalue())
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("w.npy", buffer.getvalue())
    assert "not a separate array" in refusal(path)


@pytest.fixture(scope="module")
def whole_files(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, bytes]]:
    folder = tmp_path_factory.mktemp("whole")
    spec = NetworkSpec((2, 3, 2), ("relu", "softmax"))
    small = WeightsFile(spec, made_params(spec), step=5, class_names=("a", "b"))
    files = []
    for suffix in SUFFIXES:
        save_weights(folder / f"own{suffix}", small)
        write_foreign(folder / f"foreign{suffix}", {"w": W1, "b": B1})
        files += [
            (suffix, (folder / f"{kind}{suffix}").read_bytes())
            for kind in ("own", "foreign")
        ]
    return files


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_mutated_files_give_a_file_error_or_a_valid_network(
    whole_files: list[tuple[str, bytes]],
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
):
    suffix, whole = data.draw(st.sampled_from(whole_files))
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(0, 6))):
        position = data.draw(st.integers(0, len(content) - 1))
        content[position] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    path = tmp_path_factory.getbasetemp() / f"fuzzed{suffix}"
    path.write_bytes(bytes(content))
    try:
        read = load_weights(path)
    except FileError as error:
        message = str(error)
        assert message.startswith(f"{path}: ")
        return
    assert tuple(w.shape for w, _ in read.params) == read.spec.weight_shapes
    assert np.isfinite(flatten(read.params)).all()
