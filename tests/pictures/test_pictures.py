"""The pictures of the documents show the window as it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.pictures.comparing import difference
from tests.pictures.scenes import THEMES, one_theme_each, scenes

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"


@pytest.mark.pictures
@pytest.mark.timeout(600)
def test_each_workspace_looks_as_in_the_documents(tmp_path: Path) -> None:
    # In a process of its own: styles and fonts belong to a whole process.
    command = [sys.executable, "-m", "tests.pictures", "--half", "--still"]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    subprocess.run([*command, "--out", tmp_path], env=environment, cwd=ROOT, check=True)
    made = sorted(tmp_path.iterdir())
    assert len(made) == len(scenes())
    found = [difference(FOLDER / new.name, new) for new in made]
    hint = "Look at them; then: python -m tests.pictures"
    assert not any(found), "\n".join([*filter(None, found), hint])


def test_there_is_a_picture_of_each_workspace_in_each_theme_and_no_other() -> None:
    names = {scene.file_name(theme) for scene in scenes() for theme in THEMES}
    assert {path.name for path in FOLDER.iterdir()} == names | {"learning.webp"}
    assert {theme for themes in one_theme_each().values() for theme in themes} == {
        *THEMES
    }
    assert (FOLDER / "learning.webp").stat().st_size < 3_000_000


def test_a_panel_that_is_missing_or_has_moved_is_told(tmp_path: Path) -> None:
    old = FOLDER / "train-dark.webp"
    with Image.open(old) as picture:
        whole = picture.convert("RGB")
    same, moved, without = (tmp_path / f"{name}.png" for name in "abc")
    # As of another machine: one level, and a line that is a pixel further.
    whole.point(lambda level: min(level + 1, 255)).save(same)
    assert difference(old, same) == ""
    whole.rotate(0, translate=(40, 0)).save(moved)
    assert "differ clearly" in difference(old, moved)
    ImageDraw.Draw(whole).rectangle((980, 60, 1270, 480), fill=(14, 16, 20))
    whole.save(without)
    assert "differ clearly" in difference(old, without)
