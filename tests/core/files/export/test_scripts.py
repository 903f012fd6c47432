"""Exported scripts are run, and compared with what they were made of."""

import ast
from pathlib import Path

import jax
import numpy as np
import pytest

from core.files.export import forms
from core.files.export.forms import export
from core.files.export.network import Network
from core.files.weights import load_weights
from core.network.numpy.activations.table import hidden_activations
from core.network.numpy.costs import costs_of
from core.network.numpy.losses.table import LOSSES
from core.values.errors import FileError
from core.values.network_spec import NetworkSpec
from tests.core.support.exports import (
    HIDDEN,
    PAIRS,
    loaded,
    made,
    of_all_kinds,
    of_images,
    of_points,
    of_table,
)

KINDS = of_all_kinds()


def answers_for(network: Network) -> np.ndarray:
    """Some answers for the probes, as they stand in the file."""
    n, n_outputs = len(network.probes), network.spec.n_outputs
    if network.has_classes:
        return np.arange(n) % max(2, n_outputs)
    return network.outputs(network.probes) + np.linspace(-2, 3, n)[:, None]


@pytest.mark.parametrize(
    ("kind", "language"),
    [*((kind, "numpy") for kind in KINDS), ("numbers", "jax"), ("no biases", "jax")],
)
def test_a_script_answers_to_rows_of_the_file_as_the_network_does(
    kind: str, language: str, tmp_path: Path
):
    network, path = KINDS[kind], tmp_path / "net.py"
    assert "difference of a weight is 0" in export(network, path, language).compared
    script = loaded(path)
    expected = network.outputs(network.probes)
    found = script.predict(network.probes)
    assert found.shape == expected.shape
    scale = 1 + np.abs(expected).max()
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=2e-6 * scale)


@pytest.mark.parametrize("kind", ["one output", "no biases", "numbers"])
def test_the_gradient_by_hand_is_that_of_jax_for_other_data(kind: str, tmp_path: Path):
    check_gradients(KINDS[kind], tmp_path)


def test_the_gradient_by_hand_is_that_of_jax_through_every_activation(tmp_path: Path):
    assert set(hidden_activations()) < set(HIDDEN)
    check_gradients(of_points(HIDDEN), tmp_path)


@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_the_gradient_by_hand_is_that_of_jax_for_every_loss_and_output(
    loss: str, output: str, tmp_path: Path
):
    assert {pair[0] for pair in PAIRS} == set(LOSSES)
    check_gradients(of_points(("tanh",), output, loss), tmp_path)


def check_gradients(network: Network, folder: Path) -> None:
    scripts = {}
    for language in ("numpy", "jax"):
        export(network, folder / f"{language}_net.py", language)
        scripts[language] = loaded(folder / f"{language}_net.py")
    rows, answers = network.probes, answers_for(network)
    by_hand, by_jax = scripts["numpy"], scripts["jax"]
    x, t = by_hand.prepare(rows), by_hand.targets_of(answers)
    np.testing.assert_array_equal(by_jax.targets_of(answers), t)
    expected = jax.grad(by_jax.mean_cost)(by_jax.PARAMS, x, t)
    found = by_hand.gradient(by_hand.PARAMS, x, t)
    for k, (gradients, wanted) in enumerate(zip(found, expected, strict=True)):
        for is_bias in (0, 1)[: 1 + network.spec.biases[k]]:
            np.testing.assert_allclose(
                gradients[is_bias], wanted[is_bias], rtol=2e-4, atol=2e-6
            )
    z = by_hand.forward(by_hand.PARAMS, x)[0][-1]
    training, output = network.training, network.spec.activations[-1]
    cost = costs_of(training.loss, output, z, t, training.rho).mean()
    assert by_hand.loss(rows, answers) == pytest.approx(cost, rel=1e-5)
    assert float(by_jax.loss(rows, answers)) == pytest.approx(cost, rel=1e-5)


def test_a_script_takes_the_classes_by_their_names_in_the_file(tmp_path: Path):
    network, path = KINDS["table"], tmp_path / "net.py"
    export(network, path)
    script = loaded(path)
    places = answers_for(network)
    names = [script.NAMES[place] for place in places]
    np.testing.assert_array_equal(script.targets_of(names), script.targets_of(places))
    assert script.targets_of(names).sum() == len(names)
    assert script.loss(network.probes, names) > 0
    for wrong in (["nobody"] * 2, [0, len(script.NAMES)], [0.5, 1.0]):
        with pytest.raises(ValueError, match="answers must be among"):
            script.targets_of(wrong)


@pytest.mark.parametrize(
    ("kind", "language"),
    [
        ("points", "numpy"),
        ("table", "numpy"),
        ("no biases", "numpy"),
        ("numbers", "jax"),
        ("no biases", "jax"),
    ],
)
def test_a_script_trains_on(kind: str, language: str, tmp_path: Path):
    network, path = KINDS[kind], tmp_path / "net.py"
    export(network, path, language)
    script = loaded(path)
    rows, answers = network.probes, answers_for(network)
    before = script.loss(rows, answers)
    params = script.train(rows, answers, epochs=30, learning_rate=0.05)
    assert script.loss(rows, answers, params) < before
    assert script.loss(rows, answers) == before
    for k, (_, bias) in enumerate(params):
        assert network.spec.biases[k] or not np.any(bias)


def test_a_script_names_the_classes(tmp_path: Path):
    network = of_table()
    export(network, tmp_path / "net.py")
    script = loaded(tmp_path / "net.py")
    best = network.outputs(network.probes).argmax(axis=1)
    names = network.weights.class_names
    assert script.classify(network.probes) == [names[k] for k in best]


def test_rows_of_a_table_may_have_gaps_and_numbers_as_words(tmp_path: Path):
    export(of_table(), tmp_path / "net.py")
    prepare = loaded(tmp_path / "net.py").prepare
    (whole, gaps, odd) = prepare(
        [(51.75, "red", 2001.5), ("", "?", float("nan")), ("37", "mauve", "1999")]
    )
    np.testing.assert_array_equal(whole, np.float32([1, 0, 1, 0, 0]))
    medians = [(37 - 38.5) / 13.25, (1999 - 2001.5) / 3.125]
    np.testing.assert_array_equal(gaps, np.float32([medians[0], 0, 0, 1, medians[1]]))
    np.testing.assert_array_equal(odd, np.float32([medians[0], 0, 0, 0, medians[1]]))


def test_a_script_reads_a_picture(tmp_path: Path):
    from PIL import Image

    network = of_images()
    grey = np.arange(784, dtype=np.uint8).reshape(28, 28)
    Image.fromarray(grey).save(tmp_path / "photo.png")
    export(network, tmp_path / "net.py")
    script = loaded(tmp_path / "net.py")
    row = script.read_picture(tmp_path / "photo.png")
    np.testing.assert_array_equal(row, grey.reshape(1, -1))
    expected = network.outputs(row.tolist())
    np.testing.assert_allclose(script.predict(row), expected, rtol=1e-5, atol=1e-6)


def test_with_many_parameters_a_script_reads_them_from_a_file_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    network, path = of_images(), tmp_path / "big.py"
    monkeypatch.setattr(forms, "MOST_HELD", network.spec.parameter_count - 1)
    done = export(network, path)
    beside = tmp_path / "big_weights.npz"
    assert done.paths == (path, beside)
    assert len(path.read_text()) < 10_000
    found = loaded(path).predict(network.probes)
    np.testing.assert_allclose(found, network.outputs(network.probes), atol=1e-6)
    assert load_weights(beside).step == 123
    export(network, path)  # its own file is replaced
    np.savez(beside, mine=np.ones((2, 2)))
    with pytest.raises(FileError, match="file that Glassbox has written"):
        export(network, path)


def test_a_state_dict_gets_its_module_beside_it(tmp_path: Path):
    done = export(of_points(), tmp_path / "net.safetensors", "torch")
    assert done.paths == (tmp_path / "net.safetensors", tmp_path / "net.py")
    text = (tmp_path / "net.py").read_text()
    ast.parse(text)
    assert (
        "load_state_dict(load_file(Path(__file__).with_name('net.safetensors')))"
        in text
    )
    (tmp_path / "net.py").write_text("print('mine')\n")
    with pytest.raises(FileError, match="file that Glassbox has written"):
        export(of_points(), tmp_path / "net.safetensors", "torch")
    assert (tmp_path / "net.py").read_text() == "print('mine')\n"


def test_names_of_classes_and_columns_stay_texts_in_a_script(tmp_path: Path):
    odd = ("'''\"\"\"\\", "); import os #", "new\nline")
    spec = NetworkSpec((2, 3), ("softmax",))
    export(made(None, spec, odd), tmp_path / "net.py")
    assert tuple(loaded(tmp_path / "net.py").NAMES) == odd


def test_a_wrong_number_in_a_script_is_not_called_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    whole = forms.script

    def wrong(network: Network, language: str, beside: str) -> str:
        weight = str(network.weights.params[0][0][0, 0])
        return whole(network, language, beside).replace(weight, "0.5", 1)

    monkeypatch.setattr(forms, "script", wrong)
    with pytest.raises(FileError, match="reads back differently, by"):
        export(of_points(), tmp_path / "net.py")
