import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from core.data.mnist_files import MNIST
from core.experiment import toml_form
from core.experiment.presets import load_preset
from core.files.weights import load_weights
from core.values.network_spec import flatten
from gui.session.save_request import FileKind, SaveRequest
from gui.window import file_actions, file_saver
from gui.window.player.job_bar import JobBar
from gui.window.save_requests import weights_request
from tests.core.support.idx_files import made_arrays, write_set
from tests.gui.support.whole_window import GlassMaker

XOR = load_preset("xor").experiment


class ChosenFile:
    """Stands in for the file dialogs and answers at once."""

    path: Path

    @classmethod
    def getSaveFileName(cls, *_: object) -> tuple[str, str]:  # noqa: N802
        return str(cls.path), "NumPy (*.npz)"

    @classmethod
    def getOpenFileName(cls, *_: object) -> tuple[str, str]:  # noqa: N802
        return str(cls.path), ""


Choose = Callable[[Path], None]


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    for module in (file_actions, file_saver):
        monkeypatch.setattr(module, "QFileDialog", ChosenFile)

    def choose(path: Path) -> None:
        ChosenFile.path = path

    return choose


@pytest.mark.parametrize("name", ["w.npz", "w.safetensors"])
def test_exported_weights_open_again_as_they_were(
    glass: GlassMaker, choose: Choose, tmp_path: Path, name: str
) -> None:
    window = glass()
    window.session.take_steps(6)
    window.rest_at(6)
    trained = flatten(window.view.params)
    choose(tmp_path / name)
    window.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    window.wait_until(lambda: (tmp_path / name).exists())
    window.wait_until(lambda: "step 6" in window.says)
    kept = load_weights(tmp_path / name)
    np.testing.assert_array_equal(flatten(kept.params), trained)
    assert kept.experiment == XOR
    window.session.use_seed(9)
    window.wait_for_run(after=1)
    window.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    window.wait_for_run(after=2)
    np.testing.assert_array_equal(flatten(window.view.params), trained)
    assert window.view.run.experiment == XOR


def test_export_without_an_ending_takes_the_one_of_the_chosen_kind(
    glass: GlassMaker, choose: Choose, tmp_path: Path
) -> None:
    window = glass()
    choose(tmp_path / "weights")
    window.window.actions_by_key["export_weights"].trigger()
    window.wait_until(lambda: (tmp_path / "weights.npz").exists())


def test_a_saved_experiment_opens_again(
    glass: GlassMaker, choose: Choose, tmp_path: Path
) -> None:
    edited = XOR.with_values({"network.hidden": [3, 2], "training.seed": 7})
    window = glass(edited)
    choose(tmp_path / "mine.toml")
    window.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    window.wait_until(lambda: (tmp_path / "mine.toml").exists())
    assert toml_form.loads((tmp_path / "mine.toml").read_text()) == edited
    window.session.start(XOR)
    window.wait_for_run(after=1)
    window.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    window.wait_for_run(after=2)
    assert window.view.run.experiment == edited
    assert window.session.experiment == edited


def test_what_was_opened_is_said_and_listed_under_recent_files(
    glass: GlassMaker, tmp_path: Path
) -> None:
    path = tmp_path / "this & that.toml"
    path.write_text(toml_form.dumps(XOR))
    window = glass()
    window.drop(path)
    window.wait_for_run(after=1)
    assert window.says == f"Opened {path}."
    recent = [action.text() for action in window.window._recent.actions()]
    assert [text.replace("&&", "&") for text in recent] == [str(path)]
    assert window.window.windowTitle() == "this & that.toml - Glassbox"
    window.session.document.edit({"training.learning_rate": 0.25})
    assert window.window.windowTitle() == "this & that.toml, changed - Glassbox"
    window.window._recent.actions()[0].trigger()
    window.wait_for_run(after=2)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.toml", b"[network]\nhidden = 'wide'"),
        ("broken.npz", b"PK but not really"),
        ("broken.safetensors", b"\x08\x00\x00\x00\x00\x00\x00\x00{"),
        ("picture.png", b"\x89PNG"),
        ("empty", b""),
    ],
)
def test_a_damaged_file_is_refused_by_name_and_nothing_breaks(
    glass: GlassMaker, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    window = glass()
    window.drop(tmp_path / name)
    window.wait_until(lambda: name in window.says)
    assert window.run_id == 1
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)


def test_a_file_that_went_away_is_refused(glass: GlassMaker, tmp_path: Path) -> None:
    window = glass()
    window.drop(tmp_path / "gone.npz")
    window.wait_until(lambda: "gone.npz" in window.says)


def test_a_folder_that_cannot_be_written_is_named(
    glass: GlassMaker, choose: Choose, tmp_path: Path
) -> None:
    window = glass()
    choose(tmp_path / "no such folder" / "w.npz")
    window.window.actions_by_key["export_weights"].trigger()
    window.wait_until(lambda: "no such folder" in window.says)


def test_a_dropped_folder_with_mnist_in_it_is_trained_on(
    glass: GlassMaker, tmp_path: Path
) -> None:
    write_set(tmp_path / "mnist", made_arrays(first_labels=MNIST.first_labels))
    window = glass()
    window.drop(tmp_path)
    window.wait_for_run(after=1)
    assert window.view.run.dataset.name == "mnist"
    assert window.session.experiment.data.name == "mnist"


@pytest.mark.parametrize("is_known", [True, False])
def test_one_dropped_file_of_an_idx_set_stands_for_the_set(
    glass: GlassMaker, tmp_path: Path, is_known: bool
) -> None:
    arrays = made_arrays(first_labels=MNIST.first_labels)
    prefix = "" if is_known else "own-"
    write_set(tmp_path / "set", {prefix + name: one for name, one in arrays.items()})
    window = glass()
    window.drop(next(p for p in (tmp_path / "set").iterdir() if "images" in p.name))
    if not is_known:
        intakes = window.window.openings.intakes
        window.wait_until(lambda: intakes.dialog and intakes.dialog.train.isEnabled())
        intakes.dialog.train.click()
    window.wait_for_run(after=1)
    assert window.view.run.spec.n_inputs == 784
    assert window.session.experiment.data.name == ("mnist" if is_known else "file")


def test_a_dropped_folder_without_data_is_refused(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window = glass()
    window.drop(tmp_path)
    intakes = window.window.openings.intakes
    window.wait_until(lambda: intakes.dialog and intakes.dialog.problem.text())
    assert "expected the IDX files of a set" in intakes.dialog.problem.text()
    assert window.run_id == 1


def test_exported_weights_count_the_steps_of_the_file_that_they_began_from(
    glass: GlassMaker, choose: Choose, tmp_path: Path
) -> None:
    window = glass()
    window.session.take_steps(6)
    window.rest_at(6)
    window.window.saver.save(weights_request(window.view), tmp_path / "six.npz")
    window.wait_until(lambda: (tmp_path / "six.npz").exists())
    window.window.files.open(tmp_path / "six.npz")
    window.wait_for_run(after=1)
    bar = window.window.message_bar
    window.wait_until(lambda: "from the weights of step 6" in bar.text)
    assert "batches, learning-rate schedule and optimiser begin anew" in bar.text
    for _ in range(2):  # a reset begins from the file again
        window.session.take_steps(4)
        window.rest_at(4)
        window.window.saver.save(weights_request(window.view), tmp_path / "ten.npz")
        window.wait_until(lambda: (tmp_path / "ten.npz").exists())
        assert load_weights(tmp_path / "ten.npz").step == 10
        (tmp_path / "ten.npz").unlink()
        before = window.run_id
        window.session.reset()
        window.wait_for_run(after=before)
    before = window.run_id
    window.session.use_seed(3)  # weights of the seed have no steps before
    window.wait_for_run(after=before)
    assert window.view.total_steps == 0


def test_a_foreign_network_keeps_the_data_at_hand_and_other_data_keep_its_weights(
    glass: GlassMaker, tmp_path: Path
) -> None:
    rng = np.random.default_rng(0)
    arrays = {
        "0.weight": rng.normal(size=(5, 784)).astype(np.float32),
        "0.bias": rng.normal(size=5).astype(np.float32),
        "2.weight": rng.normal(size=(10, 5)).astype(np.float32),
        "2.bias": rng.normal(size=10).astype(np.float32),
    }
    foreign = tmp_path / "foreign.npz"
    np.savez(foreign, **arrays)
    folder = tmp_path / "fashion"
    folder.mkdir()
    write_set(folder, made_arrays())
    window = glass("circle")
    window.drop(folder)
    window.wait_for_run(after=1)
    assert window.session.experiment.data.name == "fashion-mnist"

    window.drop(foreign)
    window.wait_for_run(after=window.run_id)
    opened = flatten(window.view.params).copy()
    np.testing.assert_array_equal(opened[: 5 * 784], arrays["0.weight"].ravel())
    assert window.session.experiment.data.name == "fashion-mnist"
    assert window.window.windowTitle() == "foreign.npz - Glassbox"
    form = window.panel("experiment")
    assert "Weights from foreign.npz" in [t.text() for t in form.findChildren(QLabel)]

    document = window.session.document
    for values in ({"data.name": "digits"}, {"network.activation": "tanh"}):
        document.edit(values)
        window.wait_for_run(after=window.run_id)
        np.testing.assert_array_equal(flatten(window.view.params), opened)
        assert document.situation.weights_file == "foreign.npz"
    # Other layers, or another seed, are another network.
    document.edit({"network.hidden": [4]})
    window.wait_for_run(after=window.run_id)
    assert window.window.windowTitle() == "Glassbox"
    document.undo_stack.undo()
    window.wait_until(lambda: window.view.spec.layer_sizes == (784, 5, 10))
    np.testing.assert_array_equal(flatten(window.view.params), opened)
    assert document.situation.weights_file == "foreign.npz"
    window.session.use_seed(5)
    window.wait_until(lambda: not document.situation.weights_file)


def test_a_long_export_is_waited_for_above_the_player(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window = glass()
    may_end = threading.Event()
    told: list[str] = []
    window.session.waiting.changed.connect(told.append)

    def write(path: Path) -> None:
        may_end.wait(60)
        path.write_bytes(b"done")

    request = SaveRequest("Weights", "net.csv", (FileKind("CSV", ".csv"),), write)
    window.window.saver.save(request, tmp_path / "net.csv")
    jobs = window.window.player_bar.findChild(JobBar)
    window.wait_until(jobs.isVisible)
    assert told == ["Saving net.csv"]
    may_end.set()
    window.wait_until(jobs.isHidden)
    assert told[-1] == ""


def test_a_misspelt_key_of_a_file_is_told_with_its_line_and_nothing_changes(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window = glass()
    path = tmp_path / "mine.toml"
    path.write_text("[training]\nbatch_size = 7\nlerning_rate = 0.5\n")
    experiment, weights = window.session.experiment, window.view.params
    window.drop(path)
    window.wait_until(lambda: "mine.toml" in window.says)
    assert "line 3: unknown key 'training.lerning_rate'" in window.says
    assert "did you mean training.learning_rate?" in window.says
    assert (window.run_id, window.session.experiment) == (1, experiment)
    assert window.view.params is weights
    assert window.session.document.draft.problems == {}
    assert window.session.document.undo_stack.undo_text == ""
