"""What cannot be a fully connected network is refused with the reason."""

import gzip
import json
from pathlib import Path
from pickle import dumps

import numpy as np
import pytest
from safetensors.numpy import save_file

from core.files.foreign.description import ForeignFile
from core.files.weights import described, load_weights
from core.values.errors import FileError
from tests.core.support.foreign_networks import network


def refusal(path: Path, part: str = "") -> str:
    with pytest.raises(FileError) as caught:
        load_weights(path, part)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    return message


def test_the_kinds_are_listed_where_the_kind_is_not_known_and_nowhere_else(
    tmp_path: Path,
):
    path = tmp_path / "nothing"
    bad = {"0.weight": np.full((3, 2), np.nan, np.float32)}
    unlike = {f"{k}.weight": np.ones((3, 2 + 5 * k), np.float32) for k in (0, 1)}
    for known in (bad, unlike):
        save_file(known, tmp_path / "known.safetensors")
        assert "kinds that are read" not in refusal(tmp_path / "known.safetensors")
    for name in ("whole_module.pt", "old_form.pt", "convnet.pt"):
        assert "kinds that are read" not in refusal(network(name))
    for unknown in (b"", b"\x01\x02\x03" * 99, b"a,b\n1,2\n3,4\n"):
        path.write_bytes(unknown)
        assert "kinds that are read: safetensors, .npz, ONNX" in refusal(path)


@pytest.mark.parametrize(
    ("name", "whats"),
    [
        ("whole_module.pt", ["whole module (__main__.Net)", "model.state_dict()"]),
        ("torchscript.pt", ["TorchScript", "model.state_dict()"]),
        ("old_form.pt", ["old form", "today's PyTorch"]),
        ("quantised_dynamic.onnx", ["DynamicQuantizeLinear", "float network"]),
        ("keras_saved_model.json", ["without its weights"]),
        ("convnet.pt", ["conv1.weight", "(4, 1, 3, 3)", "fc1 → fc2 (200-24-10)"]),
        ("keras_residual.keras", ["add (Add) joins two branches"]),
        (
            "transformer.safetensors",
            [
                "self_attn.in_proj_weight",
                "embed (28-16)",
                "linear1 → encoder.layers.0.linear2 (16-32-16)",
                "head (16-10)",
            ],
        ),
        ("torch_dynamo_external.onnx.data", ["damaged"]),
    ],
)
def test_a_file_is_refused_with_the_reason_and_what_to_do(name: str, whats: list[str]):
    message = refusal(network(name))
    for what in whats:
        assert what in message


@pytest.mark.parametrize(
    ("name", "part", "sizes"),
    [
        ("convnet.pt", "fc1", (200, 24, 10)),
        ("convnet.pt", "1", (200, 24, 10)),
        ("transformer.safetensors", "encoder.layers.0.linear1", (16, 32, 16)),
        ("transformer.safetensors", "3", (16, 10)),
    ],
)
def test_a_chain_in_a_larger_network_opens_by_its_name(
    name: str, part: str, sizes: tuple[int, ...]
):
    assert load_weights(network(name), part).spec.layer_sizes == sizes


def test_a_part_that_is_not_there_is_refused_with_those_there_are():
    message = refusal(network("convnet.pt"), "conv1")
    assert "no part 'conv1'" in message
    assert "1: fc1 → fc2 (200-24-10)" in message


def test_a_file_that_is_no_network_is_described_with_its_parts():
    found = described(network("transformer.safetensors"))
    assert isinstance(found, ForeignFile)
    assert [part.name for part in found.parts] == [
        "embed",
        "encoder.layers.0.linear1",
        "head",
    ]


def test_a_layer_norm_is_named(tmp_path: Path):
    path = tmp_path / "ln.safetensors"
    tensors = {
        "0.weight": np.ones((4, 6), np.float32),
        "0.bias": np.ones(4, np.float32),
        "1.weight": np.ones(4, np.float32),
        "1.bias": np.ones(4, np.float32),
        "3.weight": np.ones((2, 4), np.float32),
        "3.bias": np.ones(2, np.float32),
    }
    save_file(tensors, path)
    assert "1.bias, 1.weight (4,) are a LayerNorm" in refusal(path)


def test_a_pickle_is_never_opened(tmp_path: Path):
    path = tmp_path / "model.pkl"
    path.write_bytes(dumps({"a": 1}))
    assert "never opened" in refusal(path)
    assert "skl2onnx" in refusal(path)


def test_a_page_in_place_of_a_file_is_named(tmp_path: Path):
    path = tmp_path / "net.onnx"
    path.write_text("<!DOCTYPE html><html>")
    assert "an HTML or XML page" in refusal(path)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture (PNG)"),
        ("a.safetensors", b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture (PNG)"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(40), "a picture (JPEG)"),
        ("a.csv", b"x1,x2,label\n0.5,1.5,0\n", "a table of values (CSV)"),
        ("a.txt", b"[a]", "a text"),
        ("a.toml", b"[bogus]\nx = 1\n", "an experiment (TOML)"),
        ("a.toml", b"# mine\n[data]\n", "an experiment (TOML)"),
        ("a.pdf", b"%PDF-1.7\n" + bytes(40), "a PDF document"),
    ],
)
def test_what_is_no_network_is_called_what_it_is(
    tmp_path: Path, name: str, data: bytes, what: str
):
    path = tmp_path / name
    path.write_bytes(data)
    assert f"this is {what}, not a network; kinds that are read" in refusal(path)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("weights.gz", "this is a gzip archive; unpack it first"),
        ("train-images-idx3-ubyte.gz", "these are examples (inputs and answers)"),
    ],
)
def test_what_is_packed_is_not_called_damaged(
    tmp_path: Path, name: str, what: str
) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(bytes(100)))
    assert what in refusal(path)


@pytest.mark.parametrize(
    "names", [("x", "y"), ("X", "Y"), ("x_train", "y_train", "x_test", "y_test")]
)
def test_an_archive_of_examples_is_no_network(tmp_path: Path, names: tuple[str, ...]):
    path = tmp_path / "data.npz"
    np.savez(path, **{name: np.ones((3, 2), np.int64) for name in names})
    assert "these are examples (inputs and answers), not a network" in refusal(path)


def test_a_hundred_thousand_tensors_are_counted_before_any_is_made(
    tmp_path: Path,
) -> None:
    tensors = {
        f"layer{k}.weight": {
            "dtype": "F32",
            "shape": [1, 1],
            "data_offsets": [4 * k, 4 * k + 4],
        }
        for k in range(100_000)
    }
    header = json.dumps(tensors).encode()
    path = tmp_path / "many.safetensors"
    path.write_bytes(len(header).to_bytes(8, "little") + header + bytes(400_000))
    assert "100,000 tensors; a network of 10,000 at the most" in refusal(path)
