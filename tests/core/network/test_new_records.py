"""A new activation or loss is one entry: it trains, is traced, proved and saved."""

from pathlib import Path

import jax
import numpy as np
import pytest

from core.experiment import toml_form
from core.experiment.model import Experiment, NetworkSettings, TrainingSettings
from core.files.weights import WeightsFile, load_weights, save_weights
from core.network.numpy.costs import target_of
from core.network.numpy.forward import forward_trace
from core.protocol.side_jobs.proofs import ProofReport, ProofTask
from core.side_jobs.proofs.proving import prove_all
from core.training.evaluate import evaluate, read_rows
from core.training.run import TrainingRun, to_numpy
from core.values.errors import ExperimentError
from tests.core.support.made_up_records import LOG_COSH, SOFTSIGN, made_up
from tests.core.support.small_runs import small_dataset

__all__ = ["made_up"]


def experiment() -> Experiment:
    return Experiment(
        network=NetworkSettings(
            hidden=(5, 4), activation=SOFTSIGN.name, output=SOFTSIGN.name
        ),
        training=TrainingSettings(loss=LOG_COSH.name, batch_size=10),
    )


@pytest.mark.usefixtures("made_up")
def test_a_new_activation_and_loss_train_are_traced_and_proved() -> None:
    run = TrainingRun(experiment(), small_dataset(), jax.devices("cpu")[0])
    before = evaluate(run.program, run.params, run.train_examples)
    while run.step < 300:
        run.advance(300 - run.step)
    after = evaluate(run.program, run.params, run.train_examples)
    assert after.loss < 0.8 * before.loss

    params = to_numpy(run.params)
    inputs = run.dataset.train.network_inputs(0)
    rows = read_rows(run.program, run.params, run.train_examples, np.zeros(1, np.int32))
    trace = forward_trace(run.spec, params, inputs)
    np.testing.assert_allclose(trace.output, rows.outputs[0], atol=1e-6)

    target = target_of(1, 2, SOFTSIGN.name)
    task = ProofTask(run.spec, LOG_COSH.name, params, inputs, target, 1)
    *_, report = prove_all(task)
    assert isinstance(report, ProofReport)
    assert report.disagreeing == 0
    assert report.checked == run.spec.parameter_count


@pytest.mark.usefixtures("made_up")
def test_files_and_experiments_name_them(tmp_path: Path) -> None:
    made = experiment()
    assert toml_form.loads(toml_form.dumps(made)) == made
    spec = made.network.spec(6, 2)
    zeros = (np.zeros(shape, np.float32) for shape in spec.weight_shapes)
    params = tuple((w, np.zeros(len(w), np.float32)) for w in zeros)
    path = tmp_path / "made-up.npz"
    save_weights(path, WeightsFile(spec, params, made, 7, ()))
    loaded = load_weights(path)
    assert (loaded.spec, loaded.experiment) == (spec, made)


def test_without_their_entry_nothing_knows_them() -> None:
    with pytest.raises(ExperimentError, match="expected one name"):
        experiment()
