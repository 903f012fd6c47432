"""What a scene of a lesson chooses inside panels."""

from pathlib import Path

from core.experiment.presets import load_preset
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


PLAIN = """+++
title = "Plain"
minutes = 1

[scene]
preset = "circle"
workspace = "train"
panels = ["network", "curves"]
+++

## One

```scene
step = 3
```

## Two

```scene
set = { "training.learning_rate" = 0.01 }
```
"""


def test_a_scene_inherits_neither_a_picture_nor_a_previous_run(
    glass: GlassMaker, tmp_path: Path
):
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "lesson.md").write_text(PLAIN, "utf-8")
    window = glass("circle")
    session = window.window.lessons.session
    network, curves = window.panel("network"), window.panel("curves")
    network.quantity = "signal"
    window.session.take_steps(5)
    window.rest_at(5)
    own = window.run_id

    def is_without_previous(run_id: int) -> bool:
        run = curves._run
        is_drawn = run is not None and run.run_id == run_id
        return is_drawn and curves._before is None

    window.window.lessons.open(read_lesson(folder))
    wait_for_scene(window)
    assert network.quantity == "weights"
    window.wait_until(lambda: is_without_previous(window.run_id))
    network.quantity = "nudges"
    session.go_to(1)
    wait_for_scene(window)
    assert network.quantity == "weights"
    window.wait_until(lambda: is_without_previous(window.run_id))
    # What the reader begins anew there follows that run.
    scene = window.run_id
    window.session.use_seed(5)
    window.wait_for_run(after=scene)
    window.wait_until(lambda: curves._before is not None)
    session.close()
    window.wait_until(lambda: window.run_id == own)
    window.wait_until(lambda: is_without_previous(own))
    assert network.quantity == "signal"


def test_a_preset_begins_with_the_picture_of_its_workspace(glass: GlassMaker):
    window = glass("circle")
    # This one leads to the workspace that is shown.
    preset = load_preset("chain")
    assert preset.lead.workspace == "backprop"
    window.show_workspace("backprop")
    window.panel("network").quantity = "weights"
    window.session.document.choose_preset("chain", preset.experiment)
    assert window.panel("network").quantity == "signal"
