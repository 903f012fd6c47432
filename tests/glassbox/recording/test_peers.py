"""Networks of the libraries that people train with, recorded as they are."""

from pathlib import Path

import numpy as np
import pytest

import glassbox

pytestmark = pytest.mark.peers


def test_pytorch_is_recorded_at_its_steps(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    model = torch.nn.Sequential(
        torch.nn.Flatten(),
        torch.nn.Linear(6, 5),
        torch.nn.GELU(),
        torch.nn.Linear(5, 3, bias=False),
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    x, y = torch.randn(20, 2, 3), torch.randint(0, 3, (20,))
    seen = []
    with glassbox.Recorder(
        tmp_path / "run", model, inputs=x, labels=y, output="softmax", every=1
    ) as recorder:
        for _ in range(7):
            loss = torch.nn.functional.cross_entropy(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            recorder.step(loss=loss)
            seen.append((loss.item(), model[1].weight.detach().numpy().copy()))
    run = glassbox.open(tmp_path / "run")
    assert run.activations == ("gelu", "softmax")
    assert run.layer_sizes == (6, 5, 3)
    np.testing.assert_allclose(run.metrics["loss"], [loss for loss, _ in seen])
    for step, (_, weight) in enumerate(seen, 1):
        np.testing.assert_array_equal(run.weights(step)[0][0], weight)
    np.testing.assert_array_equal(run.inputs, x.reshape(20, 6).numpy())


def test_a_convolution_of_pytorch_is_refused_by_name(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    model = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.Linear(3, 2))
    with pytest.raises(glassbox.ModelError, match="Conv2d"):
        glassbox.Recorder(tmp_path / "run", model)


def test_scikit_learn_is_recorded_between_its_partial_fits(tmp_path: Path) -> None:
    neural = pytest.importorskip("sklearn.neural_network")
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(60, 4)), rng.integers(0, 3, 60)
    model = neural.MLPClassifier((7,), activation="logistic", random_state=0)
    with pytest.raises(glassbox.ModelError, match="partial_fit"):
        glassbox.Recorder(tmp_path / "none", model)
    model.partial_fit(x, y, classes=[0, 1, 2])
    with glassbox.Recorder(tmp_path / "run", model, every=1) as recorder:
        model.partial_fit(x, y)
        recorder.step(loss=model.loss_)
    run = glassbox.open(tmp_path / "run")
    assert run.activations == ("sigmoid", "softmax")
    np.testing.assert_allclose(
        run.weights(1)[0][0], model.coefs_[0].T, rtol=1e-5, atol=1e-6
    )
