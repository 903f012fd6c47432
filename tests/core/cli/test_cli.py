"""Wrong usage, the small commands, and errors as one line."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import jax
import numpy as np
import pytest

from core.cli.main import main
from core.experiment.presets import preset_names
from core.files.weights import load_weights
from tests.core.support.cli_answers import (
    Capture,
    error_line,
    strict_json,
    weights_file,
)
from tests.core.support.idx_files import write_set

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("argv", "named"),
    [
        ([], "COMMAND"),
        (["dance"], "dance"),
        (["train", "--preset", "nope"], "(choose from digits, "),
        (["train", "--set", "training.rate=1"], "training.rate"),
        (["train", "--set", "training.seed"], "key=value"),
        (["train", "--set", "training.batch_size=0"], "training.batch_size"),
        (["train", "--seed", "-1"], "--seed"),
        (["train", "--seed", "99999999999999"], "--seed"),
        (["train", "--epochs", "1.5"], "--epochs"),
        (["train", "--epochs", "1", "--steps", "1"], "not allowed"),
        (["train", "--device", "tpu"], "tpu"),
        (["train", "--out", "weights.txt"], ".safetensors"),
        (["convert", "a.npz", "b.pt"], ".npz"),
        (["presets", "--seed", "1"], "--seed"),
        (["predict", "w.npz"], "FILE"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    capsys: Capture, argv: list[str], named: str
) -> None:
    assert main(argv) == 2
    assert named in error_line(capsys)


def test_evaluate_takes_the_data_that_are_named(
    tmp_path: Path, capsys: Capture
) -> None:
    write_set(tmp_path)
    path = str(weights_file(tmp_path / "w.npz"))
    command = ["evaluate", path, "--data", str(tmp_path), "--set", "data.name=mnist"]
    assert main([*command, "--json", "-"]) == 0
    report = strict_json(capsys.readouterr().out)
    assert report["examples"] == 5
    assert report["data"] == "mnist"
    assert report["file"] == path


def test_convert_keeps_the_network_and_its_experiment(
    tmp_path: Path, capsys: Capture
) -> None:
    source = weights_file(tmp_path / "w.npz")
    target = tmp_path / "w.safetensors"
    assert main(["convert", str(source), str(target)]) == 0
    assert "784-3-10" in capsys.readouterr().out
    before, after = load_weights(source), load_weights(target)
    assert (after.spec, after.experiment) == (before.spec, before.experiment)
    np.testing.assert_array_equal(after.params[0][0], before.params[0][0])


def test_presets_lists_every_preset_with_its_network(capsys: Capture) -> None:
    assert main(["presets"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(preset_names())
    assert any("784-16-16-10" in line for line in lines)


def test_doctor_names_versions_devices_and_missing_data(
    tmp_path: Path, capsys: Capture
) -> None:
    write_set(tmp_path)
    assert main(["doctor", "--data", str(tmp_path)]) == 0
    text = capsys.readouterr().out
    for name in ("python", "numpy", "jax", "jaxlib", "optax", "Qt", "pyqtgraph"):
        assert name in text
    assert f"found in {tmp_path}" in text
    assert "Fashion-MNIST is not in" in text
    assert "cpu" in text


@dataclass(frozen=True)
class FakeDevice:
    platform: str
    device_kind: str


@pytest.mark.parametrize(
    ("devices", "says", "advises"),
    [
        ((FakeDevice("cpu", "cpu"),), "cpu", True),
        ((FakeDevice("gpu", "NVIDIA H200"),), "gpu (NVIDIA H200)", False),
        (
            (FakeDevice("gpu", "NVIDIA H200"), FakeDevice("cpu", "cpu")),
            "gpu (NVIDIA H200), cpu",
            False,
        ),
    ],
)
def test_doctor_advises_cuda_where_jax_finds_no_gpu(
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
    devices: tuple[FakeDevice, ...],
    says: str,
    advises: bool,
) -> None:
    monkeypatch.setattr(jax, "devices", lambda: list(devices))
    assert main(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    told = {name: text.strip() for name, _, text in (x.partition(":") for x in lines)}
    assert told["devices"] == says
    assert ("gpu" in told) == advises
    if advises:
        assert "NVIDIA" in told["gpu"]
        assert "cuda" in told["gpu"]


def test_doctor_goes_on_where_jax_cannot_start(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def fail() -> list[FakeDevice]:
        msg = "Unable to initialize backend 'cuda'\nmore of it"
        raise RuntimeError(msg)

    monkeypatch.setattr(jax, "devices", fail)
    assert main(["doctor"]) == 0
    text = capsys.readouterr().out
    assert "warning: JAX cannot start: Unable to initialize backend 'cuda'" in text
    assert "more of it" not in text


@pytest.mark.parametrize(
    "argv",
    [
        ["evaluate", "nowhere.npz"],
        ["predict", "nowhere.npz", "a.png"],
        ["convert", "nowhere.npz", "b.npz"],
        ["train", "--open", "nowhere.npz"],
        ["train", "--experiment", "nowhere.toml"],
    ],
)
def test_a_file_that_is_not_there_is_one_line(capsys: Capture, argv: list[str]) -> None:
    assert main(argv) == 1
    assert "nowhere" in error_line(capsys)


def test_debug_shows_where_an_error_comes_from() -> None:
    from core.values.errors import FileError

    with pytest.raises(FileError):
        main(["evaluate", "nowhere.npz", "--debug"])


def run_core(*argv: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "core", *argv],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **options,
    )


def test_help_and_version_exit_with_0() -> None:
    for argv in (["--help"], ["train", "--help"], ["--version"]):
        result = run_core(*argv)
        assert result.returncode == 0
        assert result.stdout
        assert result.stderr == ""


def test_light_commands_import_neither_jax_nor_qt() -> None:
    code = (
        "import sys; from core.cli.main import main; main(['presets']); "
        "slow = {'jax', 'PySide6', 'scipy', 'requests'} & set(sys.modules); "
        "sys.exit(', '.join(slow) or 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        result = subprocess.run(
            [sys.executable, "-m", "core", "presets"],
            cwd=ROOT,
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
        )
    finally:
        os.close(writing)
    assert (result.returncode, result.stderr) == (1, "")
