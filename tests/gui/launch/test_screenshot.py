import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import gui.launch.app
from core.cli.main import main as core_main
from core.files.weights import load_weights
from gui.__main__ import main
from gui.launch.app import Opening
from tests.core.support.idx_files import write_set

ROOT = Path(__file__).resolve().parents[3]
STAGE = """
import json
from core.experiment.presets import load_preset
from gui.launch.app import Opening
from gui.launch.headless.staged_window import Staging, staged_window
with staged_window(Opening(load_preset("xor").experiment), Staging("step")) as stage:
    stage.reach(37)
    view = stage.window.session.view
    shown = [p for p in stage.window.panels.values() if p.isVisible()]
    print(json.dumps({
        "step": view.snapshot.step,
        "evaluated": view.evaluation.step,
        "gradient": view.snapshot.gradient is not None,
        "batch": view.snapshot.batch is not None,
        "shown": [panel.view.snapshot.step for panel in shown],
    }))
"""


def run_python(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """In a process of its own: styles, fonts and colours belong to a whole process."""
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def run_gui(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return run_python("-m", "gui", *arguments, cwd=cwd)


def grey(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("L"))


def test_screenshot_has_the_size_and_theme_that_were_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    brightness = {}
    for theme in ("light", "dark"):
        path = tmp_path / f"{theme}.png"
        command = ["screenshot", "--preset", "xor", "--steps", "20", "--theme", theme]
        result = run_gui(*command, "--size", "1280x800", "--out", str(path))
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout == f"{path}\n"
        pixels = grey(path)
        assert pixels.shape == (800, 1280)
        assert len(np.unique(pixels)) > 50
        brightness[theme] = float(np.median(pixels))
    assert brightness["dark"] < 80
    assert brightness["light"] > 200
    # What the user's own window remembers is neither read nor written.
    assert not Path(os.environ["GLASSBOX_CONFIG"]).exists()
    assert list(temporary.iterdir()) == []


def test_staged_window_waits_for_the_step_its_evaluation_and_all_panels() -> None:
    result = run_python("-c", STAGE)
    assert result.returncode == 0, result.stderr
    shown = json.loads(result.stdout)
    assert shown["step"] == shown["evaluated"] == 37
    assert shown["gradient"]
    assert shown["batch"]
    assert len(shown["shown"]) == 3
    assert set(shown["shown"]) == {37}


def test_a_digit_is_drawn_on_the_pad(tmp_path: Path) -> None:
    write_set(tmp_path / "data")
    pictures = []
    for extra in ([], ["--draw", "3"]):
        path = tmp_path / f"picture{len(pictures)}.png"
        command = ["screenshot", "--preset", "mnist", "--data", str(tmp_path / "data")]
        command += ["--steps", "1", "--workspace", "digits", "--theme", "dark"]
        result = run_gui(*command, *extra, "--out", str(path))
        assert result.returncode == 0, result.stderr
        pictures.append(grey(path)[:, : 1600 // 3])
    without, drawn = ((picture > 250).sum() for picture in pictures)
    assert drawn > without + 5000


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (["--workspace", "nope", "--out", "a.png"], 2, "train, step, batch"),
        (["--out", "a.jpg"], 2, ".png"),
        (["--size", "big", "--out", "a.png"], 2, "big"),
        (["--out", "missing/a.png"], 1, "missing"),
        ([], 2, "--out"),
    ],
)
def test_an_impossible_screenshot_is_told_before_anything_is_done(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    named: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["screenshot", "--preset", "xor", *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("glassbox: error: ")
    assert err.count("\n") == 1
    assert named in err


def test_missing_data_is_an_error_and_no_picture_of_other_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.png"
    assert main(["screenshot", "--preset", "mnist", "--out", str(path)]) == 1
    assert capsys.readouterr().err.startswith("glassbox: error: MNIST is not in")
    assert not path.exists()


def test_a_start_that_fails_is_told_with_its_own_reason(tmp_path: Path) -> None:
    file, path = tmp_path / "e.toml", tmp_path / "a.png"
    file.write_text(
        '[data]\nname = "formula"\nformula = "x^200"\n'
        '[training]\nloss = "squared-error"\n[network]\noutput = "identity"\n'
    )
    arguments = ("screenshot", "--experiment", str(file), "--steps", "5")
    result = run_gui(*arguments, "--out", str(path), cwd=tmp_path)
    assert result.returncode == 1
    assert "error: data.formula: x^200 is" in result.stderr
    assert not path.exists()


def test_a_batch_larger_than_the_data_is_noted(tmp_path: Path) -> None:
    arguments = ["--steps", "2", "--set", "training.batch_size=9999"]
    path = tmp_path / "a.png"
    result = run_gui("screenshot", "--preset", "circle", *arguments, "--out", str(path))
    assert result.returncode == 0
    assert "takes all 250 training examples" in result.stderr
    assert result.stderr.count("\n") == 1


def test_without_a_display_the_window_job_runs_offscreen(tmp_path: Path) -> None:
    result = run_gui("--preset", "xor", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "no display" in result.stderr
    folder = tmp_path / "glassbox-output"
    summary, *paths = result.stdout.splitlines()
    assert "2,000 steps" in summary
    names = ["window.png", "weights.npz", "weights.safetensors"]
    assert paths == [str(folder / name) for name in names]
    assert grey(folder / "window.png").shape == (1000, 1600)
    for name in names[1:]:
        weights = load_weights(folder / name)
        assert weights.step == 2000
        assert weights.spec.layer_sizes == (2, 8, 2)


def test_nothing_slow_is_imported_before_the_window_is_shown() -> None:
    code = (
        "import sys, gui.__main__, gui.launch.app; "
        "slow = {'jax', 'scipy', 'optax', 'requests', 'pooch', 'markdown_it', 'onnx', "
        "'h5py', 'polars', 'PIL', 'msgpack', 'psutil', 'ziamath'} & set(sys.modules); "
        "sys.exit(', '.join(slow) or 0)"
    )
    result = run_python("-c", code)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.fixture
def openings(monkeypatch: pytest.MonkeyPatch) -> list[Opening]:
    """What windows would have been opened with."""
    opened: list[Opening] = []

    def run_app(opening: Opening) -> int:
        opened.append(opening)
        return 0

    monkeypatch.setattr(gui.launch.app, "run_app", run_app)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return opened


def test_the_window_trains_at_once_but_not_when_paused_or_with_opened_weights(
    tmp_path: Path, openings: list[Opening]
) -> None:
    weights = str(tmp_path / "w.npz")
    command = ["train", "--preset", "xor", "--steps", "4", "--out", weights]
    assert core_main(command) == 0
    assert main(["--preset", "xor", "--seed", "3", "--data", str(tmp_path)]) == 0
    assert main(["--preset", "xor", "--paused"]) == 0
    assert main(["--open", weights]) == 0
    assert [opening.play for opening in openings] == [True, False, False]
    assert openings[0].experiment.training.seed == 3
    assert openings[0].data_folders == (tmp_path,)
    assert openings[2].weights is not None
    assert main([]) == 0
    assert [opening.welcome for opening in openings] == [False, False, False, True]
    assert openings[2].experiment.data.name == "xor"


def test_what_is_named_alone_opens_as_what_it_is(
    tmp_path: Path, openings: list[Opening], capsys: pytest.CaptureFixture[str]
) -> None:
    table, folder = tmp_path / "t.csv", tmp_path / "digits"
    rows = (f"{k},{k % 3}.5,{'ab'[k % 2]}" for k in range(40))
    table.write_text("\n".join(["x,y,kind", *rows]))
    write_set(folder)
    assert main([str(table)]) == 0
    assert main([str(folder)]) == 0
    assert main([str(folder / "t10k-images-idx3-ubyte.gz")]) == 0
    names = [opening.experiment.data.name for opening in openings]
    assert names[0] == "file"
    assert names[1] == names[2]
    assert names[1] in ("file", "mnist")
    assert main(["nowhere.csv"]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_options_before_a_command_count_for_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--preset", "xor", "train", "--steps", "3", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["parameters"] == 42
    assert main(["--seed", "3", "presets"]) == 2
    assert "--seed cannot be used with `presets`" in capsys.readouterr().err


@pytest.mark.parametrize("workspace", ["train", "landscape"])
def test_two_runs_of_a_command_give_the_same_picture(
    tmp_path: Path, workspace: str
) -> None:
    pictures = []
    for name in ("a.png", "b.png"):
        command = ["screenshot", "--preset", "circle", "--steps", "300"]
        command += ["--size", "1280x720", "--workspace", workspace, "--out"]
        result = run_gui(*command, str(tmp_path / name))
        assert result.returncode == 0, result.stderr
        pictures.append(grey(tmp_path / name))
    np.testing.assert_array_equal(*pictures)
