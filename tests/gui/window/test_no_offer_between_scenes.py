"""While a scene is set no panel offers other data: it is not of the step any more."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from core.lessons.reading.lesson_file import read_lesson
from gui.widgets.empty_state import EmptyState
from tests.gui.support.whole_window import GlassMaker

LESSON = """+++
title = "From points to pictures"
minutes = 1
+++

## Points

```scene
preset = "circle"
workspace = "playground"
panels = ["network", "plane"]
```

## Pictures

```scene
preset = "digits"
workspace = "digits"
panels = ["draw", "network"]
step = 40
```

## Points again

```scene
preset = "circle"
workspace = "playground"
panels = ["network", "plane"]
step = 40
```
"""


class Painted(QObject):
    """Counts how often a panel that has nothing to show has been painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_paint = event.type() == QEvent.Type.Paint
        if is_paint and isinstance(watched, EmptyState) and watched.isVisible():
            self.count += 1
        return False


def test_no_panel_offers_other_data_between_two_scenes(
    glass: GlassMaker, tmp_path: Path
) -> None:
    folder = tmp_path / "between"
    folder.mkdir()
    (folder / "lesson.md").write_text(LESSON, encoding="utf-8")
    window = glass("circle")
    window.wait_for_run()
    session = window.window.lessons.session
    window.window.lessons.open(read_lesson(folder))
    window.wait_until(lambda: session.values is not None)
    painted = Painted()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(painted)
    try:
        for place, name in ((1, "digits"), (2, "circle")):
            session.go_to(place)
            window.wait_until(lambda: session.values is not None)
            assert window.session.experiment.data.name == name
            window.layout_at_rest()
    finally:
        app.removeEventFilter(painted)
    assert painted.count == 0
    assert window.panel("plane").isVisible()
    assert window.panel("plane").view is window.session.view
