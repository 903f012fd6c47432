"""Every text of a real window in a language, to find those that nobody marked.

Run as `python -m tests.translations.window_walk [LANGUAGE]`: prints one JSON list of
texts that hold plain letters. In a process of its own, since a language is spoken from
the first import on. Every workspace is painted with all that its panels wait for: an
exception in that, as of a translated text that is taken for a key, ends the walk.
"""

import json
import os
import sys
import traceback
from collections.abc import Iterator
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from gui.style.language.pseudo import LONGER
from gui.style.language.spoken import speak_language
from tests.translations.plain_words import plain_words

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QGraphicsView, QWidget

    from gui.launch.headless.staged_window import StagedWindow
    from gui.panels.base import Panel
    from gui.widgets.accessible.parts import Part
    from gui.window.main_window import MainWindow

MOST_PARTS = 3
"""Of each picture's parts: the others are of the same kind."""
PRESETS: Final = ("xor", "digits")
"""Of points and of images."""
OPENING: Final = (
    "settings",
    "shortcuts",
    "glossary",
    "worksheet",
    "messages",
    "about",
    "save_picture",
    "save_film",
)
"""Actions that open a dialog of ours."""
SEARCHED: Final = ("", "panel", "lesson", "on", "hidden 1", "step 2", "preset")
"""What is typed into the palette."""
MOST_ROWS: Final = 4
OPTIMISED: Final = {"training.optimizer": "adamw", "training.l2": 1e-4}
"""States and a penalty have columns, formulas and texts of their own."""


def main(language: str) -> None:
    """Walk through all workspaces and dialogs."""
    speak_language(language)
    import core.runner.loop  # noqa: F401, two threads must not parse at once
    from core.experiment.presets import load_preset
    from gui.launch.app import Opening
    from gui.launch.headless.staged_window import Staging, staged_window
    from gui.window.workspaces import WORKSPACES

    texts: set[str] = set()
    plain_ones = [load_preset(preset).experiment for preset in PRESETS]
    experiments = [*plain_ones, plain_ones[0].with_values(OPTIMISED)]
    for place, experiment in enumerate(experiments):
        with staged_window(Opening(experiment), Staging()) as stage:
            errors = _raised_from_now_on()
            for step, workspace in enumerate(WORKSPACES, start=3):
                stage.window.show_workspace(workspace.key)
                stage.reach(step)
                stage.wait_until(partial(_is_painted, stage))
                texts |= set(_texts_of(stage.window))
                if place == 0:
                    texts |= set(_texts_of_menus(stage.window))
            if place == 0:
                texts |= set(_texts_of_dialogs(stage.window))
                texts |= set(_texts_of_sheets(stage.window))
        if errors:
            sys.exit("\n".join(errors))
    plain = sorted(text for text in texts if plain_words(text))
    sys.stdout.write(json.dumps(plain))


def _raised_from_now_on() -> list[str]:
    """What handlers and painting raise: Qt goes on after it, a program would not."""
    errors: list[str] = []

    def note(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        errors.append("".join(traceback.format_exception(kind, error, trace)))

    sys.excepthook = note
    return errors


def _is_painted(stage: "StagedWindow") -> bool:
    """Whether every panel was painted with what it had to wait for."""
    panels = [panel for panel in stage.window.panels.values() if panel.isVisible()]
    if any(map(_is_working, panels)) or not all(panel.is_ready for panel in panels):
        return False
    stage.picture()
    return True


def _is_working(panel: "Panel") -> bool:
    from gui.session.jobs import JobSlot

    slots = (value for value in vars(panel).values() if isinstance(value, JobSlot))
    return any(slot.is_busy for slot in slots)


def _settle() -> None:
    from PySide6.QtWidgets import QApplication

    for _ in range(6):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def _texts_of_dialogs(window: "MainWindow") -> Iterator[str]:
    from PySide6.QtWidgets import QDialog

    for key in OPENING:
        window.actions_by_key[key].trigger()
        _settle()
        opened = [one for one in window.findChildren(QDialog) if one.isVisible()]
        if not opened:
            message = f"{key} opens no dialog"
            raise AssertionError(message)
        for dialog in opened:
            yield from _texts_of(dialog)
            dialog.close()
        _settle()


def _texts_of_sheets(window: "MainWindow") -> Iterator[str]:
    """What lies over the window: the palette, and the sheet of the first start."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    window.actions_by_key["find"].trigger()
    _settle()
    for text in SEARCHED:
        line = QApplication.focusWidget() or window
        QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(line, Qt.Key.Key_Delete)
        QTest.keyClicks(line, text)
        _settle()
        # Painted, a title is cut where it was hit.
        yield from _texts_of(window, painted=not text)
    window.actions_by_key["find"].trigger()
    window.actions_by_key["welcome"].trigger()
    _settle()
    yield from _texts_of(window)


def _texts_of_menus(window: "MainWindow") -> Iterator[str]:
    """The context menus in sight: of one widget of each kind in each panel."""
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QContextMenuEvent
    from PySide6.QtWidgets import (
        QAbstractSpinBox,
        QApplication,
        QLineEdit,
        QTextEdit,
        QWidget,
    )
    from shiboken6 import isValid

    fields = (QAbstractSpinBox, QLineEdit, QTextEdit)
    for panel in window.panels.values():
        inner = [one for one in panel.findChildren(QWidget) if isValid(one)]
        # Those of fields are Qt's own, and wait until they are closed.
        inner = [one for one in inner if not isinstance(one, fields)]
        kinds = {type(one): one for one in inner if one.isVisible()}
        for widget in filter(isValid, kinds.values()):
            middle = widget.rect().center()
            for at in {middle, QPoint(middle.x(), 6)}:
                place = widget.mapToGlobal(at)
                reason = QContextMenuEvent.Reason.Mouse
                asked = QContextMenuEvent(reason, at, place)
                QApplication.sendEvent(widget, asked)
                menu = QApplication.activePopupWidget()
                if menu is not None:
                    yield from (action.text() for action in menu.actions())
                    menu.close()
    _settle()


def _texts_of(root: "QWidget", *, painted: bool = True) -> Iterator[str]:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from tests.gui.support.painted_texts import painted_texts

    if painted:
        yield from (one.text for one in painted_texts(root))
    for widget in [root, *root.findChildren(QWidget)]:
        yield from _texts_of_widget(widget)
    for action in root.findChildren(QAction):
        yield from (action.text(), action.toolTip(), action.statusTip())


def _texts_of_widget(widget: "QWidget") -> Iterator[str]:
    from PySide6.QtWidgets import (
        QAbstractButton,
        QComboBox,
        QGraphicsView,
        QLabel,
        QLineEdit,
        QTabBar,
        QTableView,
        QTreeView,
    )

    from gui.widgets.accessible.parts import Described

    yield from (widget.toolTip(), widget.accessibleName(), widget.statusTip())
    yield from (widget.accessibleDescription(), widget.windowTitle())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(k) for k in range(widget.count()))
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(k) for k in range(widget.count()))
        yield from (widget.tabToolTip(k) for k in range(widget.count()))
    elif isinstance(widget, QTableView | QTreeView) and widget.model() is not None:
        yield from _headers_of(widget.model())
        yield from _cells_of(widget.model())
    elif isinstance(widget, QGraphicsView):
        yield from _texts_of_items(widget)
    if isinstance(widget, Described):
        yield from _texts_of_part(widget.described(), 0)


def _headers_of(model: "QAbstractItemModel") -> Iterator[str]:
    from PySide6.QtCore import QModelIndex, Qt

    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
    for column in range(min(model.columnCount(QModelIndex()), 40)):
        for role in roles:
            text = model.headerData(column, Qt.Orientation.Horizontal, role)
            if isinstance(text, str):
                yield text


def _cells_of(model: "QAbstractItemModel") -> Iterator[str]:
    from PySide6.QtCore import QModelIndex, Qt

    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
    for row in range(min(model.rowCount(QModelIndex()), MOST_ROWS)):
        for column in range(min(model.columnCount(QModelIndex()), 40)):
            for role in roles:
                text = model.index(row, column).data(role)
                if isinstance(text, str):
                    yield text


def _texts_of_items(view: "QGraphicsView") -> Iterator[str]:
    """What plots hold as items, also those that wait to be shown."""
    from PySide6.QtWidgets import QGraphicsSimpleTextItem, QGraphicsTextItem

    for item in view.items() if view.scene() is None else view.scene().items():
        if isinstance(item, QGraphicsTextItem):
            yield item.toPlainText()
        elif isinstance(item, QGraphicsSimpleTextItem):
            yield item.text()


def _texts_of_part(part: "Part", depth: int) -> Iterator[str]:
    yield from (part.name, part.value)
    if depth < 4:
        for child in list(part.parts[:MOST_PARTS]):
            yield from _texts_of_part(child, depth + 1)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else LONGER)
