"""A layout is as it was once its room is as it was, whatever came in between."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.window.dock_lengths import Lengths
from tests.gui.support.whole_window import Glass, GlassMaker

Places = dict[str, tuple[int, int, int, int]]
LARGE = QSize(1280, 800)
SMALL = QSize(700, 500)


def settle() -> None:
    for _ in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def places(glass: Glass) -> Places:
    settle()
    docks = glass.window.docks.items()
    return {
        key: dock.geometry().getRect()  # type: ignore[misc]
        for key, dock in docks
        if dock.isVisible()
    }


def detours(glass: Glass) -> dict[str, Callable[[], None]]:
    """What takes room from the docks, and gives it back."""
    window = glass.window

    def be(*sizes: QSize) -> None:
        for size in sizes:
            window.resize(size)
            settle()

    def press_twice(key: Qt.Key) -> None:
        for _ in range(2):
            glass.press(key)
            settle()
        be(LARGE)

    def have_a_lesson() -> None:
        window.lessons.toggle()
        window.layouts.show_scene("train", ["network", "curves"])
        settle()
        window.layouts.end_scenes("train")
        window.lessons.toggle()
        settle()

    def come_back_in_a_small_window() -> None:
        glass.show_workspace("step")
        be(SMALL)
        glass.show_workspace("train")
        be(LARGE)

    def fill() -> None:
        window.layouts.fill("network")
        be(SMALL)
        window.layouts.fill("network")
        be(LARGE)

    return {
        "small": lambda: be(SMALL, LARGE),
        "large, small": lambda: be(QSize(1600, 1000), SMALL, QSize(1000, 700), LARGE),
        "lecture mode": lambda: press_twice(Qt.Key.Key_F9),
        "full screen": lambda: press_twice(Qt.Key.Key_F11),
        "lesson": have_a_lesson,
        "another workspace": come_back_in_a_small_window,
        "filled": fill,
    }


def drag(glass: Glass, by: QPoint, of: str) -> None:
    """Take the line at the right of a panel to another place."""
    window, dock = glass.window, glass.window.docks[of]
    line = QPoint(dock.geometry().right() + 1, dock.geometry().center().y())
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(window, left, pos=line)
    for part in (1, 2):
        QTest.mouseMove(window, line + by * part / 2)
        settle()
    QTest.mouseRelease(window, left, pos=line + by)
    settle()


def test_the_layout_of_a_workspace_comes_back_with_its_room(glass: GlassMaker) -> None:
    window = glass("digits", size=LARGE.toTuple())
    before = places(window)
    for name, go in detours(window).items():
        go()
        assert places(window) == before, name


def need(glass: Glass, more: int, of: str) -> None:
    """A panel needs more width for a moment, as a longer text makes it."""
    panel = glass.window.docks[of].widget()
    least = panel.minimumWidth()
    panel.setMinimumWidth(panel.width() + more)
    settle()
    panel.setMinimumWidth(least)
    settle()


def test_what_a_panel_needed_for_a_moment_is_given_back(glass: GlassMaker) -> None:
    window = glass("digits", size=LARGE.toTuple())
    for by in (0, 40):
        if by:
            drag(window, QPoint(by, 0), of="experiment")
        before = places(window)
        need(window, 30, of="experiment")
        assert places(window) == before


def test_what_the_user_has_dragged_comes_back_with_its_room(glass: GlassMaker) -> None:
    window = glass("digits", size=LARGE.toTuple())
    own = places(window)
    drag(window, QPoint(60, 0), of="experiment")
    before = places(window)
    assert before["experiment"][2] == own["experiment"][2] + 60
    for name, go in detours(window).items():
        go()
        assert places(window) == before, name
    window.window.resize(SMALL)
    settle()
    glass.close(window)
    again = glass("digits")
    again.window.resize(LARGE)
    assert places(again) == before
    again.window.actions_by_key["restore_layout"].trigger()
    assert places(again) == own


def test_a_panel_that_was_closed_in_a_small_window_stays_closed(
    glass: GlassMaker,
) -> None:
    window = glass("digits", size=LARGE.toTuple())
    before = places(window)
    window.window.resize(1000, 640)
    settle()
    window.window.docks["curves"].close()
    window.window.resize(LARGE)
    after = places(window)
    assert set(after) == set(before) - {"curves"}
    assert after["experiment"][2] == before["experiment"][2]


def test_lengths_that_cannot_be_read_are_none() -> None:
    lengths = Lengths((640, 480), {"network": (320, 240)})
    assert Lengths.read(lengths.written()) == lengths
    for text in ("", "own", "[]", "[1, 2]", '[[1, 2], {"a": 1}]', "[[1, 2], [3]]"):
        assert Lengths.read(text) is None
