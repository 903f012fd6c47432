import gc
import logging

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRectF
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.accessible.factory import _KEPT, describe_pictures
from gui.widgets.accessible.interfaces import PictureInterface
from gui.widgets.accessible.parts import LazyParts, Part, Role
from tests.gui.support.accessibility_tree import Told, told


class Picture(QWidget):
    """A few rows, each of which has as many cells as all of them."""

    def __init__(self) -> None:
        super().__init__()
        describe_pictures()
        self.count = 3
        self.asked = 0
        self.broken = False
        self.current: tuple[int, ...] = ()

    def described(self) -> Part:
        self.asked += 1
        if self.broken:
            raise ValueError("no")
        rows = LazyParts(self.count, self.row)
        return Part("picture", "all of it", Role.Table, None, rows, self.current)

    def row(self, place: int) -> Part:
        box = QRectF(0, 10 * place, 50, 10)
        cells = LazyParts(self.count, lambda k: Part(f"cell {k}", str(place * k)))
        return Part(f"row {place}", "", Role.Row, box, cells)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.drawLine(0, 0, 9, 9)


@pytest.fixture
def picture(qtbot: QtBot) -> Picture:
    picture = Picture()
    qtbot.addWidget(picture)
    picture.resize(60, 60)
    return picture


def test_a_picture_tells_its_parts_and_theirs(picture: Picture) -> None:
    top = told(picture)
    assert (top.name, top.value, top.role) == ("picture", "all of it", Role.Table)
    assert [row.name for row in top.children()] == ["row 0", "row 1", "row 2"]
    cell = top.children()[2].children()[1]
    assert (cell.name, cell.value) == ("cell 1, 2", "2")
    assert cell.interface.parent() is top.children()[2].interface
    assert top.interface.indexOfChild(top.children()[2].interface) == 2
    assert cell.interface.parent().parent() is top.interface


def test_nothing_is_asked_of_a_picture_by_painting_it(picture: Picture) -> None:
    picture.show()
    picture.count = 4
    picture.repaint()
    picture.grab()
    assert picture.asked == 0


def test_a_part_that_is_gone_is_not_valid_and_says_nothing(picture: Picture) -> None:
    top = told(picture)
    last = top.children()[2]
    cell = last.children()[2]
    picture.count = 2
    assert not last.interface.isValid()
    assert not cell.interface.isValid()
    assert (last.name, last.children()) == ("", [])
    assert last.interface.state().invalid
    assert [row.name for row in top.children()] == ["row 0", "row 1"]
    picture.count = 3
    assert last.interface.isValid()
    assert last.name == "row 2"


def test_a_part_stands_where_it_is_painted(picture: Picture) -> None:
    top = told(picture)
    row = top.children()[1]
    corner = picture.mapFromGlobal(row.rect.topLeft())
    assert (corner.x(), corner.y()) == (0, 10)
    assert row.rect.size().toTuple() == (50, 10)
    # What has no place of its own stands where it belongs.
    assert row.children()[0].rect == row.rect
    middle = row.rect.center()
    assert top.interface.childAt(middle.x(), middle.y()) is row.interface


def test_the_part_that_the_keys_have_reached_is_selected(picture: Picture) -> None:
    picture.current = (1,)
    rows = told(picture).children()
    assert [bool(row.interface.state().selected) for row in rows] == [0, 1, 0]


def test_widgets_in_a_picture_come_after_its_parts(picture: Picture) -> None:
    button = QPushButton("press", picture)
    picture.show()
    top = told(picture)
    last = top.children()[-1]
    assert last.name == "press"
    assert top.interface.indexOfChild(last.interface) == 3
    assert QAccessible.queryAccessibleInterface(button).parent() is top.interface


def test_a_failing_description_is_logged_and_raises_nothing(
    picture: Picture, caplog: pytest.LogCaptureFixture
) -> None:
    row = told(picture).children()[1]
    picture.broken = True
    with caplog.at_level(logging.ERROR):
        assert told(picture).children() == []
        assert row.name == ""
        assert not row.interface.isValid()
        row.interface.rect()
        row.interface.state()
        told(picture).interface.childAt(1, 1)
    assert caplog.records
    assert all("described" in record.message for record in caplog.records)


def test_interfaces_end_with_their_picture(qtbot: QtBot) -> None:
    picture = Picture()
    top = told(picture)
    interface = top.interface
    assert isinstance(interface, PictureInterface)
    rows = [row.interface for row in top.children()]
    ids = [QAccessible.uniqueId(row) for row in rows]
    assert interface in _KEPT.values()
    picture.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert interface not in _KEPT.values()
    assert all(QAccessible.accessibleInterface(part_id) is None for part_id in ids)


def test_the_same_part_is_the_same_interface(picture: Picture) -> None:
    top = told(picture)
    assert top.children()[0].interface is top.children()[0].interface
    gc.collect()
    assert Told(top.interface.child(0)).name == "row 0"
