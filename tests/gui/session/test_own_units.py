"""Numbers of a file in its own units, wherever a target or an answer is shown."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from core.cli.main import main
from core.data.dataset import Dataset
from core.data.file import understand, usual_experiment
from core.data.fit import own_figure
from core.data.load import load_dataset
from core.experiment.model import Experiment
from core.files.weights import load_weights
from core.network.numpy.forward import forward_trace
from core.protocol.messages import Evaluated
from core.protocol.snapshot import Snapshot
from core.values.parameter import Unit
from gui.panels.backprop.formula_page import FormulaLine
from gui.panels.backprop.formula_texts import page_of
from gui.panels.backprop.forward_backward import ForwardBackward
from gui.panels.backprop.stage_page import text_of
from gui.panels.backprop.stages import Stage
from gui.panels.gallery.answer_texts import errors_of, result_text
from gui.panels.gallery.classified_tiles import ClassifiedTiles
from gui.panels.network_picture.description import answer
from gui.panels.network_picture.readout import readout_lines
from gui.session.example_backward import backward_of
from gui.session.metrics_log import MetricsLog
from gui.session.own_units import (
    output_figure,
    own_input,
    own_target,
    standard_units_text,
)
from gui.session.session_state import first_example
from gui.session.view_state import Run, View, resolve
from gui.style.number_input import parse_number
from gui.window.player.figures import Figures


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prices of some 200,000 by the area and the age, with noise."""
    rng = np.random.default_rng(0)
    area, age = rng.uniform(40, 200, 80), rng.uniform(0, 90, 80)
    price = 50_000 + 2_000 * area - 800 * age + rng.normal(0, 9_000, 80)
    path = tmp_path_factory.mktemp("houses") / "houses.csv"
    rows = zip(area, age, price, strict=True)
    lines = [f"{a:.2f},{years:.2f},{price:.1f}" for a, years, price in rows]
    path.write_text("\n".join(["area,age,price", *lines]))
    return path


class Trained:
    """A network that `glassbox train` has made, with the report of `evaluate`."""

    def __init__(self, table: Path) -> None:
        weights = table.with_suffix(".npz")
        report = table.with_suffix(".json")
        begun = ["train", "--data", str(table), "--steps", "60"]
        assert main([*begun, "--out", str(weights)]) == 0
        assert main(["evaluate", str(weights), "--json", str(report)]) == 0
        self.report = json.loads(report.read_text())
        self.file = load_weights(weights)
        self.experiment: Experiment = understand(usual_experiment(table)).experiment
        self.dataset: Dataset = load_dataset(self.experiment.data)
        test = self.dataset.test
        inputs = test.network_inputs(np.arange(len(test)))
        spec, params = self.file.spec, self.file.params
        rows = (forward_trace(spec, params, row).output for row in inputs)
        self.outputs = np.stack(list(rows))
        loss = self.report["test_loss"]
        none = np.zeros(len(test), np.int32)
        self.evaluation = Evaluated(
            1, 60, loss, None, none, none.astype(np.float32), self.outputs
        )

    def view(self) -> View:
        run = Run(1, self.experiment, self.file.spec, self.dataset, "cpu", MetricsLog())
        snapshot = Snapshot(1, 60, 4, self.file.params, None, None, None, 1.0)
        return resolve(run, snapshot, first_example(self.dataset), self.evaluation)


@pytest.fixture(scope="module")
def trained(houses: Path) -> Trained:
    return Trained(houses)


def by_hand(trained: Trained) -> tuple[np.ndarray, np.ndarray]:
    """The test prices and those that are predicted, from the weights file alone."""
    preparation = trained.file.preparation
    assert preparation is not None
    (column,) = preparation.targets
    numbers = (
        np.float64(values[:, 0]) * column.deviation + column.mean
        for values in (trained.dataset.test.targets, trained.outputs)
    )
    true, said = numbers
    return true, said


def test_window_and_report_say_the_same_fit(trained: Trained, qtbot: QtBot) -> None:
    true, said = by_hand(trained)
    rmse = float(np.sqrt(np.mean((true - said) ** 2)))
    r2 = 1 - np.sum((true - said) ** 2) / np.sum((true - true.mean()) ** 2)
    assert trained.report["test_rmse"] == pytest.approx(rmse, rel=1e-5)
    assert trained.report["test_r2"] == pytest.approx(r2, rel=1e-5)
    expected = f"R² {r2:.4f}, root mean square error {own_figure(rmse)}"
    assert result_text(trained.dataset, trained.evaluation) == expected
    window = QMainWindow()
    qtbot.addWidget(window)
    figures = Figures(window, window)
    figures.set_view(trained.view())
    assert (figures.accuracy.name, figures.accuracy.value.text()) == (
        "test R²",
        f"{r2:.4f}",
    )
    tip = figures.accuracy.toolTip()
    assert tip.startswith(f"Root mean square error {own_figure(rmse)}, at step ")


def test_an_example_of_the_gallery_is_in_the_units_of_the_file(
    trained: Trained,
) -> None:
    true, said = by_hand(trained)
    errors = errors_of(trained.dataset, trained.evaluation)
    assert errors == pytest.approx(np.abs(true - said), rel=1e-3)
    order = np.arange(len(true), dtype=np.int32)
    tiles = ClassifiedTiles(
        trained.dataset, order, trained.evaluation, "identity", errors
    )
    cells = [cell.replace(",", "") for cell in tiles.cells(3)]
    assert float(cells[-3]) == pytest.approx(true[3], abs=0.02)
    assert float(cells[-2]) == pytest.approx(said[3], abs=0.51)
    # A pocket calculator gets the error from the two.
    assert float(cells[-1]) == pytest.approx(
        abs(float(cells[-3]) - float(cells[-2])), abs=1.5
    )


def test_the_picture_says_target_and_answer_in_the_units_of_the_file(
    trained: Trained,
) -> None:
    true, said = by_hand(trained)
    view = trained.view()
    index = view.example.index
    assert index is not None
    targets = trained.dataset.test.targets
    assert targets is not None
    target = own_target(trained.dataset, 0, float(targets[index, 0]))
    assert parse_number(target) == pytest.approx(true[index], abs=0.02)
    output = f"{said[index]:,.0f}"
    assert answer(view) == f"price (target {target}) {output}"
    value = float(view.trace.output[0])
    assert output_figure(trained.dataset, "identity", 0, value) == output
    lines = readout_lines(view, Unit(view.spec.n_layers, 0))
    assert f"price = {output} in the units of the file" in lines


def test_targets_in_several_units_are_told_apart(
    tmp_path: Path, trained: Trained, qtbot: QtBot
) -> None:
    rows = [f"{k / 7:.3f},{3000 * k},{(k * k % 11) / 40}" for k in range(1, 41)]
    path = tmp_path / "two.csv"
    path.write_text("\n".join(["size,price,share", *rows]))
    experiment = usual_experiment(path)
    experiment = experiment.with_values({"data.target": ("price", "share")})
    experiment = understand(experiment).experiment
    dataset = load_dataset(experiment.data)
    n = len(dataset.test)
    outputs = np.zeros((n, 2), np.float32)  # the mean of the training targets
    evaluation = replace(trained.evaluation, outputs=outputs)
    assert dataset.preparation is not None
    assert dataset.test.targets is not None
    told = []
    for k, target in enumerate(dataset.preparation.targets):
        true = np.float64(dataset.test.targets[:, k]) * target.deviation
        rmse = float(np.sqrt(np.mean(true**2)))
        told.append((target.name, f"root mean square error {own_figure(rmse)}"))
    parts = result_text(dataset, evaluation).split("; ")
    for part, (name, error) in zip(parts, told, strict=True):
        assert part.startswith(f"{name}: ")
        assert part.endswith(error)
    window = QMainWindow()
    qtbot.addWidget(window)
    figures = Figures(window, window)
    run = Run(1, experiment, trained.file.spec, dataset, "cpu", MetricsLog())
    figures.set_view(replace(trained.view(), run=run, evaluation=evaluation))
    tip = figures.accuracy.toolTip().splitlines()
    assert [line.partition(":")[0] for line in tip[1:]] == ["price", "share"]
    errors = errors_of(dataset, evaluation)
    expected = np.sqrt(np.mean(np.float64(dataset.test.targets) ** 2, axis=1))
    assert errors == pytest.approx(expected, rel=1e-5)
    order = np.arange(n, dtype=np.int32)
    tiles = ClassifiedTiles(dataset, order, evaluation, "identity", errors)
    assert tiles.headers[-1] == "error (standardised)"


def test_inputs_are_in_the_units_of_the_file_and_scaled_where_it_is_said(
    tmp_path: Path, trained: Trained
) -> None:
    rows = [
        f"{3 + k % 28:02}.05.2024,{1000 + 7 * k},{'red' if k % 2 else 'blue'},{k}.5"
        for k in range(28)
    ]
    path = tmp_path / "own.csv"
    path.write_text("\n".join(["day,size,colour,price", *rows]))
    experiment = usual_experiment(path).with_values({"data.include": ("day",)})
    dataset = load_dataset(understand(experiment).experiment.data)
    n = len(dataset.test)
    order = np.arange(n, dtype=np.int32)
    tiles = ClassifiedTiles(dataset, order, None, "identity")
    assert tiles.headers[:4] == ("day", "size", "colour = blue", "colour = red")
    shown = set()
    for place in range(n):
        day, size, blue, red, price, *_ = tiles.cells(place)
        k = round(float(price) - 0.5)
        assert day == f"2024-05-{3 + k:02}"
        assert size == str(1000 + 7 * k)
        assert (blue, red) == (("0", "1") if k % 2 else ("1", "0"))
        shown.add(k)
        scaled = dataset.test.inputs[place, 1]
        assert f"{scaled:.3f}".lstrip("-") in tiles.tooltip(place)
        assert "the network receives them scaled: " in tiles.tooltip(place)
    assert len(shown) == n
    view = trained.view()
    area = view.run.dataset.preparation.columns[0]
    value = float(view.trace.inputs[0])
    own = own_input(view.run.dataset, 0, value)
    exact = value * area.deviation + area.mean
    assert parse_number(own) == pytest.approx(exact, abs=1e-4)
    assert len(own) <= len("123.45")  # the file has two decimals
    lines = readout_lines(view, Unit(0, 0))
    assert f"value = {own} in the units of the file" in lines
    assert any("as the network receives it, scaled" in line for line in lines)


def test_every_target_is_printed_as_it_stands_in_the_file(
    houses: Path, trained: Trained
) -> None:
    written = {line.split(",")[-1] for line in houses.read_text().splitlines()[1:]}
    for split in (trained.dataset.train, trained.dataset.test):
        assert split.targets is not None
        for row in split.targets:
            text = own_target(trained.dataset, 0, float(row[0])).replace(",", "")
            assert f"{float(text):.1f}" in written


def test_where_the_cost_is_computed_its_units_are_said(trained: Trained) -> None:
    preparation = trained.dataset.preparation
    assert preparation is not None
    (column,) = preparation.targets
    told = standard_units_text(trained.dataset)
    assert f"price minus {column.mean:,.8g}, divided by {column.deviation:,.8g}" in told
    view = trained.view()
    passes = ForwardBackward(view, backward_of(view), {})
    stage = Stage("cost", view.spec.n_layers)
    assert told in text_of(passes, stage)
    assert any(
        isinstance(block, FormulaLine) and block.text == told
        for block in page_of(passes, Unit(view.spec.n_layers, 0), None)
    )
