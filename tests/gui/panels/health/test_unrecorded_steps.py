"""Nothing is drawn of steps that nobody looked at, and every line has a name."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from core.protocol.health_record import HealthRecord
from core.values.network_spec import NetworkSpec
from gui.panels.health.gaps import gaps
from gui.panels.health.layer_colours import layer_colour
from gui.panels.health.layer_curves import QUANTITIES, LayerCurves
from gui.panels.health.layer_strips import LayerStrips
from gui.panels.health.share_map import ShareMaps, layer_maps
from gui.style import theme
from tests.gui.panels.health.test_health_panels import record
from tests.gui.support.painted_texts import painted_texts
from tests.gui.support.sample_views import sample_view

LATE = [363, *range(6_800, 6_860, 2)]


def drawn_curves(
    qtbot: QtBot, spec: NetworkSpec, records: list[HealthRecord], height: int = 200
) -> LayerCurves:
    curves = LayerCurves()
    qtbot.addWidget(curves)
    curves.resize(500, height)
    curves.show_log(spec, records, QUANTITIES[0], shown=records[-1].step)
    return curves


def columns_with_ink(curves: LayerCurves) -> set[int]:
    """The columns of the picture that hold the colour of the first layer."""
    image = curves.grab().toImage()
    dark = theme.is_dark(curves.palette())
    ink = layer_colour(1, dark=dark)
    found = set()
    for x in range(image.width()):
        for y in range(image.height()):
            seen = image.pixelColor(x, y)
            if all(
                abs(a - b) < 12
                for a, b in zip(seen.getRgb()[:3], ink.getRgb()[:3], strict=True)
            ):
                found.add(x)
    return found


def test_a_gap_is_what_is_far_wider_than_usual() -> None:
    assert gaps(np.asarray(LATE, float)).tolist() == [True, *[False] * 29]
    assert not gaps(np.asarray([0.0, 1000.0])).any()
    assert not gaps(np.asarray([0.0, 10, 25, 31, 60])).any()
    assert not gaps(np.empty(0)).any()


def test_no_line_crosses_steps_without_a_record(qtbot: QtBot) -> None:
    spec = sample_view().spec
    curves = drawn_curves(qtbot, spec, [record(step) for step in LATE])
    # Names stand at the right in the colour of their line.
    ink = {x for x in columns_with_ink(curves) if x < 380}
    middle = range(100, 330)
    assert not ink & set(middle)
    # The one record before the gap is a dot.
    assert ink
    assert max(ink) - min(ink) < 12


def test_records_that_begin_late_fill_the_plot(qtbot: QtBot) -> None:
    spec = sample_view().spec
    records = [record(step) for step in range(9_000, 9_100, 5)]
    ink = {x for x in columns_with_ink(drawn_curves(qtbot, spec, records)) if x < 380}
    assert len(ink) > 200


def test_a_histogram_is_empty_where_nothing_was_recorded(qtbot: QtBot) -> None:
    view = sample_view()
    records = [record(step) for step in LATE]
    maps = layer_maps(view.spec, records, "weights", LATE[-1])
    middle = len(maps[0].steps) // 2
    assert maps[0].shares[:, 0].any()
    assert not maps[0].shares[:, middle].any()
    assert maps[0].shares[:, -1].any()
    picture = ShareMaps()
    qtbot.addWidget(picture)
    picture.resize(700, 200)
    picture.show_maps(maps, LATE[-1])
    assert "nothing was recorded" in picture.tip_at(picture.box_of(0).center())


@pytest.mark.parametrize("hidden", [3, 6, 14])
def test_each_line_is_named_beside_it_or_shown_in_the_table(
    qtbot: QtBot, hidden: int
) -> None:
    spec = NetworkSpec((4, *(16,) * hidden, 3), (*("relu",) * hidden, "softmax"))
    norms = tuple(10.0 ** (-k / 2) for k in range(hidden + 1))
    one = record(0, norms)
    curves = drawn_curves(qtbot, spec, [one, record(9, norms)], height=126)
    names = {text.text for text in painted_texts(curves)}
    assert curves.is_named == (spec.layer_name(1) in names) == (hidden < 10)
    strips = LayerStrips()
    qtbot.addWidget(strips)
    strips.resize(520, 600)
    strips.show_record(spec, one)
    before = strips.grab().toImage()
    strips.show_signs(not curves.is_named)
    assert (strips.grab().toImage() != before) == (not curves.is_named)


def test_figures_stand_apart_from_the_next_bar(qtbot: QtBot) -> None:
    strips = LayerStrips()
    qtbot.addWidget(strips)
    strips.resize(500, 150)
    strips.show_record(sample_view().spec, record(0))
    figures = [one for one in painted_texts(strips) if one.text[0].isdigit()]
    left = strips._strip(2, 1).left()
    ends = [one.place.right() for one in figures if one.place.right() < left]
    assert ends
    assert left - max(ends) >= 15
    assert strips.tip_at(QPointF(left, 5))
