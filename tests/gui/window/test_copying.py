"""Copying in the window: what is selected, what has the focus, where one points."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolBar, QWidget

from core.lessons.library import lesson_of
from core.values.parameter import Parameter, Unit
from gui.style.number_format import loss_text
from gui.window.palette.number_entries import number_entries
from tests.gui.support.whole_window import GlassMaker

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_what_is_selected_is_copied_with_all_its_digits(glass: GlassMaker) -> None:
    window = glass()
    window.session.select(Unit(1, 2))
    window.press(Qt.Key.Key_C, CONTROL)
    rows = [line.split("\t") for line in QApplication.clipboard().text().splitlines()]
    assert rows[0] == ["", "hidden 1 · unit 2"]
    numbers = {name: np.float32(value) for name, value in rows[1:]}
    trace, params = window.view.trace, window.view.params
    assert numbers["z⁽¹⁾₂"] == trace.pre_activations[0][2]
    assert numbers["a⁽¹⁾₂"] == trace.activations[0][2]
    assert numbers["b⁽¹⁾₂"] == params[0][1][2]
    window.session.select(Parameter(1, 2, 0))
    window.press(Qt.Key.Key_C, CONTROL)
    assert "w⁽¹⁾₂,₀\t" in QApplication.clipboard().text()
    assert "Copied: the numbers of hidden 1" in window.says


def test_the_table_with_the_focus_gives_its_selected_rows(glass: GlassMaker) -> None:
    window = glass(workspace="step")
    window.wait_until(lambda: window.view.snapshot.gradient is not None)
    table = window.panel("nudges").table
    window.wait_until(lambda: table.model().rowCount() > 0)
    window.focus(table)
    table.selectRow(1)
    window.press(Qt.Key.Key_C, CONTROL)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["parameter", "value", "nudge", "change"]
    assert len(lines) == 2


def test_a_panel_offers_what_is_under_the_mouse_and_its_picture(
    glass: GlassMaker,
) -> None:
    window = glass()
    panel, menu = window.panel("weight_images"), QMenu(window.window)
    atlas = panel.atlas
    middle = atlas.viewport().mapToGlobal(atlas.viewport().rect().center())
    actions = window.window.copier.actions_at(panel, middle, menu)
    texts = [action.text() for action in actions]
    assert texts[-1] == "Copy picture of the panel"
    size = panel.size()  # the message that follows takes some of it
    actions[-1].trigger()
    assert QApplication.clipboard().image().size() == size


def test_nothing_to_copy_is_said(glass: GlassMaker) -> None:
    window = glass()
    window.press(Qt.Key.Key_C, CONTROL)
    assert "nothing to copy here" in window.says


def test_a_figure_of_the_player_is_copied_with_all_its_digits(
    glass: GlassMaker,
) -> None:
    window = glass()
    window.wait_until(lambda: window.view.evaluation is not None)
    action = menu_over(window.window.player_bar, window.window.player.figures.loss)
    loss = window.view.evaluation.test_loss
    assert action.text() == f"Copy test loss {loss_text(loss)}"
    action.trigger()
    assert np.float32(QApplication.clipboard().text()) == np.float32(loss)


def test_a_text_of_a_lesson_is_copied_without_its_marks(glass: GlassMaker) -> None:
    window = glass()
    lessons = window.window.lessons
    lessons.open(lesson_of("one-unit"))
    panel = lessons.panel
    assert panel is not None
    window.wait_until(lambda: "0.3500" in panel.page.text.text())
    bar = panel.parentWidget()
    while not isinstance(bar, QToolBar):
        bar = bar.parentWidget()
    menu_over(bar, panel.page.text).trigger()
    text = QApplication.clipboard().text()
    assert "its inputs are 0.50 and 0.51" in text
    assert "<" not in text


def menu_over(bar: QWidget, widget: QWidget) -> QAction:
    """The first thing that the menu of a bar offers over a widget in it."""
    at = widget.mapToGlobal(widget.rect().center())
    place, reason = bar.mapFromGlobal(at), QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(bar, QContextMenuEvent(reason, place, at))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = menu.actions()[0]
    menu.close()
    return action


def test_the_palette_copies_the_figures_of_the_run(glass: GlassMaker) -> None:
    window = glass()
    window.wait_until(lambda: window.view.evaluation is not None)
    entries = {entry.title: entry for entry in number_entries(window.session)}
    copied = entries["Copy test accuracy"].run
    assert copied is not None
    copied()
    share = np.float32(window.view.evaluation.test_accuracy)
    assert np.float32(QApplication.clipboard().text()) == share
