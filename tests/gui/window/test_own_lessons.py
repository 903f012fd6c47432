"""Lessons of the user's own are made, opened and found in the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDesktopServices

from core.lessons.folders import own_folder
from core.lessons.writing import scene_text
from gui.window.lessons.scene_request import scene_of
from tests.gui.support.whole_window import Glass, GlassMaker

LESSON = """+++
title = "My circle"
minutes = 5
+++

## One

```scene
preset = "circle"
```

```turn
task = "Train"
until = "step >= 3"
```
"""


def written(folder: Path, text: str = LESSON, name: str = "lesson.md") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def wait_for_lesson(glass: Glass, title: str) -> None:
    session = glass.window.lessons.session
    glass.wait_until(lambda: session.lesson is not None and session.values is not None)
    assert session.lesson is not None
    assert session.lesson.title == title


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_lesson_is_opened_by_its_file_or_its_folder(
    glass: GlassMaker, tmp_path: Path, what: str
) -> None:
    window = glass()
    file = written(tmp_path / "my-circle")
    window.window.files.open(file if what == "file" else file.parent)
    wait_for_lesson(window, "My circle")


def test_a_lesson_is_opened_by_dropping_it(glass: GlassMaker, tmp_path: Path) -> None:
    window = glass()
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(written(tmp_path / "my-circle")))])
    window.window.openings.intakes.paste(dropped)
    wait_for_lesson(window, "My circle")


def test_what_is_wrong_in_it_is_told_with_file_and_line(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window = glass()
    file = written(tmp_path / "my-circle", LESSON.replace("step >= 3", "stop >= 3"))
    window.window.files.open(file)
    window.wait_until(lambda: "lesson.md:14: " in window.says)
    assert "unknown value 'stop'" in window.says
    assert window.window.lessons.session.lesson is None


def test_a_saved_scene_opens_as_a_lesson(glass: GlassMaker, tmp_path: Path) -> None:
    window = glass("circle")
    window.show_workspace("playground")
    window.session.take_steps(4)
    window.rest_at(4)
    scene = scene_of(window.window)
    assert scene is not None
    file = written(tmp_path, scene_text(scene), "scene.md")
    window.window.files.open(file)
    wait_for_lesson(window, "My lesson")
    assert window.step == 4
    assert window.session.experiment.data.name == "circle"


def test_the_list_says_where_own_lessons_are_and_shows_that_folder(
    glass: GlassMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = glass()
    window.window.lessons.toggle()
    panel = window.window.lessons.panel
    assert panel is not None
    folder = own_folder()
    assert folder is not None
    asked: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url)
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    panel.list.open_folder.click()
    assert [Path(url.toLocalFile()) for url in asked] == [folder]
    assert folder.is_dir()
    assert str(folder) in window.says
