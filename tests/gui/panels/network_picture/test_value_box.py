"""The box with the numbers of what is selected: where it stands, when it goes."""

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from core.values.network_spec import NetworkSpec
from core.values.parameter import Parameter, Unit
from gui.panels.network_picture.painters.readout_painter import box_place, place_of
from gui.panels.network_picture.scene.layout import Layout, Measures, lay_out
from gui.session.selection import Selection
from tests.gui.support.network_pictures import shown_panel, with_selection
from tests.gui.support.sample_views import sample_view
from tests.gui.support.whole_window import GlassMaker

MEASURES = Measures(line=17, name=60, figure=70, input_name=20)


def picture(sizes: tuple[int, ...], size: tuple[float, float]) -> Layout:
    spec = NetworkSpec(sizes, ("relu",) * (len(sizes) - 2) + ("softmax",))
    return lay_out(spec, None, size, MEASURES, maps=True)


@pytest.mark.parametrize("sizes", [(2, 8, 2), (2, 32, 32, 2), (7, 3), (2, 4, 4, 4, 3)])
@pytest.mark.parametrize("size", [(637.0, 378.0), (637.0, 193.0), (900.0, 640.0)])
def test_the_box_of_a_unit_hides_neither_the_outputs_nor_the_unit(
    sizes: tuple[int, ...], size: tuple[float, float]
) -> None:
    layout = picture(sizes, size)
    last, bars = layout.columns[-1], layout.bars
    outputs = QRectF(
        last.left, last.top, bars.right - last.left, last.bottom - last.top
    )
    for layer, count in enumerate(sizes):
        for unit in {0, count // 2, count - 1}:
            place = place_of(layout, Unit(layer, unit))
            box = box_place(layout, place, 242, 74)
            assert not box.intersects(outputs), (layer, unit)
            assert not box.intersects(place.adjusted(0, -1, 0, 1)), (layer, unit)
            assert QRectF(0, 0, *size).contains(box)


@pytest.mark.parametrize("selection", [Unit(2, 3), Parameter(2, 5, 3)])
def test_another_workspace_shows_the_mark_of_a_selection_without_its_numbers(
    qtbot: QtBot, selection: Selection
) -> None:
    panel = shown_panel(qtbot)
    view = with_selection(sample_view(), selection)
    panel.set_view(view)
    assert panel.canvas.boxed == selection
    panel.hide()
    panel.show()
    panel.set_view(view)
    assert panel.canvas.boxed is None
    assert view.selection == selection
    panel.set_view(with_selection(view, Unit(1, 0)))
    assert panel.canvas.boxed == Unit(1, 0)


def test_the_box_of_a_selection_closes_with_its_workspace(glass: GlassMaker) -> None:
    window = glass()
    canvas = window.panel("network").canvas
    window.session.select(Unit(1, 3))
    assert canvas.boxed == Unit(1, 3)
    for workspace in ("playground", "backprop", "train"):
        window.show_workspace(workspace)
        assert canvas.isVisible()
        assert canvas.boxed is None
    assert window.view.selection == Unit(1, 3)
