import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.cli.choice import choose, parse_changes
from core.cli.main import main
from core.cli.options import ExperimentOptions
from core.experiment.model import Experiment, NetworkSettings
from core.experiment.presets import load_preset, preset_names
from core.files.weights import WeightsFile, load_weights, save_weights
from core.training.run import TrainingRun
from tests.core.idx_files import write_set

ROOT = Path(__file__).resolve().parents[2]
TRAIN_KEYS = [
    "steps",
    "epochs",
    "parameters",
    "train_loss",
    "test_loss",
    "test_accuracy",
    "seconds",
    "steps_per_second",
    "device",
]
Capture = pytest.CaptureFixture[str]


def refuse_constant(name: str) -> float:
    raise ValueError(name)


def strict_json(text: str) -> dict[str, object]:
    """Fails on NaN and Infinity, which are no JSON."""
    report: dict[str, object] = json.loads(text, parse_constant=refuse_constant)
    return report


def error_line(capsys: Capture) -> str:
    """The one line on standard error; nothing on standard output."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("glassbox: error: ")
    assert err.count("\n") == 1
    return err


def weights_file(path: Path, *, sizes: tuple[int, ...] = (784, 3, 10)) -> Path:
    random = np.random.default_rng(1)
    experiment = Experiment(network=NetworkSettings(hidden=sizes[1:-1]))
    spec = experiment.network.spec(sizes[0], sizes[-1])
    params = tuple(
        (
            random.normal(size=(n_out, n_in)).astype(np.float32),
            np.zeros(n_out, np.float32),
        )
        for n_out, n_in in spec.weight_shapes
    )
    save_weights(path, WeightsFile(spec, params, experiment))
    return path


# --- train ----------------------------------------------------------------------


def test_train_reports_exactly_the_promised_keys(capsys: Capture) -> None:
    assert main(["train", "--preset", "xor", "--steps", "20", "--json", "-"]) == 0
    out, err = capsys.readouterr()
    report = strict_json(out)
    assert list(report) == TRAIN_KEYS
    assert report["steps"] == 20
    assert report["epochs"] == 0.8
    assert report["parameters"] == 42
    assert report["device"] == "cpu"
    assert err == ""


def test_train_writes_weights_that_evaluate_reads_the_same(
    tmp_path: Path, capsys: Capture
) -> None:
    weights, report = tmp_path / "w.safetensors", tmp_path / "r.json"
    command = ["train", "--preset", "circle", "--epochs", "3", "--out", str(weights)]
    assert main([*command, "--json", str(report)]) == 0
    trained = strict_json(report.read_text())
    assert str(weights) in capsys.readouterr().out
    assert trained["steps"] == 75
    assert main(["evaluate", str(weights), "--json", "-"]) == 0
    evaluated = strict_json(capsys.readouterr().out)
    for key in ("test_loss", "test_accuracy", "parameters", "device"):
        assert evaluated[key] == trained[key]
    assert evaluated["examples"] == 250


def test_equal_seeds_give_equal_files_and_another_seed_another(tmp_path: Path) -> None:
    for suffix in (".npz", ".safetensors"):
        files = [tmp_path / f"{name}{suffix}" for name in "abc"]
        for path, seed in zip(files, ("5", "5", "6"), strict=True):
            command = ["train", "--preset", "xor", "--steps", "30", "--seed", seed]
            assert main([*command, "--out", str(path)]) == 0
        contents = [path.read_bytes() for path in files]
        assert contents[0] == contents[1]
        assert contents[0] != contents[2]


def test_training_goes_on_from_opened_weights(tmp_path: Path, capsys: Capture) -> None:
    first, second = tmp_path / "first.npz", tmp_path / "second.npz"
    assert main(["train", "--preset", "xor", "--steps", "40", "--out", str(first)]) == 0
    capsys.readouterr()
    command = ["train", "--open", str(first), "--out", str(second), "--json", "-"]
    assert main([*command, "--steps", "0"]) == 0
    report = strict_json(capsys.readouterr().out)
    assert (report["steps"], report["steps_per_second"]) == (0, 0.0)
    before, after = load_weights(first), load_weights(second)
    assert after.step == before.step == 40
    for old, new in zip(before.params, after.params, strict=True):
        np.testing.assert_array_equal(old[0], new[0])


def test_a_loss_that_is_no_number_is_null_and_a_failure(
    tmp_path: Path, capsys: Capture
) -> None:
    weights = tmp_path / "w.npz"
    rate = "training.learning_rate=1000"
    settings = ["--set", rate, "--set", "training.optimizer=sgd"]
    settings += [
        "--set",
        "training.loss=squared-error",
        "--set",
        "network.output=identity",
    ]
    command = ["train", "--preset", "xor", *settings, "--out", str(weights)]
    assert main([*command, "--json", "-"]) == 1
    out, err = capsys.readouterr()
    report = strict_json(out)
    assert report["train_loss"] is None
    assert report["test_loss"] is None
    assert "learning rate 1000" in err
    assert not weights.exists()


def test_ctrl_c_writes_what_is_there_and_exits_with_130(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    advance = TrainingRun.advance

    def interrupted(run: TrainingRun, count: int) -> object:
        if run.step >= 25:
            raise KeyboardInterrupt
        return advance(run, min(count, 25))

    monkeypatch.setattr(TrainingRun, "advance", interrupted)
    weights = tmp_path / "w.npz"
    command = ["train", "--preset", "xor", "--epochs", "9", "--out", str(weights)]
    assert main([*command, "--json", "-"]) == 130
    out, err = capsys.readouterr()
    assert strict_json(out)["steps"] == 25
    assert "interrupted after 25 steps" in err
    assert load_weights(weights).step == 25


def test_missing_mnist_is_an_error_that_says_what_to_do(capsys: Capture) -> None:
    assert main(["train", "--preset", "mnist"]) == 1
    line = error_line(capsys)
    assert "--download" in line
    assert "--data" in line


def test_mnist_files_named_by_data_count_more_than_a_path_in_the_file(
    tmp_path: Path, capsys: Capture
) -> None:
    write_set(tmp_path / "here")
    file = tmp_path / "e.toml"
    file.write_text('[data]\nname = "mnist"\npath = "/nowhere"\n')
    command = ["train", "--experiment", str(file), "--steps", "1", "--json", "-"]
    assert main(command) == 1
    capsys.readouterr()
    assert main([*command, "--data", str(tmp_path / "here")]) == 0
    assert strict_json(capsys.readouterr().out)["parameters"] == 13002


@pytest.mark.parametrize("name", ["missing/w.npz", "folder.npz"])
def test_an_impossible_place_for_the_weights_is_told_before_training(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "folder.npz").mkdir()
    monkeypatch.delattr(TrainingRun, "advance")
    out = str(tmp_path / name)
    assert main(["train", "--preset", "xor", "--out", out]) == 1
    assert out in error_line(capsys)


def test_a_network_that_cannot_fit_is_refused(capsys: Capture) -> None:
    command = ["train", "--preset", "xor", "--set"]
    assert main([*command, "network.hidden=[1000000, 1000000]"]) == 1
    assert "TB" in error_line(capsys)


def test_a_missing_gpu_is_a_failure(capsys: Capture) -> None:
    assert main(["train", "--preset", "xor", "--device", "gpu"]) == 1
    assert "glassbox[cuda]" in error_line(capsys)


# --- wrong usage ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("argv", "named"),
    [
        ([], "COMMAND"),
        (["dance"], "dance"),
        (["train", "--preset", "nope"], "there are digits, "),
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
        (["predict", "w.npz"], "IMAGE"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    capsys: Capture, argv: list[str], named: str
) -> None:
    assert main(argv) == 2
    assert named in error_line(capsys)


def test_values_of_set_are_toml_or_bare_text() -> None:
    changes = parse_changes(
        [
            "network.hidden=[32, 16]",
            "data.name=mnist",
            "training.l2=1e-3",
            "data.shuffled_labels=true",
            "data.path=",
            "data.path=/a=b",
            'network.activation=["relu", "tanh"]',
        ]
    )
    assert changes == {
        "network.hidden": [32, 16],
        "data.name": "mnist",
        "training.l2": 1e-3,
        "data.shuffled_labels": True,
        "data.path": "/a=b",
        "network.activation": ["relu", "tanh"],
    }


def test_a_line_break_in_a_value_sets_no_second_key() -> None:
    assert parse_changes(["data.path=1\nother = 2"]) == {"data.path": "1\nother = 2"}


def test_each_source_of_the_experiment_overrides_those_before_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / "e.toml"
    file.write_text("[training]\nbatch_size = 7\nseed = 3\n")
    weights = weights_file(tmp_path / "w.npz")
    options = ExperimentOptions(preset="xor")
    assert choose(options).experiment == load_preset("xor").experiment
    options = ExperimentOptions(preset="xor", experiment=file)
    assert choose(options).experiment.training.batch_size == 7
    options = ExperimentOptions(preset="xor", experiment=file, weights=weights)
    choice = choose(options)
    assert choice.experiment.network.hidden == (3,)
    assert choice.experiment.training.batch_size == 32
    assert "experiment in this file is used" in choice.notes[0]
    changes = ("training.seed=8", "training.batch_size=9")
    options = ExperimentOptions(weights=weights, changes=changes, seed=4)
    training = choose(options).experiment.training
    assert (training.batch_size, training.seed) == (9, 4)


def test_an_experiment_tells_the_activations_that_foreign_weights_leave_open(
    tmp_path: Path,
) -> None:
    path = tmp_path / "foreign.npz"
    shapes = {"a.weight": (16, 784), "b.weight": (16, 16), "c.weight": (10, 16)}
    tensors = {name: np.ones(shape, np.float32) for name, shape in shapes.items()}
    biases = {
        f"{name[0]}.bias": np.ones(s[0], np.float32) for name, s in shapes.items()
    }
    np.savez(path, allow_pickle=False, **tensors, **biases)
    alone = choose(ExperimentOptions(weights=path))
    assert alone.weights is not None
    assert alone.weights.spec.activations == ("relu", "relu", "softmax")
    assert "names no activations" in alone.notes[0]
    told = choose(ExperimentOptions(preset="mnist-sigmoid", weights=path))
    assert told.weights is not None
    assert told.weights.spec.activations == ("sigmoid",) * 3
    assert told.notes == ()


def test_weights_of_another_network_are_refused(
    tmp_path: Path, capsys: Capture
) -> None:
    path = str(weights_file(tmp_path / "w.npz"))
    command = ["train", "--open", path, "--set"]
    for change in ("network.hidden=[4]", "data.name=xor"):
        assert main([*command, change]) == 1
        assert "784-3-10" in error_line(capsys)


# --- evaluate, convert, presets, doctor -------------------------------------------


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


# --- predict --------------------------------------------------------------------


@pytest.fixture
def weights(tmp_path: Path) -> str:
    return str(weights_file(tmp_path / "w.npz"))


def picture(path: Path, *, side: int = 28) -> Path:
    pixels = np.full((side, side), 255, np.uint8)
    pixels[side // 5 : -side // 5, side // 2 - 2 : side // 2 + 2] = 0
    Image.fromarray(pixels).save(path)
    return path


def test_predict_gives_class_and_probability_of_each_picture(
    tmp_path: Path, capsys: Capture, weights: str
) -> None:
    small, large = picture(tmp_path / "a.png"), picture(tmp_path / "b.gif", side=200)
    assert main(["predict", weights, str(small), str(large), "--json", "-"]) == 0
    report = json.loads(capsys.readouterr().out)
    predictions = report["predictions"]
    assert [p["file"] for p in predictions] == [str(small), str(large)]
    for prediction in predictions:
        outputs = prediction["outputs"]
        assert sum(outputs) == pytest.approx(1, abs=1e-5)
        assert prediction["probability"] == max(outputs)
        assert outputs[prediction["label"]] == max(outputs)
    assert main(["predict", weights, str(small)]) == 0
    line = capsys.readouterr().out
    assert line.startswith(f"{small}: {predictions[0]['name']} (")
    assert line.endswith("%)\n")


def test_no_normalise_feeds_the_pixels_as_they_are(
    tmp_path: Path, capsys: Capture, weights: str
) -> None:
    pixels = np.random.default_rng(2).integers(0, 256, (28, 28), np.uint8)
    path = tmp_path / "noise.png"
    Image.fromarray(pixels).save(path)
    assert main(["predict", weights, str(path), "--no-normalise", "--json", "-"]) == 0
    outputs = json.loads(capsys.readouterr().out)["predictions"][0]["outputs"]
    (first, bias), (last, last_bias) = load_weights(Path(weights)).params
    hidden = np.maximum(first @ (pixels.ravel() / 255) + bias, 0)
    z = last @ hidden + last_bias
    expected = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    np.testing.assert_allclose(outputs, expected, atol=1e-5)
    large = picture(tmp_path / "large.png", side=64)
    assert main(["predict", weights, str(large), "--no-normalise"]) == 1
    assert "64x64" in error_line(capsys)


def test_paper_and_slate_are_read_the_same(
    tmp_path: Path, capsys: Capture, weights: str
) -> None:
    paper = picture(tmp_path / "paper.png", side=90)
    slate = tmp_path / "slate.png"
    Image.fromarray(255 - np.asarray(Image.open(paper))).save(slate)
    transparent = tmp_path / "transparent.png"
    grey = np.asarray(Image.open(paper))
    rgba = np.zeros((*grey.shape, 4), np.uint8)
    rgba[..., 3] = 255 - grey
    Image.fromarray(rgba).save(transparent)
    sixteen = tmp_path / "sixteen.png"
    Image.fromarray(grey.astype(np.uint16) * 257).save(sixteen)
    files = [str(path) for path in (paper, slate, transparent, sixteen)]
    assert main(["predict", weights, *files, "--json", "-"]) == 0
    outputs = [p["outputs"] for p in json.loads(capsys.readouterr().out)["predictions"]]
    for other in outputs[1:]:
        np.testing.assert_allclose(other, outputs[0], atol=1e-6)


def test_clothes_are_scaled_but_not_normalised_like_digits(
    tmp_path: Path, capsys: Capture
) -> None:
    digits = weights_file(tmp_path / "digits.npz")
    clothes = tmp_path / "clothes.npz"
    old = load_weights(digits)
    experiment = Experiment(network=NetworkSettings(hidden=(3,)))
    experiment = experiment.with_values({"data.name": "fashion-mnist"})
    save_weights(clothes, WeightsFile(old.spec, old.params, experiment))
    pixels = np.random.default_rng(3).integers(0, 120, (28, 28), np.uint8)
    path = tmp_path / "shirt.png"
    Image.fromarray(pixels).save(path)
    outputs = []
    for argv in ([str(path)], [str(path), "--no-normalise"]):
        assert main(["predict", str(clothes), *argv, "--json", "-"]) == 0
        report = json.loads(capsys.readouterr().out)
        outputs.append(report["predictions"][0]["outputs"])
    assert main(["predict", str(digits), str(path), "--json", "-"]) == 0
    other = json.loads(capsys.readouterr().out)["predictions"][0]["outputs"]
    assert outputs[0] == outputs[1]
    assert np.abs(np.subtract(other, outputs[0])).max() > 0.05


def huge_png(path: Path) -> None:
    """A few bytes that claim 60,000 x 60,000 pixels."""
    picture(path)
    data = bytearray(path.read_bytes())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    path.write_bytes(data)


def cut_png(path: Path) -> None:
    picture(path, side=200)
    path.write_bytes(path.read_bytes()[:120])


def text_file(path: Path) -> None:
    path.write_text("no picture")


def folder(path: Path) -> None:
    path.mkdir()


def nothing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize("make", [huge_png, cut_png, text_file, folder, nothing])
def test_what_is_no_picture_is_one_line_and_the_others_are_read(
    tmp_path: Path, capsys: Capture, weights: str, make: Callable[[Path], None]
) -> None:
    bad, good = tmp_path / "bad.png", picture(tmp_path / "good.png")
    make(bad)
    assert main(["predict", weights, str(bad), str(good)]) == 1
    out, err = capsys.readouterr()
    assert out.startswith(str(good))
    assert err.startswith(f"glassbox: error: {bad}: ")
    assert err.count("\n") == 1


def test_predict_refuses_a_network_that_takes_no_pictures(
    tmp_path: Path, capsys: Capture
) -> None:
    path = str(weights_file(tmp_path / "plane.npz", sizes=(2, 4, 2)))
    assert main(["predict", path, str(picture(tmp_path / "a.png"))]) == 1
    assert "2-4-2" in error_line(capsys)


# --- the border of errors ---------------------------------------------------------


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
    from core.errors import FileError

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
