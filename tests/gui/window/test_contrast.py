"""Text is at least 4.5 to 1 on what it stands on, measured on rendered pixels."""

from typing import Final

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLabel,
    QTextEdit,
    QWidget,
)

from core.lessons.library import lesson_of
from gui.widgets.accessible.parts import Described
from gui.window.first_start.sheet import FirstSheet
from gui.window.lessons.lesson_bar import LessonBar
from gui.window.settings_dialog.map_sample import MapSample
from gui.window.workspaces import WORKSPACES
from tests.gui.support.contrast import (
    box_in,
    contrast_in,
    cut,
    rendered,
)
from tests.gui.support.painted_texts import noted_texts
from tests.gui.support.whole_window import GlassMaker
from tests.translations.window_walk import OPENING

LEAST: Final = 4.5
PAINTING: Final = (Described, MapSample, QAbstractItemView)
MEASURED: Final = 4.3
"""What 4.5 comes to where antialiasing leaves no pixel of pure ink."""


def widgets_of(root: QWidget, kind: type) -> list[QWidget]:
    found = root.findChildren(kind)
    return [w for w in found if w.isVisible() and w.isEnabled()]


def labels_below(root: QWidget, least: float) -> set[str]:
    """Labels and buttons with too little contrast."""
    whole = rendered(root)
    faults = set()
    for widget in widgets_of(root, QLabel) + widgets_of(root, QAbstractButton):
        text = widget.text()  # type: ignore[attr-defined]
        seen = widget.visibleRegion().boundingRect()
        if (
            not text.strip()
            or seen.size() != widget.size()
            or isinstance(widget, Described)
        ):
            continue
        part = cut(whole, box_in(widget, root))
        contrast = contrast_in(part) if part.size else 0.0
        if contrast < least:
            faults.add(f"{type(widget).__name__} {text[:30]!r} {contrast:.2f}")
    return faults


def blocks_below(root: QWidget, least: float) -> tuple[set[str], int]:
    """Paragraphs of rich text with too little contrast, and how many there are."""
    faults, measured = set(), 0
    for widget in widgets_of(root, QTextEdit):
        assert isinstance(widget, QTextEdit)
        view = widget.viewport()
        pixels = rendered(view)
        block = widget.document().begin()
        while block.isValid():
            box = widget.document().documentLayout().blockBoundingRect(block)
            box.translate(0, -widget.verticalScrollBar().value())
            part = cut(pixels, box & QRectF(view.rect()))
            if block.text().strip() and view.rect().contains(box.toAlignedRect()):
                measured += 1
                if contrast_in(part) < least:
                    faults.add(f"{block.text()[:30]!r} {contrast_in(part):.2f}")
            block = block.next()
    return faults, measured


def painted_below(root: QWidget, least: float) -> tuple[set[str], int]:
    """Painted texts with too little contrast, and how many there are."""
    faults, measured = set(), 0
    whole = rendered(root)
    for widget in [root, *widgets_of(root, QWidget)]:
        if not isinstance(widget, PAINTING) or isinstance(widget, QLabel):
            continue
        shown = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        with noted_texts() as texts:
            pixels = rendered(shown)
        for drawn in texts:
            if not drawn.text.strip():
                continue
            if isinstance(widget, QAbstractItemView):
                # Its ground may be that of what it stands on.
                place = box_in(shown, root)
                box = drawn.place.translated(place.topLeft())
                if not place.contains(box):
                    continue
                part = cut(whole, box)
            else:
                part = cut(pixels, drawn.place)
            if part.size == 0:
                continue
            measured += 1
            contrast = contrast_in(part)
            if contrast < least:
                kind = type(widget).__name__
                faults.add(f"{kind} {drawn.text[:30]!r} {contrast:.2f}")
    return faults, measured


@pytest.mark.parametrize("colours", ["dark", "light"])
def test_every_text_can_be_read_on_its_ground(glass: GlassMaker, colours: str) -> None:
    window = glass("digits", colours=colours)
    window.session.take_steps(2)
    window.rest_at(2)
    faults, measured = set(), 0
    for workspace in WORKSPACES:
        window.show_workspace(workspace.key)
        window.wait_until(lambda: window.panel("network").canvas.is_settled)
        QApplication.processEvents()
        painted, count = painted_below(window.window, MEASURED)
        found = labels_below(window.window, MEASURED) | painted
        faults |= {f"{workspace.key}: {fault}" for fault in found}
        measured += count
    assert not faults
    assert measured > 100


@pytest.mark.parametrize("colours", ["dark", "light"])
def test_every_text_of_dialogs_lessons_and_sheets_can_be_read(
    glass: GlassMaker, colours: str
) -> None:
    window = glass("digits", colours=colours)
    # A film has steps.
    window.session.take_steps(2)
    window.rest_at(2)
    faults, counts = set(), {}

    def measure(name: str, root: QWidget) -> None:
        QApplication.processEvents()
        painted, count = painted_below(root, MEASURED)
        blocks, paragraphs = blocks_below(root, MEASURED)
        found = labels_below(root, MEASURED) | painted | blocks
        labels = widgets_of(root, QLabel) + widgets_of(root, QAbstractButton)
        counts[name] = count + paragraphs + len(labels)
        faults.update(f"{name}: {fault}" for fault in found)

    for key in OPENING:
        window.window.actions_by_key[key].trigger()
        opened = [d for d in window.window.findChildren(QDialog) if d.isVisible()]
        assert len(opened) == 1, key
        measure(key, opened[0])
        opened[0].close()
    window.window.actions_by_key["find"].trigger()
    palette = window.window.command_palette
    for text in ("", "panel", "learning"):
        palette.open_up(text)
        window.wait_until(palette.results.isVisible)
        measure(f"find {text}", palette.card)
    palette.close_up()
    window.window.actions_by_key["welcome"].trigger()
    (sheet,) = window.window.findChildren(FirstSheet)
    measure("first start", sheet)
    window.press(Qt.Key.Key_Escape)
    lesson = lesson_of("dials")
    for step in range(len(lesson.steps)):
        window.window.lessons.open(lesson, step)
        (bar,) = window.window.findChildren(LessonBar)
        measure(f"lesson {step}", bar)
    assert not faults
    assert min(counts.values()) > 0, counts
