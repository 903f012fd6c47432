"""What the recorder writes is what the training did, and can be read at any time."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import glassbox
from glassbox.recording.kept_steps import KeptSteps

SIZES = (6, 5, 3)


def layers(seed: int = 0) -> list[tuple[np.ndarray, np.ndarray]]:
    rng = np.random.default_rng(seed)
    return [
        (rng.normal(size=(o, i)).astype(np.float32), np.zeros(o, np.float32))
        for i, o in itertools.pairwise(SIZES)
    ]


def nudge(model: list[tuple[np.ndarray, np.ndarray]], by: float) -> None:
    for weight, bias in model:
        weight += np.float32(by)
        bias -= np.float32(by)


def test_the_weights_of_each_kept_step_are_those_it_had(tmp_path: Path) -> None:
    model = layers()
    with glassbox.Recorder(tmp_path / "run", model, every=1) as recorder:
        for _ in range(20):
            nudge(model, 0.5)  # in place, before and while they are written
            recorder.step(loss=1.0)
    run = glassbox.open(tmp_path / "run")
    assert run.steps == tuple(range(21))
    for step in run.steps:
        for (weight, bias), (begin, _) in zip(run.weights(step), layers(), strict=True):
            np.testing.assert_allclose(
                weight, begin + np.float32(0.5 * step), rtol=1e-6
            )
            np.testing.assert_array_equal(bias, np.float32(-0.5 * step))


def test_curves_and_description_are_read_back(tmp_path: Path) -> None:
    recorder = glassbox.Recorder(
        tmp_path / "run",
        layers(),
        inputs=np.ones((4, 2, 3)),
        labels=[0, 1, 2, 0],
        activations="tanh",
        output="softmax",
        loss_name='cross "entropy"',
    )
    for k in range(10):
        recorder.step(loss=float("nan") if k == 3 else k / 2)
    recorder.close()
    recorder.close()
    run = glassbox.open(tmp_path / "run")
    np.testing.assert_array_equal(run.metrics["step"], np.arange(1, 11))
    expected = np.arange(10) / 2
    expected[3] = np.nan
    np.testing.assert_array_equal(run.metrics["loss"], expected)
    assert run.layer_sizes == SIZES
    assert run.activations == ("tanh", "softmax")
    assert run.description["run"]["loss"] == 'cross "entropy"'
    assert run.description["run"]["steps"] == 10
    assert run.has_ended
    np.testing.assert_array_equal(run.inputs, np.ones((4, 6)))
    assert run.labels.tolist() == [0, 1, 2, 0]
    assert run.steps[0] == 0
    assert run.steps[-1] == 10


def test_the_first_weights_are_on_disk_at_once(tmp_path: Path) -> None:
    recorder = glassbox.Recorder(tmp_path / "run", layers())
    run = glassbox.open(tmp_path / "run")
    assert run.steps == (0,)
    assert not run.has_ended
    np.testing.assert_array_equal(run.weights(0)[0][0], layers()[0][0])
    recorder.close()


def test_what_nobody_said_is_unknown(tmp_path: Path) -> None:
    glassbox.Recorder(tmp_path / "run", layers()).close()
    assert glassbox.open(tmp_path / "run").activations == ("unknown", "unknown")


@pytest.mark.parametrize(("every", "n_steps"), [(None, 100_000), (3, 5_000)])
def test_kept_steps_stay_within_the_bound_and_thin_out_evenly(
    every: int | None, n_steps: int
) -> None:
    kept, on_disk = KeptSteps(100, 100 * 60, every), set()
    for step in range(n_steps + 1):
        if kept.wants(step):
            on_disk.add(step)
            on_disk -= set(kept.keep(step))
        assert len(on_disk) <= 60
    assert sorted(on_disk) == kept.steps
    assert len(kept.steps) > 20
    assert kept.steps[0] == 0
    gaps = np.diff(kept.steps[1:])
    if every is None:
        ratios = np.array(kept.steps[2:]) / np.array(kept.steps[1:-1])
        late = ratios[np.array(kept.steps[1:-1]) > 50]
        assert late.max() < 2 * late.min(), "evenly on a log scale"
    else:
        assert set(np.array(kept.steps) % 3) == {0}
        assert len(set(gaps.tolist())) <= 2


def test_arrays_that_cannot_change_are_handed_in_anew(tmp_path: Path) -> None:
    jax = pytest.importorskip("jax")
    params = [(jax.numpy.asarray(w), jax.numpy.asarray(b)) for w, b in layers()]
    with glassbox.Recorder(tmp_path / "run", params, every=1) as recorder:
        with pytest.raises(ValueError, match=r"step\(loss, model=new_parameters\)"):
            recorder.step(loss=1.0)
        recorder.step(loss=1.0, model=[(w + 1, b) for w, b in params])
    run = glassbox.open(tmp_path / "run")
    np.testing.assert_array_equal(run.weights(1)[0][0], layers()[0][0] + 1)


def test_nested_parameters_are_read_in_their_order(tmp_path: Path) -> None:
    (w0, b0), (w1, b1) = layers()
    nested = {"params": {"Dense_10": {"kernel": w1.T, "bias": b1}}}
    nested["params"]["Dense_9"] = {"kernel": w0.T, "bias": b0}
    glassbox.Recorder(tmp_path / "run", nested).close()
    run = glassbox.open(tmp_path / "run")
    assert run.layer_sizes == SIZES
    np.testing.assert_array_equal(run.weights(0)[1][0], w1)


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ([], "not known"),
        ({"a": 3}, "not known"),
        ([(np.zeros((3, 2)), np.zeros(2))], "layer 1 has 3 units and biases"),
        (
            [(np.zeros((3, 2)), np.zeros(3)), (np.zeros((2, 4)), np.zeros(2))],
            "layer 2 takes 4 numbers and layer 1 gives 3",
        ),
    ],
)
def test_what_is_no_network_is_refused_with_the_reason(
    tmp_path: Path, model: object, said: str
) -> None:
    with pytest.raises(glassbox.ModelError, match=said):
        glassbox.Recorder(tmp_path / "run", model)
    assert not (tmp_path / "run").exists()


def test_a_folder_that_holds_a_run_is_left_alone(tmp_path: Path) -> None:
    glassbox.Recorder(tmp_path / "run", layers()).close()
    with pytest.raises(FileExistsError, match="holds a run already"):
        glassbox.Recorder(tmp_path / "run", layers())


def test_after_the_end_nothing_is_ignored_silently(tmp_path: Path) -> None:
    recorder = glassbox.Recorder(tmp_path / "run", layers())
    recorder.close()
    with pytest.raises(ValueError, match="closed"):
        recorder.step()


SCRIPT = """
import sys, numpy as np, glassbox
model = [(np.zeros((50, 80), np.float32), np.zeros(50, np.float32))]
recorder = glassbox.Recorder(sys.argv[1], model, every=1)
print("begun", flush=True)
while True:
    model[0][0][:] += 1
    recorder.step(loss=1.0)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize("delay", [0.0, 0.05, 0.3, 1.2])
def test_a_run_that_was_killed_is_whole_up_to_its_last_second(
    tmp_path: Path, delay: float
) -> None:
    folder = tmp_path / "run"
    command = [sys.executable, "-c", SCRIPT, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
    run = glassbox.open(folder)
    assert not run.has_ended
    for step in run.steps:
        (weight, _bias) = run.weights(step)[0]
        np.testing.assert_array_equal(weight, np.full((50, 80), step, np.float32))
    if delay > 1:
        assert len(run.metrics["loss"]) > 0


def test_importing_it_brings_neither_qt_nor_jax_nor_names_of_its_own() -> None:
    code = (
        "import sys, types; sys.modules['core'] = mine = types.ModuleType('core'); "
        "import glassbox; "
        "assert sys.modules['core'] is mine; "
        "new = {name.partition('.')[0] for name in sys.modules}; "
        "sys.exit(repr(new & {'jax', 'PySide6', 'gui', 'optax', 'torch'}) "
        "if new & {'jax', 'PySide6', 'gui', 'optax', 'torch'} else 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("run.toml", "", "no run.format"),
        ("run.toml", "[run", "not a TOML file"),
        ("run.toml", "[run]\nformat = 99\n", "newer Glassbox"),
        ("run.toml", f"[run]\nformat = 0x{'f' * 5_000}\n", "newer Glassbox"),
        ("run.toml", "[run]\nformat = 1\n", "layer_sizes"),
        (
            "run.toml",
            f"[run]\nformat = 1\n[network]\nlayer_sizes = [2, {10**12}]\n",
            "layer_sizes",
        ),
    ],
)
def test_a_damaged_run_says_what_is_wrong(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    glassbox.Recorder(tmp_path / "run", layers()).close()
    (tmp_path / "run" / name).write_text(text)
    with pytest.raises(glassbox.RunError, match=said):
        glassbox.open(tmp_path / "run")


def test_a_number_beyond_all_bounds_is_none(tmp_path: Path) -> None:
    glassbox.Recorder(tmp_path / "run", layers()).close()
    line = f'{{"step": 1, "loss": {10**400}}}\n'
    (tmp_path / "run" / "metrics.jsonl").write_text(line)
    assert np.isnan(glassbox.open(tmp_path / "run").metrics["loss"]).all()


def test_half_a_line_of_the_metrics_does_no_harm(tmp_path: Path) -> None:
    with glassbox.Recorder(tmp_path / "run", layers()) as recorder:
        recorder.step(loss=2.0)
    with (tmp_path / "run" / "metrics.jsonl").open("a") as file:
        file.write(json.dumps({"step": 2, "loss": 1.0})[:9])
    assert glassbox.open(tmp_path / "run").metrics["loss"].tolist() == [2.0]


def test_many_steps_are_noted_at_once(tmp_path: Path) -> None:
    model = layers()
    with glassbox.Recorder(tmp_path / "run", model, every=1) as recorder:
        assert recorder.until_wanted == 1
        for count in (1, 4, 20):
            nudge(model, count)
            losses = np.full(count, float(count))
            recorder.steps({"loss": losses, "rate": [0.1] * count})
            recorder.note(test_loss=float("nan"), epoch=count)
    run = glassbox.open(tmp_path / "run")
    assert run.steps == (0, 1, 5, 25)
    losses = run.metrics["loss"][~np.isnan(run.metrics["loss"])]
    assert losses.tolist() == [1.0] + [4.0] * 4 + [20.0] * 20
    assert run.metrics["epoch"][-1] == 20
    (weight, _), _ = run.weights(25)
    np.testing.assert_allclose(weight, layers()[0][0] + np.float32(25), rtol=1e-6)


def test_curves_of_different_lengths_are_refused(tmp_path: Path) -> None:
    recorder = glassbox.Recorder(tmp_path / "run", layers())
    for curves in ({}, {"loss": [1.0, 2.0], "rate": [0.1]}):
        with pytest.raises(ValueError, match="one number a step"):
            recorder.steps(curves)
    recorder.close()
    with pytest.raises(ValueError, match="closed"):
        recorder.note(loss=1.0)


@pytest.mark.parametrize("every", [None, 1, 7])
def test_the_next_wanted_step_is_the_first_that_is_wanted(every: int | None) -> None:
    kept = KeptSteps(1, 40, every)
    for _ in range(70):
        wanted = kept.next_wanted
        last = kept.steps[-1] if kept.steps else -1
        assert [kept.wants(step) for step in range(last + 1, wanted + 1)] == [
            *[False] * (wanted - last - 1),
            True,
        ]
        kept.keep(wanted)


def all_of(folder: Path) -> tuple[object, ...]:
    run = glassbox.open(folder)
    return run.metrics, run.inputs


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such pipes")
@pytest.mark.parametrize("name", ["run.toml", "metrics.jsonl", "probe.safetensors"])
def test_a_pipe_or_a_device_in_a_folder_is_not_read(tmp_path: Path, name: str) -> None:
    with glassbox.Recorder(tmp_path, layers(), inputs=np.ones((2, 6))) as recorder:
        recorder.step(1.0)
    for make in (os.mkfifo, lambda path: path.symlink_to("/dev/zero")):
        (tmp_path / name).unlink()
        make(tmp_path / name)
        with pytest.raises(glassbox.RunError, match="not an ordinary file"):
            all_of(tmp_path)


def test_a_description_of_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    glassbox.Recorder(tmp_path, layers()).close()
    with (tmp_path / "run.toml").open("r+b") as file:
        file.truncate(2**40)
    with pytest.raises(glassbox.RunError, match="more than 1,048,576"):
        glassbox.open(tmp_path)
