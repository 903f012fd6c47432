"""The health of layers as it is seen, and the marks on the units."""

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.probes.health import read_health
from core.protocol.health_record import (
    BINS,
    Counts,
    HealthRecord,
    Histogram,
    LayerHealth,
)
from core.values.parameter import Unit
from gui.panels.health.distributions_panel import DistributionsPanel
from gui.panels.health.health_panel import NO_RUN, WAITING, HealthPanel
from gui.panels.health.layer_curves import QUANTITIES
from gui.panels.health.layer_strips import ratio_text
from gui.panels.health.share_map import layer_maps
from gui.panels.network_picture.painters.health_marks import health_lines
from gui.session.health_log import MOST, HealthLog
from gui.session.view_state import View
from gui.style import theme
from gui.widgets.plots.decades import Decades, decades_of
from tests.gui.support.network_pictures import canvas_pixels, shown_panel, unit_point
from tests.gui.support.request_views import plane_dataset, trained, view_of
from tests.gui.support.sample_views import sample_view

LEFT = Qt.MouseButton.LeftButton


def counts_at(place: int) -> Counts:
    counts = np.zeros(BINS, np.int32)
    counts[place] = 10
    return counts


def layer(norm: float, dead: tuple[int, ...] = (), units: int = 16) -> LayerHealth:
    flags = np.isin(np.arange(units), dead)
    return LayerHealth(
        norm,
        2.0,
        0.002 * norm,
        flags,
        None,
        None,
        Histogram("signed", counts_at(70), 0, 0.5),
        Histogram("signed", counts_at(80), 30, 1.0),
        Histogram("decades", counts_at(60)),
    )


def record(step: int, norms: tuple[float, ...] = (1e-6, 1e-3, 1.0)) -> HealthRecord:
    return HealthRecord(step, 256, tuple(layer(norm, (2, 5)) for norm in norms))


def with_health(view: View, *records: HealthRecord) -> View:
    for one in records:
        view.run.health.add(one)
    snapshot = dataclasses.replace(view.snapshot, health=records[-1])
    return dataclasses.replace(view, snapshot=snapshot)


@pytest.fixture
def panel(qtbot: QtBot) -> HealthPanel:
    panel = HealthPanel()
    qtbot.addWidget(panel)
    panel.resize(520, 420)
    panel.show()
    return panel


def test_a_fall_by_decades_is_seen_on_the_log_axis(panel: HealthPanel):
    panel.set_view(with_health(sample_view(), record(1), record(2)))
    dots = [panel.strips.dot_of(k) for k in (1, 2, 3)]
    assert all(dots)
    x = [dot.x() for dot in dots if dot]
    assert x[1] - x[0] == pytest.approx(x[2] - x[1], abs=0.5)
    assert x[2] - x[0] > 60
    assert panel.curves.axis == Decades(-7, 1)


def test_the_norms_of_all_layers_of_a_deep_network_are_drawn_run_by_run(
    panel: HealthPanel,
):
    view = sample_view((16,) * 6)
    vanishing, cured = tuple(10.0 ** (k - 6) for k in range(7)), (1.0,) * 7
    for run_id, norms in ((1, vanishing), (2, cured)):
        run = dataclasses.replace(view.run, run_id=run_id, health=HealthLog())
        seen = dataclasses.replace(view, run=run)
        panel.set_view(with_health(seen, record(1, norms)))
        np.testing.assert_allclose(panel.curves.values, [norms])
        assert all(panel.strips.dot_of(layer) for layer in range(1, 8))


def test_the_figures_of_a_layer_are_those_of_its_record(panel: HealthPanel):
    panel.set_view(with_health(sample_view(), record(1)))
    at = panel.strips.dot_of(3)
    assert at is not None
    assert "output: 1" in panel.strips.tip_at(at)
    assert panel.step_label.text().startswith("step 1 \N{MIDDLE DOT} ")


def test_each_quantity_has_its_curves(panel: HealthPanel):
    panel.set_view(with_health(sample_view(), record(1), record(5)))
    np.testing.assert_allclose(panel.curves.values, [[1e-6, 1e-3, 1.0]] * 2)
    QTest.mouseClick(panel.choice.button(1), LEFT)
    np.testing.assert_allclose(panel.curves.values[0], [1e-9, 1e-6, 1e-3])
    QTest.mouseClick(panel.choice.button(2), LEFT)
    np.testing.assert_allclose(panel.curves.values, 2 / 16)
    QTest.mouseClick(panel.choice.button(3), LEFT)
    assert np.isnan(panel.curves.values).all()
    panel.curves.grab()


def test_the_tip_of_the_curves_names_the_nearest_step(panel: HealthPanel):
    panel.set_view(with_health(sample_view(), record(0), record(1000)))
    tip = panel.curves.tip_at(QPointF(panel.curves.width() - 100, 40))
    assert "step 1,000" in tip
    assert "hidden 1: 1.000\N{MULTIPLICATION SIGN}10⁻⁶" in tip


def test_a_record_that_begins_late_says_from_which_step_on_it_is(panel: HealthPanel):
    view = sample_view()
    panel.set_view(with_health(view, record(4031), record(4100)))
    curves = panel.curves
    assert curves.beginning(1000) == "recorded from step 4,031 on"
    assert curves.beginning(60) == "step 4,031"
    curves.show_log(view.spec, [record(0), record(9)], QUANTITIES[0], shown=9)
    assert curves.beginning(1000) == "step 0"


def test_without_a_run_or_a_reading_it_says_so(panel: HealthPanel):
    panel.set_view(with_health(sample_view(), record(4031)))
    assert panel.step_label.text()
    panel.set_view(None)
    assert panel._layout.reason == NO_RUN
    panel.set_view(sample_view())
    assert panel._layout.reason == WAITING
    assert panel.step_label.text() == ""


def test_the_log_of_a_long_run_is_bounded_and_keeps_both_ends():
    log = HealthLog()
    shared = record(0).layers
    for step in range(5000):
        log.add(HealthRecord(step, 256, shared))
    steps = [one.step for one in log.records]
    assert len(steps) <= MOST
    assert (steps[0], steps[-1]) == (0, 4999)
    assert steps == sorted(set(steps))


def test_a_step_back_keeps_what_came_after_it_until_a_branch_begins():
    log = HealthLog()
    for step in (0, 10, 20, 30):
        log.add(record(step))
    back = record(15)
    log.add(back)
    assert [one.step for one in log.records] == [0, 10, 15, 20, 30]
    assert log.shown is back
    log.add(record(10))
    assert len(log.records) == 5
    log.forget_from(16)
    assert [one.step for one in log.records] == [0, 10, 15]
    log.add(record(30))
    log.forget_from(20)
    assert log.shown is back
    # The weights of this step may have been edited on the line that was left.
    log.forget_from(15)
    assert [one.step for one in log.records] == [0, 10]


def test_the_shown_step_is_marked_where_the_run_goes_on(panel: HealthPanel):
    view = with_health(sample_view(), record(0), record(1000))
    panel.set_view(view)
    amber = theme.colour(theme.colours_of(panel).selection).rgb()

    def marks() -> set[int]:
        image = panel.curves.grab().toImage()
        row = image.height() // 3
        return {x for x in range(image.width()) if image.pixel(x, row) == amber}

    assert not marks()
    view.run.health.add(record(500, (3.0, 3.0, 3.0)))
    panel.set_view(dataclasses.replace(view))
    box = panel.curves._box()
    assert {round(x - box.center().x()) for x in marks()} <= {-1, 0, 1}
    assert marks()
    assert panel.step_label.text().startswith("step 500 ")
    assert panel.strips.tip_at(panel.strips.dot_of(3) or QPointF()).startswith(
        "output: 3\n"
    )


def test_decades_hold_every_positive_value():
    axis = decades_of([3e-5, 0.2, 0.0, float("nan")])
    assert axis == Decades(-5, 0)
    assert axis.place(1e-5) == 0
    assert axis.place(0.0) is None
    assert decades_of([]) == Decades(-3, 0)


def test_maps_of_layers_share_their_axis(qtbot: QtBot):
    wide = dataclasses.replace(
        layer(1.0), weights=Histogram("signed", counts_at(64), 0, 2.0)
    )
    records = [HealthRecord(0, 9, (layer(1.0), wide, layer(1.0)))]
    maps = layer_maps(sample_view().spec, records, "weights", 0)
    assert [m.same_axis for m in maps] == [False, True, True]
    np.testing.assert_array_equal(maps[0].edges, maps[1].edges)
    for shown in maps:
        np.testing.assert_allclose(shown.shares.sum(axis=0), 1.0)
    # Bin 70 of 128 from -0.5 to 0.5 lies at 0.047 to 0.055.
    (place,) = np.flatnonzero(maps[0].shares[:, 0])
    assert maps[0].edges[place] <= 0.05 <= maps[0].edges[place + 1]
    zeros = layer_maps(sample_view().spec, records, "activations", 0)
    assert zeros[0].lost == pytest.approx(30 / 40)


def test_real_readings_are_drawn_in_every_kind(qtbot: QtBot):
    panel = DistributionsPanel()
    qtbot.addWidget(panel)
    panel.resize(800, 240)
    panel.show()
    panel.set_view(None)
    run = trained(dataset=plane_dataset())
    records = []
    for _ in range(4):
        run.advance(1)
        records.append(read_health(run, run.before_last_step()))
    panel.set_view(with_health(view_of(run), *records))
    for k in range(3):
        QTest.mouseClick(panel.choice.button(k), LEFT)
        assert len(panel.maps.maps) == 3
        box = panel.maps.box_of(1)
        image = panel.maps.grab().toImage()
        colours = {
            image.pixel(int(box.center().x()), int(y))
            for y in np.arange(box.top() + 1, box.bottom())
        }
        assert len(colours) > 2
        assert "% of the values" in panel.maps.tip_at(box.center())


def test_dead_units_are_marked_in_the_network_picture(qtbot: QtBot):
    view = sample_view()
    healthy = shown_panel(qtbot, view)
    before = canvas_pixels(healthy)
    healthy.set_view(with_health(view, record(300)))
    after = canvas_pixels(healthy)
    for unit, marked in ((2, True), (3, False)):
        at = unit_point(healthy, 1, unit)
        part = np.s_[at.y() - 9 : at.y() + 9, at.x() - 9 : at.x() + 9]
        amber = np.all(
            np.abs(after[part] - np.asarray(theme.colours_of(healthy).warning)) < 24,
            axis=-1,
        )
        assert amber.any() == marked
        assert np.any(after[part] != before[part]) == marked


def test_the_readout_of_a_dead_unit_says_so():
    view = with_health(sample_view(), record(300))
    assert health_lines(view, Unit(1, 2)) == [
        "dead: 0 for all 256 sampled training examples"
    ]
    assert health_lines(view, Unit(1, 3)) == []
    assert health_lines(sample_view(), Unit(1, 2)) == []


def test_the_choice_has_shorter_names_where_whole_ones_would_be_cut(
    panel: HealthPanel,
):
    def names() -> list[str]:
        return [panel.choice.button(k).text() for k in range(len(QUANTITIES))]

    panel.resize(700, 500)
    assert names() == [quantity.title for quantity in QUANTITIES]
    # A dock may make it as narrow as that, a window only where it is told to.
    panel.setMinimumSize(panel.minimumSizeHint())
    panel.resize(panel.minimumSizeHint())
    assert names() == [quantity.short for quantity in QUANTITIES]
    panel.resize(700, 500)
    assert names() == [quantity.title for quantity in QUANTITIES]


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (1 / 1240, "1:1,240"),
        (1 / 999_000, "1:999,000"),
        (1 / 71_356_203, "1:7.1\N{MULTIPLICATION SIGN}10⁷"),
        (0.6, "0.60"),
    ],
)
def test_a_ratio_has_room_beside_its_strip(ratio: float, text: str):
    assert ratio_text(ratio) == text


@pytest.mark.parametrize("width", range(340, 640, 20))
def test_no_name_of_a_quantity_is_cut(panel: HealthPanel, width: int, qtbot: QtBot):
    panel.set_view(with_health(sample_view(), record(1)))
    panel.resize(width, 420)
    qtbot.waitUntil(lambda: panel.choice.width() <= width)
    QApplication.processEvents()
    buttons = [panel.choice.button(k) for k in range(len(QUANTITIES))]
    shown = [button for button in buttons if button.isVisible()]
    assert shown or panel.choice.list.isVisible()
    cut = [b.text() for b in shown if b.width() < b.sizeHint().width()]
    assert cut == []
    metrics = QFontMetrics(panel.font())
    assert all(b.width() > metrics.horizontalAdvance(b.text()) for b in shown)
