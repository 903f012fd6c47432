from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from core.descriptions.optimizers import OPTIMIZERS
from core.protocol.jobs import BeginJob, JobAdvanced, JobEnded
from core.protocol.side_jobs.race import RacePath, RaceRequest, RaceResult
from core.side_jobs.race.surfaces import OWN_SURFACE
from gui.panels.race.race_panel import (
    CHOICES,
    FIRST_STEPS,
    PAUSE,
    PLAY,
    STEPS,
    RacePanel,
)
from gui.panels.race.racer_table import COMPUTING, height_text, lowest_of, racer_colour
from gui.style import theme
from gui.widgets.icon_button import IconButton
from gui.widgets.plots.field_description import UNDEFINED
from tests.gui.support.whole_window import GlassMaker


@pytest.fixture
def panel(qtbot: QtBot) -> RacePanel:
    panel = RacePanel()
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.commands = []  # type: ignore[attr-defined]
    panel.job_requested.connect(panel.commands.append)  # type: ignore[attr-defined]
    panel.show()
    return panel


def newest(panel: RacePanel) -> BeginJob:
    commands = panel.commands  # type: ignore[attr-defined]
    return [c for c in commands if isinstance(c, BeginJob)][-1]


def request(panel: RacePanel) -> RaceRequest:
    asked = newest(panel).request
    assert isinstance(asked, RaceRequest)
    return asked


def answer(panel: RacePanel, ended_at: int | None = None) -> None:
    asked = request(panel)
    share = np.linspace(0, 1, STEPS + 1, dtype=np.float32)[:, None]
    points = np.asarray(asked.start, np.float32) * (1 - share)
    heights = np.square(points).sum(axis=1)
    paths = tuple(RacePath(r, points, heights, ended_at) for r in asked.racers)
    panel.take_job(JobAdvanced(0, newest(panel).job_id, RaceResult(asked, paths)))


def click(widget: object, pos: QPoint | None = None) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=pos or QPoint())


def test_all_optimisers_race_at_once_except_the_one_that_equals_adam(panel: RacePanel):
    names = [racer.optimizer for racer in request(panel).racers]
    assert names == [name for name in OPTIMIZERS if name != "adamw"]
    assert len({racer_colour(name) for name in OPTIMIZERS}) == len(OPTIMIZERS)


def test_a_first_look_shows_the_race_under_way_and_later_races_begin_at_the_start(
    panel: RacePanel,
):
    answer(panel)
    assert panel.step == FIRST_STEPS == 60
    assert {len(path.points) for path in panel.map.paths} == {61}
    panel.map.place_chosen.emit(1.0, 1.0)
    answer(panel)
    assert panel.step == 0


def test_each_path_has_the_dash_of_its_optimiser(panel: RacePanel):
    answer(panel)
    dashes = [path.dash for path in panel.map.paths]
    assert len(set(dashes)) == len(dashes)


def test_all_that_are_as_low_as_printed_stand_out(panel: RacePanel):
    asked = request(panel)
    points = np.zeros((2, 2), np.float32)
    heights = dict.fromkeys((racer.optimizer for racer in asked.racers), 1.0)
    heights |= {"adam": 0.0, "sgd": 0.0, "momentum": 1e-45}
    paths = tuple(
        RacePath(r, points, np.full(2, heights[r.optimizer], np.float32), None)
        for r in asked.racers
    )
    panel.take_job(JobAdvanced(0, newest(panel).job_id, RaceResult(asked, paths)))
    assert {"adam", "sgd"} <= panel.racers.lowest
    bold = {n for n, lb in panel.racers._heights.items() if lb.font().bold()}
    assert bold == panel.racers.lowest


def test_the_lowest_one_stands_out_where_they_differ(panel: RacePanel):
    asked = request(panel)
    points = np.zeros((STEPS + 1, 2), np.float32)
    falls = np.linspace(5, 1, STEPS + 1, dtype=np.float32)
    paths = tuple(
        RacePath(racer, points, falls if racer.optimizer == "adam" else falls + 1, None)
        for racer in asked.racers
    )
    panel.take_job(JobAdvanced(0, newest(panel).job_id, RaceResult(asked, paths)))
    assert panel.racers.lowest == {"adam"}
    same = tuple(replace(path, heights=falls) for path in paths)
    assert lowest_of(same, 3) == frozenset()


def test_step_restart_and_slider_move_all_paths_together(panel: RacePanel):
    answer(panel)
    click(panel.restart_button)
    click(panel.step_button)
    click(panel.step_button)
    assert panel.step == 2
    assert {len(path.points) for path in panel.map.paths} == {3}
    panel.slider.setValue(50)
    assert {len(path.points) for path in panel.map.paths} == {51}
    click(panel.restart_button)
    assert panel.step == 0


def test_playing_goes_on_by_itself_and_stops_at_the_end(panel: RacePanel, qtbot: QtBot):
    answer(panel)
    click(panel.restart_button)
    click(panel.play_button)
    assert panel.play_button.accessibleName() == PAUSE
    qtbot.waitUntil(lambda: panel.step >= 4, timeout=5000)
    panel.slider.setValue(STEPS - 1)
    qtbot.waitUntil(lambda: panel.play_button.accessibleName() == PLAY, timeout=5000)
    assert panel.step == STEPS


def test_a_click_on_the_map_starts_a_race_there(panel: RacePanel):
    answer(panel)
    pixel = panel.map.to_pixels(np.asarray([[4.0, -1.0]]))[0].round().astype(int)
    click(panel.map, QPoint(*pixel.tolist()))
    assert request(panel).start == pytest.approx((4.0, -1.0), abs=0.1)


def test_a_rate_and_a_box_change_the_race(panel: RacePanel):
    panel.racers.rates["sgd"].setValue(0.123)
    assert request(panel).racers[0].learning_rate == pytest.approx(0.123)
    panel.racers.boxes["sgd"].click()
    assert request(panel).racers[0].optimizer == "momentum"


def test_paths_of_another_surface_or_rate_are_gone_at_once(panel: RacePanel):
    answer(panel)
    assert panel.racers.heights_text("adam") != COMPUTING
    panel.racers.rates["sgd"].setValue(0.123)
    assert "sgd" not in {path.racer.optimizer for path in panel.paths}
    assert panel.racers.heights_text("sgd") == COMPUTING
    assert panel.racers.heights_text("adam") != COMPUTING
    panel.formula.setText("x^2 + 2*y^2")
    panel.formula.editingFinished.emit()
    assert panel.map.paths == ()
    assert panel.racers.heights_text("adam") == COMPUTING
    answer(panel)
    assert len(panel.map.paths) == len(request(panel).racers)
    assert panel.racers.heights_text("adam") != COMPUTING


def test_a_race_that_begins_where_nothing_is_defined_says_so(panel: RacePanel):
    panel.formula.setText("1/(x - x)")
    panel.formula.editingFinished.emit()
    answer(panel, ended_at=0)
    assert panel.racers.heights_text("sgd") == UNDEFINED
    assert panel.map.described().value == UNDEFINED


def test_an_own_formula_becomes_the_surface(panel: RacePanel):
    panel.formula.clear()
    QTest.keyClicks(panel.formula, "x^2 + 3*y^2")
    QTest.keyClick(panel.formula, Qt.Key.Key_Return)
    assert request(panel).text == "x^2 + 3*y^2"
    assert panel.choice.currentText() == "Own formula"
    assert panel.map.field is not None
    assert panel.map.field.heights[0, 0] == pytest.approx(9 + 27)


def test_a_formula_that_cannot_be_read_is_refused_in_words(panel: RacePanel):
    before = request(panel)
    panel.formula.clear()
    QTest.keyClicks(panel.formula, "x + open(1)")
    QTest.keyClick(panel.formula, Qt.Key.Key_Return)
    assert "open" in panel.problem.text()
    assert request(panel) == before


def test_what_belongs_to_another_formula_is_not_shown_beside_a_refused_one(
    panel: RacePanel,
) -> None:
    answer(panel)
    was = panel.formula.text()
    assert panel.racers.heights_text("sgd")
    panel.formula.clear()
    QTest.keyClicks(panel.formula, "foo(x")
    QTest.keyClick(panel.formula, Qt.Key.Key_Return)
    assert panel.map.field is None
    assert panel.racers.heights_text("sgd") == ""
    assert panel.racers.lowest == frozenset()
    assert panel.problem.contentsMargins().left() > 0
    panel.formula.clear()
    QTest.keyClicks(panel.formula, was)
    QTest.keyClick(panel.formula, Qt.Key.Key_Return)
    assert panel.problem.text() == ""
    assert panel.map.field is not None
    assert panel.racers.heights_text("sgd")


def test_a_refusal_is_in_the_red_of_errors_in_the_whole_window(
    glass: GlassMaker,
) -> None:
    opened = glass("xor", workspace="race")
    panel = opened.panel("race")
    opened.wait_until(lambda: panel.paths)
    panel.formula.setText("foo(x")
    panel.formula.editingFinished.emit()
    opened.wait_until(panel.problem.isVisible)
    red = theme.colour(theme.colours_of(panel).wrong)
    picture = panel.problem.grab().toImage()
    drawn = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    assert red.name() in drawn


def test_who_diverges_is_named_with_the_step(panel: RacePanel):
    answer(panel, ended_at=7)
    panel.slider.setValue(6)
    assert "diverged" not in panel.racers.heights_text("sgd")
    panel.slider.setValue(9)
    assert panel.racers.heights_text("sgd") == "diverged at 7"
    left = replace(panel.paths[0], is_undefined=True)
    assert height_text(left, 9) == "no value at 7"


def test_the_window_races_on_its_runner(glass: GlassMaker):
    opened = glass("xor", workspace="race")
    panel = opened.panel("race")
    opened.wait_until(lambda: panel.paths)
    panel.choice.setCurrentIndex(3)
    panel.choice.activated.emit(3)
    opened.wait_until(lambda: panel.paths and panel.paths[0].heights[0] > 10)
    by_name = {path.racer.optimizer: path for path in panel.paths}
    assert by_name["adam"].heights[-1] < 1
    panel.take_job(JobEnded(0, -5))


def test_an_own_formula_has_a_scale_range_and_rates_of_its_own(panel: RacePanel):
    log = next(k for k, surface in enumerate(CHOICES) if surface.is_log)
    panel.choice.setCurrentIndex(log)
    panel.choice.activated.emit(log)
    panel.formula.clear()
    QTest.keyClicks(panel.formula, "x^2 - y")
    QTest.keyClick(panel.formula, Qt.Key.Key_Return)
    own = panel._surface
    assert own == replace(OWN_SURFACE, text="x^2 - y")
    rates = [racer.learning_rate for racer in panel.racers.racers()]
    fresh = RacePanel()
    fresh.racers.take_rates_of(OWN_SURFACE)
    assert rates == [racer.learning_rate for racer in fresh.racers.racers()]
    fresh.deleteLater()
    # The next one of the user's own keeps the start that was chosen for it.
    panel.map.place_chosen.emit(0.5, 0.25)
    panel.formula.clear()
    QTest.keyClicks(panel.formula, "x^2 + y^2")
    QTest.keyClick(panel.formula, Qt.Key.Key_Return)
    assert panel._surface == replace(OWN_SURFACE, text="x^2 + y^2")
    assert panel._start == (0.5, 0.25)


def test_the_race_has_buttons_of_its_own_that_say_what_they_do(panel: RacePanel):
    buttons = (panel.play_button, panel.step_button, panel.restart_button)
    for button in buttons:
        assert isinstance(button, IconButton)
        assert not button.icon().isNull()
        assert "race" in button.accessibleName()
        assert "optimiser" in button.toolTip()


def test_the_heights_are_seen_whole_in_a_small_window(panel: RacePanel):
    panel.resize(800, 430)
    answer(panel)
    QApplication.processEvents()
    area = panel.findChild(QScrollArea)
    assert area is not None
    assert area.horizontalScrollBar().maximum() == 0
    assert area.viewport().width() >= panel.racers.minimumSizeHint().width()
