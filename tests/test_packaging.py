import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ASSETS = "glassbox/_core/bundled_assets"


def run(
    *command: str | Path, cwd: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment | variables,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = ("-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
    result = run(sys.executable, *build, ROOT, cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    (path,) = folder.glob("glassbox_nn-*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the programs of a clean environment that has the wheel."""
    folder = tmp_path_factory.mktemp("clean") / "environment"
    result = run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=ROOT.parent)
    assert result.returncode == 0, result.stderr
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    install = ("install", "--no-deps", "--no-index", wheel)
    pip = (sys.executable, "-m", "pip", "--python", programs / "python")
    result = run(*pip, *install, cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    # Dependencies come from the running environment. A .pth file inside that one is
    # not followed, so an editable install of Glassbox does not count; and pip, which
    # would uninstall it, is done by now.
    (library,) = folder.rglob("site-packages")
    paths = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (library / "dependencies.pth").write_text("\n".join(sorted(paths)) + "\n")
    return programs


def test_wheel_carries_both_packages_and_the_assets(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    presets = {path.name for path in (ROOT / "assets" / "presets").glob("*.toml")}
    assert {f"{ASSETS}/presets/{name}" for name in presets} <= names
    for folder in ("fonts", "icons"):
        bundled = {path.name for path in (ROOT / "assets" / folder).iterdir()}
        assert {f"{ASSETS}/{folder}/{name}" for name in bundled} <= names
    assert {
        "glassbox/_gui/style/tokens.toml",
        "glassbox/_gui/style/style.qss.in",
    } <= names
    assert {"glassbox/_core/cli/train.py", "glassbox/_gui/__main__.py"} <= names
    tops = {name.partition("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"glassbox"}


def test_installed_program_runs_outside_a_checkout(
    installed: Path, tmp_path: Path
) -> None:
    code = (
        "import sys, glassbox; print(glassbox.__file__); "
        "sys.exit(any(name in sys.modules for name in ('core', 'gui', 'jax')))"
    )
    result = run(installed / "python", "-c", code, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert str(installed.parent) in result.stdout
    glassbox = installed / "glassbox"
    result = run(glassbox, "doctor", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert str(installed.parent) in result.stdout
    assert str(ROOT / "assets") not in result.stdout
    train = ("train", "--preset", "xor", "--steps", "20", "--json", "-")
    result = run(glassbox, *train, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    report = json.loads(result.stdout)
    assert (report["steps"], report["parameters"]) == (20, 42)


def test_a_package_core_of_the_users_own_is_left_alone(
    installed: Path, tmp_path: Path
) -> None:
    for name in ("core", "gui"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('it is mine')\n")
    train = ("-m", "glassbox", "train", "--preset", "xor", "--steps", "5")
    result = run(installed / "python", *train, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert "5 steps" in result.stdout


def test_installed_window_draws_itself(installed: Path, tmp_path: Path) -> None:
    command = ("screenshot", "--preset", "xor", "--steps", "5", "--out", "window.png")
    result = run(
        installed / "glassbox", *command, cwd=tmp_path, QT_QPA_PLATFORM="offscreen"
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / "window.png").stat().st_size > 20_000
