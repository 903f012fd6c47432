"""A lesson and what is the user's own, which waits and comes back as it was."""

from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from core.data.file import understand, usual_experiment
from core.lessons.reading.lesson_file import read_lesson
from gui.panels.drawing.draw_panel import DrawPanel
from gui.panels.lesson.lesson_list import LessonRow
from tests.gui.panels.drawing.test_draw_panel import draw_one
from tests.gui.support.whole_window import Glass, GlassMaker
from tests.gui.window.test_lessons import open_lesson

LESSON = """+++
title = "A pad"
minutes = 1
+++

## Draw

```scene
preset = "digits"
workspace = "digits"
panels = ["draw", "network"]
step = 2
```
"""


def opened(glass: Glass, folder: Path) -> None:
    folder.mkdir()
    (folder / "lesson.md").write_text(LESSON, encoding="utf-8")
    open_lesson(glass, read_lesson(folder))


def drawn_on(glass: GlassMaker) -> tuple[Glass, DrawPanel]:
    """A window with a drawing on its pad."""
    window = glass("digits")
    window.show_workspace("digits")
    pad = window.panel("draw")
    assert isinstance(pad, DrawPanel)
    draw_one(pad)
    return window, pad


def test_a_run_at_rest_stays_there_though_the_lesson_played(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window = glass("digits")
    window.session.take_steps(3)
    window.rest_at(3)
    own = window.run_id
    opened(window, tmp_path / "pad")
    window.session.play()
    window.wait_until(lambda: window.step > 4)
    window.window.lessons.close()
    window.wait_until(lambda: window.run_id == own)
    window.layout_at_rest()
    assert not window.session.playing
    assert window.step == 3


def test_the_own_drawing_comes_back_with_what_is_read_in_it(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window, pad = drawn_on(glass)
    window.wait_until(lambda: window.view.example.origin == "drawing")
    window.wait_until(lambda: pad.reading.values is not None and not pad._waiting)
    window.wait_until(lambda: not pad._frame.isActive())
    pixels, own, said = pad.pad.pixels.copy(), window.run_id, pad.reading.parts
    opened(window, tmp_path / "pad")
    window.wait_until(lambda: window.view.example.origin == "drawing")
    assert pad.pad.is_empty
    assert not window.view.example.inputs.any()
    draw_one(pad, 0.7)
    window.wait_until(lambda: window.view.example.inputs.any())
    window.window.lessons.close()
    window.wait_until(lambda: window.run_id == own)
    QApplication.processEvents()
    assert (pad.pad.pixels == pixels).all()
    window.wait_until(lambda: pad.reading.values is not None)
    assert pad.reading.parts == said
    assert window.view.example.inputs.any()


def pictures(folder: Path) -> Path:
    """Of 16 by 16 pixels, in a folder for each of two classes."""
    for name in ("bars", "discs"):
        (folder / name).mkdir(parents=True)
        for k in range(8):
            shade = 20 * k + (5 if name == "bars" else 15)
            Image.new("L", (16, 16), shade).save(folder / name / f"{k}.png")
    return folder


def test_a_drawing_for_images_of_another_size_waits_for_them(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window, pad = drawn_on(glass)
    window.wait_until(lambda: pad.reading.values is not None)
    digit, digits = pad.pad.pixels.copy(), window.run_id
    found = understand(usual_experiment(pictures(tmp_path / "pictures")))
    window.session.start(found.experiment, play=False)
    window.wait_until(lambda: window.run_id > digits and pad.pad.is_empty)
    own = window.run_id
    draw_one(pad, 0.6)
    window.wait_until(lambda: pad.reading.values is not None)
    window.wait_until(lambda: not pad._frame.isActive())
    drawn, said = pad.pad.pixels.copy(), pad.reading.parts

    opened(window, tmp_path / "pad")
    window.window.lessons.close()
    window.wait_until(lambda: window.run_id == own)
    window.wait_until(lambda: pad.reading.values is not None)
    assert (pad.pad.pixels == drawn).all()
    assert pad.reading.parts == said

    window.session.document.undo_stack.undo()
    window.wait_until(lambda: window.run_id == digits)
    window.wait_until(lambda: pad.pad.pixels.shape == digit.shape)
    assert (pad.pad.pixels == digit).all()


def test_the_list_of_lessons_is_walked_by_its_keys(glass: GlassMaker) -> None:
    window = glass()
    window.press(Qt.Key.Key_F2)
    window.wait_until(lambda: isinstance(QApplication.focusWidget(), LessonRow))
    first = QApplication.focusWidget()
    window.press(Qt.Key.Key_Down)
    second = QApplication.focusWidget()
    assert isinstance(second, LessonRow)
    assert second is not first
    window.press(Qt.Key.Key_Return)
    lessons = window.window.lessons.session
    window.wait_until(lambda: lessons.lesson is not None)
    assert lessons.lesson is not None
    assert lessons.lesson.title == second.entry.title
