"""What a scene of a lesson chooses inside panels."""

from pathlib import Path

from core.lessons.reading.lesson_file import read_lesson
from core.lessons.writing import scene_text
from gui.panels.backprop.stages import Stage
from gui.window.lessons.scene_request import scene_of
from tests.gui.support.whole_window import Glass, GlassMaker

CHOSEN = """+++
title = "Chosen"
minutes = 1

[scene]
preset = "circle"
+++

## Plane

```scene
workspace = "landscape"
plane = "weights"
```

## Rows

```scene
workspace = "batch"
rows = "unit"
step = 1
```

## Stage

```scene
workspace = "backprop"
stage = "sum 1"
```
"""


def wait_for_scene(glass: Glass) -> None:
    session = glass.window.lessons.session
    glass.wait_until(lambda: session.values is not None)


def test_a_scene_chooses_in_panels_and_is_saved_with_it(
    glass: GlassMaker, tmp_path: Path
):
    folder = tmp_path / "chosen"
    folder.mkdir()
    (folder / "lesson.md").write_text(CHOSEN, "utf-8")
    window = glass()
    session = window.window.lessons.session

    def saved() -> str:
        scene = scene_of(window.window)
        assert scene is not None
        return scene_text(scene)

    window.window.lessons.open(read_lesson(folder))
    wait_for_scene(window)
    assert window.panel("landscape").kind == "weights"
    assert 'plane = "weights"' in saved()
    session.go_to(1)
    wait_for_scene(window)
    assert window.panel("requests").chosen == "unit"
    assert 'rows = "unit"' in saved()
    session.go_to(2)
    wait_for_scene(window)
    window.wait_until(lambda: window.panel("backprop").stage == Stage("sum", 1))
    assert 'stage = "sum 1"' in saved()
