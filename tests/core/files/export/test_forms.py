"""Every form is read back, and says so."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx.reference import ReferenceEvaluator

from core.experiment import toml_form
from core.files.export import onnx_form
from core.files.export.forms import FORMS, export
from core.files.export.network import Network
from core.files.weights import load_weights, save_weights
from core.values.errors import FileError
from tests.core.support.exports import (
    HIDDEN,
    OUTPUTS,
    loaded,
    made,
    of_all_kinds,
    of_images,
    of_points,
    of_table,
)

KINDS = of_all_kinds()
WHOLE = [form.ending for form in FORMS.values() if form.is_whole]


@pytest.mark.parametrize("ending", WHOLE)
@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_form_opens_again_with_everything(
    kind: str, ending: str, tmp_path: Path
):
    network, path = KINDS[kind], tmp_path / f"net{ending}"
    assert "difference of a weight is 0" in export(network, path).compared
    found, wanted = load_weights(path), network.weights
    assert found.foreign is None
    for name in ("spec", "step", "class_names", "preparation", "scaling", "experiment"):
        assert getattr(found, name) == getattr(wanted, name)
    for one, other in zip(found.params, wanted.params, strict=True):
        np.testing.assert_array_equal(one[0], other[0])
        np.testing.assert_array_equal(one[1], other[1])


@pytest.mark.parametrize("kind", KINDS)
def test_onnx_takes_rows_of_the_file_in_batches_of_any_size(kind: str, tmp_path: Path):
    network, path = KINDS[kind], tmp_path / "net.onnx"
    export(network, path)
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    assert [(o.domain, o.version) for o in model.opset_import] == [("", 17)]
    assert model.ir_version == 8
    (given,), (answer,) = model.graph.input, model.graph.output
    for value in (given, answer):
        assert value.type.tensor_type.shape.dim[0].dim_param == "batch"
    evaluator = ReferenceEvaluator(model)
    rows = onnx_form.rows_for(network, network.probes)
    expected = network.outputs(network.probes)
    for count in (1, 3, 16):
        (found,) = evaluator.run(None, {given.name: rows[:count]})
        assert found.shape == (count, network.spec.n_outputs)
        scale = 1 + np.abs(expected).max()
        np.testing.assert_allclose(
            found, expected[:count], rtol=2e-5, atol=2e-6 * scale
        )


def test_onnx_has_names_and_the_experiment_in_its_metadata(tmp_path: Path):
    network = of_table()
    export(network, tmp_path / "net.onnx")
    model = onnx.load(tmp_path / "net.onnx")
    found = {entry.key: entry.value for entry in model.metadata_props}
    assert json.loads(found["class_names"]) == ["cat", 'a "dog"', "emu"]
    assert json.loads(found["input_names"])[1] == "colour = blue"
    assert toml_form.loads(found["experiment"]) == network.weights.experiment


@pytest.mark.parametrize("output", OUTPUTS)
def test_onnx_has_every_activation(output: str, tmp_path: Path):
    loss = "perceptron" if output == "step" else ""
    network = of_points(HIDDEN, output, loss)
    export(network, tmp_path / "net.onnx")
    (found,) = ReferenceEvaluator(str(tmp_path / "net.onnx")).run(
        None, {"rows": np.array(network.probes, np.float32)}
    )
    expected = network.outputs(network.probes)
    np.testing.assert_allclose(found, expected, rtol=2e-5, atol=2e-6)


def test_onnx_that_another_program_has_changed_is_read_by_its_graph(tmp_path: Path):
    path = tmp_path / "net.onnx"
    export(of_images(("relu", "gelu")), path)
    model = onnx.load(path)
    (last,) = (node for node in model.graph.node if node.op_type == "Softmax")
    last.op_type = "Sigmoid"
    del last.attribute[:]
    onnx.save(model, path)
    found = load_weights(path)
    assert found.foreign is not None
    assert found.spec.activations == ("relu", "gelu", "sigmoid")


def test_onnx_with_other_weights_in_the_same_graph_has_those(tmp_path: Path):
    path = tmp_path / "net.onnx"
    export(of_points(), path)
    model = onnx.load(path)
    (old,) = (t for t in model.graph.initializer if t.name == "layers.0.bias")
    old.CopyFrom(onnx.numpy_helper.from_array(np.full(6, 0.5, np.float32), old.name))
    onnx.save(model, path)
    assert load_weights(path).params[0][1].tolist() == [0.5] * 6


def test_csv_has_a_line_for_each_parameter(tmp_path: Path):
    network = of_points(("relu", "elu"), bias=False)
    export(network, tmp_path / "net.csv")
    with (tmp_path / "net.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["layer", "unit", "input", "value"]
    assert len(rows) == network.spec.parameter_count == 6 * 2 + 6 * 6 + 3 * 6
    last = rows[-1]
    assert (last["layer"], last["unit"], last["input"]) == ("3", "2", "5")
    assert np.float32(last["value"]) == network.weights.params[2][0][2, 5]
    export(of_points(), tmp_path / "net.csv")
    text = (tmp_path / "net.csv").read_text()
    bias = of_points().weights.params[0][1][4]
    assert f"\n1,4,bias,{bias}\n" in text


def test_a_notebook_has_the_cells_of_format_4_5_and_runs(tmp_path: Path):
    network, path = of_images(), tmp_path / "net.ipynb"
    export(network, path)
    notebook = json.loads(path.read_text())
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    identities = [cell["id"] for cell in notebook["cells"]]
    assert len(set(identities)) == len(identities) > 8
    code = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    assert all(c["outputs"] == [] and c["execution_count"] is None for c in code)
    script = tmp_path / "cells.py"
    script.write_text("\n\n".join("".join(cell["source"]) for cell in code))
    module = loaded(script)
    expected = network.outputs(network.probes)
    np.testing.assert_allclose(module.predict(network.probes), expected, atol=1e-6)
    assert module.loss(module.EXAMPLE, [0], module.params) < module.loss(
        module.EXAMPLE, [0]
    )


def test_json_can_be_read_by_any_program(tmp_path: Path):
    network = of_points(("relu", "elu"), bias=False)
    export(network, tmp_path / "net.json")
    table = json.loads((tmp_path / "net.json").read_text())
    assert table["sizes"] == [2, 6, 6, 3]
    assert table["activations"] == ["relu", "elu", "softmax"]
    assert table["biases"] == [None, None, None]
    weight = np.array(table["weights"][1], np.float32)
    np.testing.assert_array_equal(weight, network.weights.params[1][0])


@pytest.mark.parametrize("ending", FORMS)
def test_weights_that_are_not_finite_are_refused(ending: str, tmp_path: Path):
    network = of_points()
    bad = np.full((6, 2), np.nan, np.float32)
    params = ((bad, network.weights.params[0][1]), *network.weights.params[1:])
    diverged = Network.of(replace(network.weights, params=params))
    path = tmp_path / f"net{ending}"
    with pytest.raises(FileError, match="non-finite values"):
        export(diverged, path)
    assert not path.exists()


def test_a_language_is_refused_where_a_form_has_none(tmp_path: Path):
    with pytest.raises(FileError, match=r"\.safetensors, \.py, \.ipynb are"):
        export(of_points(), tmp_path / "net.onnx", "torch")
    with pytest.raises(FileError, match="is for torch"):
        export(of_points(), tmp_path / "net.safetensors", "jax")


def test_scaling_that_no_file_says_is_said(tmp_path: Path):
    foreign = made(None, of_points().spec)
    done = export(foreign, tmp_path / "net.py")
    assert "does not say how its inputs were scaled" in done.notes[0]
    assert export(of_points(), tmp_path / "net.py").notes == ()


def test_older_files_of_images_take_grey_levels(tmp_path: Path):
    path = tmp_path / "old.npz"
    save_weights(path, of_images().weights)
    old = load_weights(path)
    assert old.scaling is None
    assert Network.of(old).intake.scaling.deviations == (255.0,)
