"""What the window says of data without classes, and of networks without biases."""

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from core.data.load import load_dataset
from core.experiment.presets import load_preset
from core.network.numpy.backprop import backward_pass
from core.platform.devices import choose_device
from core.probes.batch import batch_after, gradient_at
from core.protocol.messages import Evaluated
from core.protocol.snapshot import Snapshot
from core.training.evaluate import evaluate
from core.training.run import TrainingRun, to_numpy
from core.values.parameter import Parameter, Unit
from gui.panels.backprop.backprop_panel import BackpropPanel
from gui.panels.backprop.formula_page import to_text
from gui.panels.backprop.formula_texts import page_of
from gui.panels.backprop.forward_backward import ForwardBackward, chosen_units
from gui.panels.backprop.stages import stages_of
from gui.panels.backprop.term_sheets import term_sheet
from gui.panels.backprop.unit_sheets import unit_sheet
from gui.panels.curves.curves_panel import CurvesPanel
from gui.panels.gallery.batch_panel import BatchPanel
from gui.panels.gallery.batch_tiles import BatchTiles
from gui.panels.gallery.classified_tiles import ClassifiedTiles
from gui.panels.gallery.examples_panel import ExamplesPanel
from gui.panels.network_picture.network_panel import NetworkPanel
from gui.panels.network_picture.painters.output_painter import output_labels
from gui.panels.network_picture.readout import readout_lines
from gui.panels.nudges.nudges_panel import NudgesPanel
from gui.panels.weight_images.weight_images_panel import WeightImagesPanel
from gui.session.example_backward import backward_of
from gui.session.metrics_log import MetricsLog
from gui.session.session_state import first_example
from gui.session.view_state import Run, View, resolve
from gui.window.player.figures import Figures


def view_of(preset: str, steps: int = 0) -> View:
    """A preset after some steps, as the window would get it."""
    experiment = load_preset(preset).experiment
    dataset = load_dataset(experiment.data)
    run = TrainingRun(experiment, dataset, choose_device("cpu"))
    for _ in range(steps):
        run.advance(1)
    before = run.before_last_step()
    reading = evaluate(run.program, run.params, run.test_examples)
    evaluation = Evaluated(
        1,
        steps,
        reading.loss,
        reading.accuracy,
        reading.predicted,
        reading.confidence,
        reading.outputs,
    )
    snapshot = Snapshot(
        1,
        steps,
        run.steps_per_epoch,
        to_numpy(run.params),
        gradient_at(run, before),
        to_numpy(before.state.params),
        batch_after(run, before),
        1.0,
    )
    log = MetricsLog()
    log.add_evaluation(evaluation)
    shown = Run(1, experiment, run.spec, dataset, "cpu", log)
    return resolve(shown, snapshot, first_example(dataset), evaluation)


@pytest.fixture(scope="module")
def worked() -> View:
    return view_of("worked-example")


@pytest.fixture(scope="module")
def stepped() -> View:
    return view_of("worked-example", 1)


def sheet_texts(view: View) -> str:
    """Everything that the Backprop workspace prints, stage by stage."""
    backward = backward_of(view)
    passes = ForwardBackward(view, backward, chosen_units(view, backward, {}))
    lines = []
    for stage in stages_of(view.spec):
        found = term_sheet(passes, stage)
        sheets = [unit_sheet(passes, stage)] + ([] if found is None else [found[1]])
        for sheet in sheets:
            for column in sheet.columns:
                values = " ".join(f"{float(v):.2f}" for v in column.values)
                lines.append(f"{column.header}: {values}")
            lines += [f"{extra.name}: {extra.numbers}" for extra in sheet.extras]
    return "\n".join(lines)


def test_the_backprop_workspace_prints_the_worked_example(worked: View) -> None:
    text = sheet_texts(worked)
    for line in (
        "value: 0.50 0.51",
        "z⁽¹⁾: 0.38",
        "a⁽¹⁾: 0.59",
        "target t: 0.10",
        "½ (a \N{MINUS SIGN} t)²: 0.12",
        "∂C/∂a⁽¹⁾: 0.49",
        "slope f\N{PRIME}(z⁽¹⁾): 0.24",
    ):
        assert line in text
    assert "bias" not in text


def test_the_formula_panel_prints_the_chain_rule_of_the_worked_example(
    worked: View,
) -> None:
    backward = backward_of(worked)
    passes = ForwardBackward(worked, backward, chosen_units(worked, backward, {}))
    text = to_text(page_of(passes, Parameter(1, 0, 0), None))
    assert "0.05954 = 0.50000 · 0.24123 · 0.49363" in text
    assert "0.4936 = 0.5936 \N{MINUS SIGN} 0.1" in text
    unit = to_text(page_of(passes, Unit(1, 0), None))
    assert "z⁽¹⁾₀ = Σₖ w⁽¹⁾₀,ₖ a⁽⁰⁾ₖ\n" in unit
    assert "bias" not in unit


def test_after_one_step_the_picture_reads_the_new_numbers(stepped: View) -> None:
    assert readout_lines(stepped, Parameter(1, 0, 0))[0].startswith("w⁽¹⁾₀,₀ = 0.29045")
    assert readout_lines(stepped, Parameter(1, 0, 1))[0].startswith("w⁽¹⁾₀,₁ = 0.339")
    lines = readout_lines(stepped, Unit(1, 0))
    assert lines[1] == "output · unit 0 (y)"
    assert lines[2].endswith("= 0.3183")
    assert lines[3].endswith("= 0.5789")
    assert not any("bias" in line for line in lines)
    assert output_labels(stepped) == ("y (target 0.10)",)


def test_the_backward_pass_of_the_view_is_that_of_its_target(worked: View) -> None:
    found = backward_of(worked)
    assert found is not None
    assert worked.target is not None
    wanted = backward_pass(
        worked.spec,
        "half-squared-error",
        worked.params,
        worked.example.inputs,
        worked.target,
    )
    assert found.deltas[0] == wanted.deltas[0]


def test_tiles_write_targets_and_outputs(stepped: View) -> None:
    batch = stepped.snapshot.batch
    assert batch is not None
    tiles = BatchTiles.of(stepped.run.dataset, batch, "batch")
    names = ("target", "loss before", "output after", "loss after")
    assert tiles.headers == ("x1", "x2", *names)
    cells = tuple(cell.strip("\N{FIGURE SPACE}") for cell in tiles.cells(0))
    assert cells == ("0.500", "0.510", "0.100", "0.1218", "0.579", "0.1147")
    assert "target 0.100" in tiles.tooltip(0)
    assert "output 0.594" in tiles.tooltip(0)


@pytest.mark.parametrize(
    "kind",
    [
        BackpropPanel,
        BatchPanel,
        ExamplesPanel,
        NetworkPanel,
        NudgesPanel,
        WeightImagesPanel,
    ],
)
def test_every_panel_draws_them(
    qtbot: QtBot, worked: View, stepped: View, kind: type
) -> None:
    panel = kind()
    qtbot.addWidget(panel)
    panel.resize(500, 500)
    panel.show()
    for view in (worked, stepped):
        panel.set_view(view)
        assert not panel.grab().isNull()
    panel.hide()


def test_the_examples_are_sorted_by_their_error(qtbot: QtBot, stepped: View) -> None:
    panel = ExamplesPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.set_view(stepped)
    told = "root mean square error 0.4789, of the training data"
    assert panel.accuracy_label.text() == told
    bar = panel.filter_bar
    assert not bar.true_box.isVisible()
    assert not bar.verdicts.isVisible()
    assert bar.sorting_box.itemText(1) == "Largest error first"
    source = panel.gallery.source
    assert isinstance(source, ClassifiedTiles)
    assert source.cells(0)[2:] == ("0.100", "0.579", "0.4789")
    panel.hide()


def test_the_player_names_no_accuracy(qtbot: QtBot, stepped: View) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    figures = Figures(window, window)
    figures.set_view(stepped)
    assert figures.loss.name == "training loss"
    assert figures.loss.value.text() == "0.1147"
    assert figures.accuracy.isHidden()


def test_curves_without_classes_show_the_loss_alone(
    qtbot: QtBot, stepped: View
) -> None:
    panel = CurvesPanel()
    qtbot.addWidget(panel)
    panel.resize(1000, 400)
    panel.show()
    qtbot.waitUntil(
        lambda: panel._is_built or bool(panel.set_view(stepped)), timeout=9000
    )
    assert not panel._loss.is_hidden
    assert panel._accuracy.is_hidden
    panel.hide()
