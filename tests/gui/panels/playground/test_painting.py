"""Points painted by hand into the plane."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.data.load import load_dataset
from core.experiment.model import DataSettings, Experiment
from gui.panels.playground.brush import Brush
from gui.panels.playground.painted import ERASER, SPACING, Painted
from gui.panels.playground.plane_panel import PlanePanel
from gui.session.document.document import ExperimentDocument
from tests.gui.support.plane_views import plane_view, shown_panel

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def painting_panel(qtbot: QtBot) -> PlanePanel:
    panel = shown_panel(qtbot, plane_view())
    QTest.mouseClick(panel.paint, LEFT)
    assert panel.paint_bar.isVisible()
    return panel


def stroke(
    panel: PlanePanel, *points: tuple[float, float], button: Qt.MouseButton = LEFT
) -> None:
    places: list[QPoint] = [panel.canvas.place_of(p).toPoint() for p in points]
    QTest.mousePress(panel.canvas, button, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(panel.canvas, place)
    QTest.mouseRelease(panel.canvas, button, pos=places[-1])


def experiment_of(values: dict[str, object]) -> Experiment:
    return Experiment().with_values(values)


def test_a_stroke_adds_points_of_the_chosen_class_to_the_data(qtbot: QtBot):
    panel = painting_panel(qtbot)
    swatch = panel.paint_bar._group.button(2)
    QTest.mouseClick(swatch, LEFT)
    with qtbot.waitSignal(panel.values_edited) as edited:
        stroke(panel, (4.0, 5.5), (4.0 + 0.5 * SPACING, 5.5), (5.0, 5.5))
    data = experiment_of(edited.args[0]).data
    assert data.inputs is not None
    assert data.labels is not None
    assert len(data.inputs) == 252  # the second place is too near the first one
    np.testing.assert_allclose(data.inputs[-2:], [(4, 5.5), (5, 5.5)], atol=0.04)
    assert data.labels[-2:] == (2, 2)
    assert data.class_names == ("teal", "rose", "lime")
    assert len(data.test_inputs or ()) == 250


def test_clear_undo_and_painting_from_nothing(qtbot: QtBot):
    panel = painting_panel(qtbot)
    QTest.mouseClick(panel.paint_bar.clear, LEFT)
    sent: list[dict[str, object]] = []
    panel.values_edited.connect(sent.append)
    stroke(panel, (-4, 4), (-3, 4), (-2, 4))
    assert sent == []  # too few to learn from
    QTest.mouseClick(panel.paint_bar._group.button(1), LEFT)
    stroke(panel, (3, -3), (4, -3))
    data = experiment_of(sent[-1]).data
    assert data.labels == (0, 0, 0, 1, 1)
    dataset = load_dataset(data)
    assert dataset.space is not None
    assert dataset.class_names == ("teal", "rose")
    stroke(panel, (5, 5))
    assert len(sent[-1]["data.labels"]) == 6  # type: ignore[arg-type]
    QTest.mouseClick(panel.paint_bar.undo, LEFT)
    assert len(sent[-1]["data.labels"]) == 5  # type: ignore[arg-type]


def test_the_right_button_erases_what_is_near(qtbot: QtBot):
    panel = painting_panel(qtbot)
    space = panel.canvas._view.run.dataset.space  # type: ignore[union-attr]
    assert space is not None
    x1, x2 = space.train[0].tolist()
    with qtbot.waitSignal(panel.values_edited) as edited:
        stroke(panel, (x1, x2), button=RIGHT)
    points = np.array(edited.args[0]["data.inputs"])
    assert len(points) < 250
    assert np.hypot(*(points - (x1, x2)).T).min() > ERASER - 0.05


def test_a_stroke_that_is_undone_and_done_again_is_painted_again():
    circle = load_dataset(DataSettings("circle"))
    brush = Brush()
    brush.take(circle, None)
    brush.paint((4.0, 5.5), 1, erases=False)
    brush.end_stroke()
    brush.sent = brush.now.points
    data = experiment_of(brush.now.values()).data
    points = brush.now.points
    brush.take(load_dataset(data), data.inputs)
    assert brush.can_undo  # its own stroke has come back
    brush.take(load_dataset(DataSettings("circle")), None)
    assert brush.now.points != points
    brush.take(load_dataset(data), data.inputs)
    assert brush.now.points == points


def test_undo_of_the_brush_is_the_undo_of_the_document(qtbot: QtBot):
    document = ExperimentDocument()
    panel = painting_panel(qtbot)
    assert panel.view is not None
    circle = panel.view.run.experiment
    document.start_over(circle, "start")
    panel.set_document(document)
    panel.values_edited.connect(document.edit)
    stroke(panel, (4.0, 5.5))
    first = document.experiment
    stroke(panel, (5.0, 5.5))
    QTest.mouseClick(panel.paint_bar.undo, LEFT)
    assert document.experiment == first
    assert document.undo_stack.redo_text == "examples"
    # Something else was done last: the stroke goes by another edit.
    document.edit({"training.l2": 0.5})
    QTest.mouseClick(panel.paint_bar.undo, LEFT)
    assert document.undo_stack.undo_text == "examples"
    assert document.experiment.training.l2 == 0.5
    assert document.experiment.data.inputs != first.data.inputs


def test_painting_does_not_choose_examples_and_ends_with_its_button(qtbot: QtBot):
    panel = painting_panel(qtbot)
    with qtbot.assertNotEmitted(panel.example_chosen):
        stroke(panel, (1, 1))
    QTest.mouseClick(panel.paint, LEFT)
    assert not panel.paint_bar.isVisible()
    with qtbot.waitSignal(panel.example_chosen):
        stroke(panel, (1, 1))


def test_painted_points_take_the_place_of_other_data_and_can_be_undone():
    circle = Experiment(data=DataSettings("circle"))
    document = ExperimentDocument()
    document.start_over(circle, "start")
    painted = Painted()
    for k in range(6):
        painted = painted.added((k - 3.0, 1.0), k % 2)
    document.edit(painted.values())
    assert document.experiment.data.name == "inline"
    assert document.experiment.data.labels == (0, 1, 0, 1, 0, 1)
    assert document.undo_stack.undo_text == "examples"
    document.undo_stack.undo()
    assert document.experiment == circle


def test_painting_leaves_the_points_that_were_there_as_they_are() -> None:
    """Rounded, they would have other losses before anything is trained."""
    dataset = load_dataset(DataSettings(name="circle"))
    painted = Painted.of(dataset).added((1.234567, -0.5), 1)
    experiment = experiment_of(painted.values())
    after = load_dataset(experiment.data)
    before = (dataset.train.inputs, dataset.test.inputs)
    np.testing.assert_array_equal(after.train.inputs[:-1], before[0])
    np.testing.assert_array_equal(after.test.inputs, before[1])
    np.testing.assert_allclose(after.train.inputs[-1], (1.23, -0.5), rtol=1e-6)
