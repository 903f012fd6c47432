"""Tips in the window: they come by resting, wrapped, and cover no answer."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip, QWidget

from core.values.parameter import Unit
from gui.panels.network_picture.answer_line import Headline
from gui.panels.network_picture.canvas import NetworkCanvas
from gui.panels.weight_images.unit_atlas import UnitAtlas
from gui.panels.weight_images.weight_images_panel import WeightImagesPanel
from gui.style import tokens
from gui.widgets.plots.curve_plot import CurvePlot
from gui.widgets.tips.tip_window import TipWindow, tip_shown
from gui.widgets.tooltip_picture import TooltipPicture
from gui.window.workspaces import WORKSPACES
from tests.gui.support.whole_window import Glass, GlassMaker

WIDEST = tokens.length("tip.widest") + 2 * tokens.lengths("tip.pads")[1]


def rest_on(glass: Glass, widget: QWidget, place: QPoint) -> TipWindow:
    """Move the mouse to a place as the window system does, and wait for its tip."""
    window = widget.window()
    handle = window.windowHandle()
    for beside in (QPoint(1, 0), QPoint()):
        QTest.mouseMove(handle, widget.mapTo(window, place + beside))
    glass.wait_until(lambda: tip_shown() is not None)
    shown = tip_shown()
    assert shown is not None
    assert not QToolTip.isVisible()
    return shown


def on_screen(widget: QWidget, part: QRect) -> QRect:
    return QRect(widget.mapToGlobal(part.topLeft()), part.size())


@pytest.fixture
def window(glass: GlassMaker) -> Glass:
    made = glass()
    made.window.activateWindow()
    made.wait_until(lambda: made.window.windowHandle().isActive())
    return made


def place_of(canvas: NetworkCanvas, unit: Unit) -> QPoint:
    """The middle of a unit in the picture."""
    layout = canvas.layout_shown
    assert layout is not None
    column = layout.columns[unit.layer]
    return QPointF(column.x, column.y_of(unit.unit)).toPoint()


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_the_tip_of_a_unit_begins_with_all_digits_and_covers_no_output(
    window: Glass, layer: int
) -> None:
    canvas = window.window.findChild(NetworkCanvas)
    assert canvas is not None
    window.wait_until(lambda: canvas.is_settled)
    layers = window.view.spec.n_layers
    unit = Unit(min(layer, layers), 1)
    place = place_of(canvas, unit)
    tip = rest_on(window, canvas, place)
    value = float(window.view.trace.layer(unit.layer)[unit.unit])
    first = tip.text.splitlines()[0]
    assert float(first.split("= ")[1].replace("\N{MINUS SIGN}", "-")) == pytest.approx(
        value, rel=1e-7, abs=1e-30
    )
    assert not tip.geometry().contains(canvas.mapToGlobal(place))
    assert not tip.geometry().intersects(on_screen(canvas, canvas.keeps_clear()))
    assert tip.width() <= WIDEST


def test_a_long_tip_is_wrapped_beside_the_pointer(window: Glass) -> None:
    plots = window.window.findChildren(CurvePlot)
    plot = next(one for one in plots if one.isVisible() and one.toolTip())
    tip = rest_on(window, plot, plot.rect().center())
    assert tip.text == plot.toolTip()
    assert tip.width() <= WIDEST
    assert not tip.geometry().contains(plot.mapToGlobal(plot.rect().center()))


def test_the_tip_of_an_image_leaves_its_readout_and_the_outputs_free(
    window: Glass,
) -> None:
    panel = window.window.findChild(WeightImagesPanel)
    canvas = window.window.findChild(NetworkCanvas)
    assert panel is not None
    assert canvas is not None
    atlas = panel.findChild(UnitAtlas)
    assert atlas is not None
    window.wait_until(lambda: atlas.content is not None)
    for y in range(20, atlas.height(), 60):
        place = QPoint(20, y)
        tip = rest_on(window, atlas.viewport(), place).geometry()
        assert not tip.intersects(on_screen(atlas, atlas.tip_rect(QPointF(place))))
        assert not tip.intersects(on_screen(panel.readout, panel.readout.rect()))
        assert not tip.intersects(on_screen(canvas, canvas.keeps_clear()))


def test_a_tip_leaves_with_the_pointer_and_with_a_key(window: Glass) -> None:
    button = window.window.header.mark
    place = button.rect().center()
    assert rest_on(window, button, place).text == button.toolTip()
    QTest.keyClick(window.window.windowHandle(), Qt.Key.Key_Shift)
    assert tip_shown() is None
    rest_on(window, button, place)
    handle = window.window.windowHandle()
    empty = window.window.header
    QTest.mouseMove(handle, empty.mapTo(window.window, QPoint(1, 1)))
    window.wait_until(lambda: tip_shown() is None)


def test_every_painted_part_answers_for_any_place_in_it(window: Glass) -> None:
    for workspace in WORKSPACES:
        window.show_workspace(workspace.key)
        for part in window.window.findChildren(TooltipPicture):
            for place in (QPointF(1, 1), QPointF(part.rect().center())):
                assert isinstance(part.tip_at(place), str), type(part).__name__


def test_the_answer_above_the_network_has_a_tip_only_where_it_is_cut(
    window: Glass,
) -> None:
    window.show_workspace("train")
    headline = window.panel("network").answer.findChild(Headline)
    assert headline.tip_at(QPointF(1, 1)) == ""
    headline.resize(40, headline.height())
    tip = rest_on(window, headline, headline.rect().center())
    assert tip.text == headline.text
    assert "Unexpected error" not in window.says


def test_a_tip_that_is_shown_says_what_is_true_by_then(window: Glass) -> None:
    button = window.panel("network").answer.next
    rest_on(window, button, button.rect().center())
    button.setToolTip("what is true by then")

    def is_renewed() -> bool:
        shown = tip_shown()
        return shown is not None and shown.text == button.toolTip()

    window.wait_until(is_renewed)
