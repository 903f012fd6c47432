from itertools import pairwise

import pytest

from core.values.network_spec import NetworkSpec
from gui.panels.network_picture.scene.layout import Layout, Measures, Zoom, lay_out

MEASURES = Measures(line=16, name=12, figure=90, input_name=0)
SIZES = [(360.0, 300.0), (500.0, 350.0), (700.0, 500.0), (1200.0, 800.0)]
NETWORKS = [
    (784, 16, 16, 10),
    (784, 128, 10),
    (784, 512, 512, 10),
    (784, 2048, 2048, 10),
    (784, 16, 16, 16, 16, 16, 10),
]


def layout_of(
    sizes: tuple[int, ...],
    size: tuple[float, float] = (1200.0, 800.0),
    image: tuple[int, int] | None = (28, 28),
    zoom: Zoom | None = None,
) -> Layout:
    spec = NetworkSpec(sizes, ("relu",) * (len(sizes) - 2) + ("softmax",))
    return lay_out(spec, image, size, MEASURES, zoom or Zoom())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sizes", NETWORKS)
def test_columns_stand_apart_and_inside_the_stage(
    sizes: tuple[int, ...], size: tuple[float, float]
):
    layout = layout_of(sizes, size)
    assert layout.image is not None
    assert layout.image.right < layout.columns[0].left
    for before, after in pairwise(layout.columns):
        assert before.right + 8 < after.left
    assert layout.columns[-1].right < layout.bars.right <= size[0]
    for column in layout.columns:
        assert column.top >= layout.stage.y - 1e-6
        assert column.bottom <= layout.stage.bottom + 1e-6


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sizes", NETWORKS)
def test_units_never_overlap(sizes: tuple[int, ...], size: tuple[float, float]):
    for column in layout_of(sizes, size).columns:
        if column.style == "circles":
            assert 2 * column.radius < column.pitch
        assert column.pitch >= 1.2 - 1e-9


def test_sixteen_units_fill_the_height():
    layout = layout_of((784, 16, 16, 10))
    column = layout.columns[1]
    assert column.bottom - column.top == pytest.approx(layout.stage.height)
    assert column.radius >= 15


def test_units_that_share_a_row_are_said_and_all_found():
    column = layout_of((784, 2048, 2048, 10)).columns[1]
    assert column.to_a_row == 4
    units = [unit for row in range(column.rows) for unit in column.units_of(row)]
    assert units == list(range(2048))
    assert column.y_of(7) == column.row_positions[1]


def test_zoom_keeps_the_point_under_the_cursor():
    plain = layout_of((784, 16, 16, 10))
    zoomed = layout_of((784, 16, 16, 10), zoom=Zoom(3.0, -400.0, -300.0))
    for before, after in zip(plain.columns, zoomed.columns, strict=True):
        assert after.x == pytest.approx(before.x * 3 - 400)
        last = before.count - 1
        expected = before.y_of(last) * 3 - 300
        assert after.y_of(last) == pytest.approx(expected, abs=3 * before.pitch)


def test_a_closer_look_gives_each_unit_its_own_row():
    far = layout_of((784, 2048, 10)).columns[1]
    near = layout_of((784, 2048, 10), zoom=Zoom(6.0, 0.0, 0.0)).columns[1]
    assert far.to_a_row == 4
    assert near.to_a_row == 1


def test_two_inputs_are_circles_without_an_image():
    layout = layout_of((2, 8, 2), image=None)
    assert layout.image is None
    assert layout.columns[0].style == "circles"
