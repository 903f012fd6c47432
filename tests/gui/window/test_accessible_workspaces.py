"""What a screen reader finds in each workspace, by the accessibility tree alone."""

import re
from collections.abc import Callable
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDockWidget

from gui.style.number_format import MINUS
from gui.widgets.accessible.interfaces import PictureInterface
from gui.window.workspaces import WORKSPACES
from tests.gui.support.accessibility_tree import CONTROLS, Role, Told, told
from tests.gui.support.whole_window import Glass, GlassMaker

MOST: Final = 3
"""Children of a part that are looked at: the others are made the same way."""
PICTURES: Final = (Role.Graphic, Role.Canvas, Role.Table, Role.List, Role.Document)
READY: Final[dict[str, Callable[[Glass], object]]] = {
    "train": lambda w: w.panel("weight_images").atlas.content,
    "step": lambda w: w.panel("nudges").model.rowCount(),
    "batch": lambda w: w.panel("requests").grid.table,
    "backprop": lambda w: w.view.selection,
    "health": lambda w: w.view.run.health.shown,
    "digits": lambda w: w.panel("examples").gallery.source,
    "playground": lambda w: w.panel("plane").canvas.is_settled,
    "landscape": lambda w: w.panel("landscape").landscape,
    "race": lambda w: w.panel("race").paths,
    "compare": lambda w: w.panel("compare").comparison,
}
"""When the pictures of a workspace show something."""


def enter(window: Glass, key: str) -> None:
    window.show_workspace(key)
    window.wait_until(lambda: READY[key](window))
    window.wait_until(lambda: window.panel("network").canvas.is_settled)


def open_at(glass: GlassMaker, preset: str) -> Glass:
    window = glass(preset, size=(1280, 800))
    window.session.take_steps(2)
    window.rest_at(2)
    return window


def seen_docks(window: Glass) -> list[QDockWidget]:
    docks = window.window.docks.values()
    return [dock for dock in docks if dock.isVisible()]


def everything(window: Glass) -> list[Told]:
    main = window.window
    roots = [*seen_docks(window), main.player_bar, main.menuWidget()]
    return [one for root in roots for one in told(root).all(MOST)]


def name_of(one: Told) -> str:
    """A combo box is named by its label on some systems; its own name is asked for."""
    if isinstance(one.widget, QComboBox):
        return one.widget.accessibleName()
    return one.name


PICTURES_OF: Final = {
    "digits": ("train", "step", "batch", "backprop", "health", "digits"),
    "xor": ("playground", "landscape", "race", "compare"),
}


def test_every_workspace_is_walked() -> None:
    walked = {key for keys in PICTURES_OF.values() for key in keys}
    assert walked == {workspace.key for workspace in WORKSPACES}


@pytest.mark.parametrize("preset", PICTURES_OF)
def test_everything_in_every_workspace_says_what_it_is(
    glass: GlassMaker, preset: str, caplog: pytest.LogCaptureFixture
) -> None:
    window = open_at(glass, preset)
    faults, pictures = set(), 0
    for key in PICTURES_OF[preset]:
        enter(window, key)
        for one in everything(window):
            where = f"{key}: {one.role.name} {type(one.widget).__name__}"
            if one.role in CONTROLS and one.is_reached and not name_of(one):
                faults.add(f"{where} has no name")
            if one.role in PICTURES:
                pictures += isinstance(one.interface, PictureInterface)
                if not one.name:
                    faults.add(f"{where} has no name")
                if not (one.children(1) or one.value or one.description):
                    faults.add(f"{where} {one.name} tells nothing")
    assert not faults
    assert pictures >= 2 * len(PICTURES_OF[preset])
    assert not [r for r in caplog.records if "described" in r.message]


def number_in(text: str) -> float:
    """The first number in a text."""
    found = re.search(r"[-\d][\d,]*\.?\d*(e-?\d+)?", text.replace(MINUS, "-"))
    assert found is not None, text
    return float(found[0].replace(",", ""))


def weight_in_network(window: Glass, name: str) -> Told:
    """A weight as the network picture tells it, by its name in the table."""
    layer, unit, source = (part.strip() for part in name.split("·"))
    dock = told(window.window.docks["network"])
    picture = next(p for p in dock.all(9) if p.role == Role.Graphic)
    units = picture.find(layer.capitalize())
    return units.find(f"{layer.capitalize()} · {unit.removeprefix('unit ')},").find(
        f"{source},"
    )


def value_told(edge: str) -> float:
    """The value of a weight, "pixel (3, 4), w 0.1", or of a bias, "bias, b 0.1"."""
    return number_in(re.split(", [wb] ", edge)[1])


def press_in_player(window: Glass, name: str, *, leads_to: int) -> None:
    """Press a button of the player, which is found by its name."""
    parts = told(window.window.player_bar).all()
    button = next(p for p in parts if p.role == Role.Button and p.name == name)
    QTest.mouseClick(button.widget, Qt.MouseButton.LeftButton)
    window.wait_until(lambda: window.step == leads_to)
    # The network tells of what it has painted, which is a moment later.
    canvas = window.panel("network").canvas
    window.wait_until(lambda: canvas.shown and canvas.shown.snapshot.step == leads_to)


def test_a_training_step_can_be_read_without_seeing(glass: GlassMaker) -> None:
    window = open_at(glass, "digits")
    enter(window, "step")
    press_in_player(window, "Step", leads_to=3)
    figures = told(window.window.menuWidget()).find("The step")
    window.wait_until(figures.children)
    told_of = {one.name.partition(",")[0]: one.value for one in figures.children()}
    losses = [number_in(text) for text in told_of["Mean loss"].split("→")]
    change = number_in(told_of["Change"])
    assert change == pytest.approx(losses[1] - losses[0], abs=1e-9)
    rate = number_in(told_of["the change of every parameter"])

    docks = window.window.docks
    table = next(t for t in told(docks["nudges"]).all(9) if t.role == Role.Table)
    first = table.children(40)
    titles = [one.name for one in first if one.role == Role.ColumnHeader]
    assert [title.split()[0] for title in titles] == [
        *("Parameter", "Value", "Nudge", "Asks", "Change"),
    ]

    def first_cells() -> list[str]:
        return [one.name for one in table.children(40) if one.role == Role.Cell]

    # The rows are sorted by another thread, the largest nudge first.
    window.wait_until(lambda: number_in(first_cells()[2]) != 0)
    cells = first_cells()
    name, (value, nudge, change) = cells[0], map(number_in, (*cells[1:3], cells[4]))
    edge = weight_in_network(window, name).name
    after = value_told(edge)
    told_nudge = edge.split("nudge of step 3 ")[1]
    assert number_in(told_nudge) == pytest.approx(nudge, abs=1e-4)
    assert value == after
    assert rate * nudge == pytest.approx(change, rel=1e-2)

    press_in_player(window, "Back", leads_to=2)
    before = value_told(weight_in_network(window, name).name)
    assert change != 0
    assert before + change == pytest.approx(after, abs=1.1e-4)
