"""What a file is called in the end."""

from pathlib import Path

import pytest

from core.files.endings import with_ending
from core.values.errors import FileError

WEIGHTS = (".npz", ".safetensors")


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("net.npz", "net.npz"),
        ("net.NPZ", "net.NPZ"),
        ("net.safetensors", "net.safetensors"),
        ("net", "net.npz"),
        ("xor-lr0.5", "xor-lr0.5.npz"),
        ("run.best", "run.best.npz"),
        ("v1.2.3", "v1.2.3.npz"),
        (".hidden", ".hidden.npz"),
    ],
)
def test_a_name_without_a_known_ending_gets_one(name: str, named: str):
    assert with_ending(Path("folder", name), WEIGHTS, ".npz") == Path("folder", named)


@pytest.mark.parametrize("name", ["net.pt", "net.svg", "net.CSV", "net.toml"])
def test_a_name_that_promises_another_kind_is_refused(name: str):
    with pytest.raises(FileError, match=r"end with \.npz or \.safetensors"):
        with_ending(Path(name), WEIGHTS, ".npz")
