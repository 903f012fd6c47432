"""Exports are run by the programs that they are for."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.files.export import onnx_form
from core.files.export.forms import export
from core.files.export.network import Network
from tests.core.support.exports import (
    HIDDEN,
    OUTPUTS,
    PAIRS,
    loaded,
    of_all_kinds,
    of_points,
)

KINDS = of_all_kinds()
pytestmark = pytest.mark.peers


@pytest.mark.parametrize("kind", KINDS)
def test_onnxruntime_answers_as_the_network_does(kind: str, tmp_path: Path):
    check_by_onnxruntime(KINDS[kind], tmp_path / "net.onnx")


@pytest.mark.parametrize("output", OUTPUTS)
def test_onnxruntime_knows_every_activation(output: str, tmp_path: Path):
    loss = "perceptron" if output == "step" else ""
    check_by_onnxruntime(of_points(HIDDEN, output, loss), tmp_path / "net.onnx")


def check_by_onnxruntime(network: Network, path: Path) -> None:
    import onnxruntime

    export(network, path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (given,) = session.get_inputs()
    assert given.shape == ["batch", len(onnx_form.rows_for(network, network.probes)[0])]
    rows = onnx_form.rows_for(network, network.probes)
    expected = network.outputs(network.probes)
    scale = 1 + np.abs(expected).max()
    for count in (1, 5, 16):
        (found,) = session.run(None, {given.name: rows[:count]})
        np.testing.assert_allclose(
            found, expected[:count], rtol=2e-5, atol=2e-6 * scale
        )


@pytest.mark.parametrize("kind", KINDS)
def test_pytorch_answers_as_the_network_does(kind: str, tmp_path: Path):
    network, path = KINDS[kind], tmp_path / "net.py"
    export(network, path, "torch")
    script = loaded(path)
    expected = network.outputs(network.probes)
    scale = 1 + np.abs(expected).max()
    found = script.predict(network.probes)
    np.testing.assert_allclose(found, expected, rtol=2e-5, atol=2e-6 * scale)


@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_pytorch_learns_as_the_script_by_hand_does(
    loss: str, output: str, tmp_path: Path
):
    network = of_points(HIDDEN, output, loss)
    export(network, tmp_path / "torch_net.py", "torch")
    export(network, tmp_path / "numpy_net.py")
    theirs, by_hand = (loaded(tmp_path / f"{n}_net.py") for n in ("torch", "numpy"))
    rows, answers = network.probes, np.arange(16) % 3
    value = theirs.loss(rows, answers)
    assert value.item() == pytest.approx(by_hand.loss(rows, answers), rel=1e-5)
    value.backward()
    x, t = by_hand.prepare(rows), by_hand.targets_of(answers)
    gradients = by_hand.gradient(by_hand.PARAMS, x, t)
    for layer, (dw, db) in zip(theirs.NETWORK.layers, gradients, strict=True):
        np.testing.assert_allclose(layer.weight.grad, dw, rtol=2e-4, atol=2e-6)
        np.testing.assert_allclose(layer.bias.grad, db, rtol=2e-4, atol=2e-6)


def test_pytorch_takes_the_state_dict_and_trains_on(tmp_path: Path):
    network = KINDS["no biases"]
    export(network, tmp_path / "net.safetensors", "torch")
    script = loaded(tmp_path / "net.py")
    rows, answers = network.probes, np.arange(16) % 3
    np.testing.assert_allclose(
        script.predict(rows), network.outputs(rows), rtol=1e-5, atol=1e-6
    )
    before = script.loss(rows, answers).item()
    script.train(rows, answers, epochs=20, learning_rate=0.05)
    assert script.loss(rows, answers).item() < before


@pytest.mark.parametrize("language", ["numpy", "jax", "torch"])
@pytest.mark.parametrize("kind", ["images", "table"])
def test_nbformat_finds_notebooks_valid(kind: str, language: str, tmp_path: Path):
    import nbformat

    export(KINDS[kind], tmp_path / "net.ipynb", language)
    text = (tmp_path / "net.ipynb").read_text()
    nbformat.validate(nbformat.reads(text, as_version=4))
    code = (c for c in json.loads(text)["cells"] if c["cell_type"] == "code")
    (tmp_path / "cells.py").write_text(
        "\n\n".join("".join(cell["source"]) for cell in code)
    )
    found = loaded(tmp_path / "cells.py").predict(KINDS[kind].probes)
    assert found.shape == (16, KINDS[kind].spec.n_outputs)
