"""Networks of other programs on the command line."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import save_file

from core.cli.main import main
from core.experiment.presets import load_preset
from core.files.weights import load_weights
from tests.core.support.cli_answers import Capture, error_line, strict_json
from tests.core.support.foreign_networks import (
    RIGHT,
    network,
    sample_dataset,
    write_sample,
)


@pytest.fixture
def mnist(tmp_path: Path) -> str:
    return str(write_sample(tmp_path / "mnist"))


@pytest.mark.parametrize(
    "name",
    [
        "normalised_deep.pt",
        "labels_from_1.safetensors",
        "eleven_outputs.safetensors",
        "is_it_a_3.safetensors",
        "skl_binary.onnx",
    ],
)
def test_evaluate_takes_what_the_data_folder_holds_and_says_the_reading(
    name: str, mnist: str, capsys: Capture
):
    assert main(["evaluate", str(network(name)), "--data", mnist, "--json", "-"]) == 0
    out, err = capsys.readouterr()
    report = strict_json(out)
    assert report["data"] == "mnist"
    assert report["test_accuracy"] == pytest.approx(RIGHT[name] / 250)
    reading = report["reading"]
    assert isinstance(reading, dict)
    assert reading["inputs"]["value"]
    assert "inputs: " in err


def test_what_is_said_by_set_is_not_tried(mnist: str, capsys: Capture):
    name = str(network("minus1to1.safetensors"))
    options = ["--data", mnist, "--json", "-", "--set", "reading.inputs=-1..1"]
    assert main(["evaluate", name, *options]) == 0
    report = strict_json(capsys.readouterr().out)
    assert report["test_accuracy"] == pytest.approx(218 / 250)
    assert report["reading"]["inputs"] == {"value": "-1..1, upright", "how": "said"}  # type: ignore[index]


def test_an_unknown_reading_is_wrong_usage(mnist: str, capsys: Capture):
    name = str(network("minus1to1.safetensors"))
    change = ["--set", "reading.inputs=0..7"]
    assert main(["evaluate", name, "--data", mnist, *change]) == 2
    assert "expected one of 0..1; -1..1" in error_line(capsys)


def test_training_goes_on_from_a_network_as_it_was_read(
    mnist: str, tmp_path: Path, capsys: Capture
):
    name, out = str(network("tanh_normalised.safetensors")), tmp_path / "on.npz"
    options = ["--data", mnist, "--steps", "1", "--out", str(out)]
    assert main(["train", "--open", name, *options]) == 0
    trained = load_weights(out)
    assert trained.spec.activations == ("tanh", "softmax")
    assert trained.experiment is not None
    assert (
        "inputs: (x - 0.1307) / 0.3081, upright" in trained.experiment.network.inferred
    )
    capsys.readouterr()
    assert main(["info", str(out), "--json", "-"]) == 0
    told = strict_json(capsys.readouterr().out)
    assert "hidden: tanh" in told["inferred"]  # type: ignore[operator]


def test_predict_reads_a_picture_as_the_network_does(
    mnist: str, tmp_path: Path, capsys: Capture
):
    test = sample_dataset().test
    picture = tmp_path / "digit.png"
    Image.fromarray(np.asarray(test.inputs[0]).reshape(28, 28)).save(picture)
    name = str(network("labels_from_1.safetensors"))
    options = ["--no-normalise", "--data", mnist, "--json", "-"]
    assert main(["predict", name, str(picture), *options]) == 0
    report = strict_json(capsys.readouterr().out)
    (prediction,) = report["predictions"]  # type: ignore[misc]
    assert prediction["name"] == str(test.labels[0])


def test_predict_answers_a_question_with_yes_or_no(
    mnist: str, tmp_path: Path, capsys: Capture
):
    test = sample_dataset().test
    picture = tmp_path / "seven.png"
    assert test.labels[0] == 7
    Image.fromarray(np.asarray(test.inputs[0]).reshape(28, 28)).save(picture)
    name = str(network("is_it_a_3.safetensors"))
    assert main(["predict", name, str(picture), "--no-normalise", "--data", mnist]) == 0
    out = capsys.readouterr().out
    assert ": not 3 (97." in out


def test_info_says_the_parts_of_a_larger_network(capsys: Capture):
    assert main(["info", str(network("transformer.safetensors"))]) == 0
    out = capsys.readouterr().out
    assert "self_attn.in_proj_weight (48, 16) belongs to an attention layer" in out
    assert "part 3: head (16-10)" in out


def test_info_says_what_a_file_says_and_what_it_does_not(capsys: Capture):
    assert main(["info", str(network("gelu.onnx")), "--json", "-"]) == 0
    report = strict_json(capsys.readouterr().out)
    assert report["kind"] == "ONNX"
    assert report["layers"] == [784, 8, 10]
    assert report["activations"] == ["gelu", None]


def test_info_of_an_experiment_says_its_network(tmp_path: Path, capsys: Capture):
    path = tmp_path / "e.toml"
    path.write_text('[data]\nname = "xor"\n[network]\nhidden = [3]\n')
    assert main(["info", str(path)]) == 0
    assert "layers: 2-3-2, 17 parameters" in capsys.readouterr().out


def test_convert_writes_the_part_that_is_named(tmp_path: Path, capsys: Capture):
    target = tmp_path / "head.npz"
    name = str(network("transformer.safetensors"))
    assert main(["convert", name, str(target), "--part", "head"]) == 0
    assert load_weights(target).spec.layer_sizes == (16, 10)
    capsys.readouterr()
    assert main(["convert", name, str(tmp_path / "no.npz")]) == 1
    assert "parts that open by --part" in error_line(capsys)


def test_a_preset_beside_a_network_of_another_program_gives_data_and_training(
    tmp_path: Path, capsys: Capture
) -> None:
    """As the help of --open says; its layers are others than those of the preset."""
    tensors = {
        f"fc{k}.{name}": np.full(shape, 0.01, np.float32)
        for k, (n_in, n_out) in enumerate(((784, 7), (7, 10)), start=1)
        for name, shape in (("weight", (n_out, n_in)), ("bias", (n_out,)))
    }
    file, out = tmp_path / "n.safetensors", tmp_path / "w.npz"
    save_file(tensors, file)
    arguments = ["train", "--open", str(file), "--preset", "digits", "--steps", "2"]
    assert main([*arguments, "--out", str(out)]) == 0
    told, preset = load_weights(out), load_preset("digits").experiment
    assert told.spec.layer_sizes == (784, 7, 10)
    assert told.experiment is not None
    assert told.experiment.training == preset.training
    assert told.experiment.data == preset.data
    assert "its data and training are used; the network is that in" in (
        capsys.readouterr().err
    )
    assert main([*arguments[:3], "--preset", "circle"]) == 1
    assert "the experiment on circle needs 2-8-2" in error_line(capsys)


def autoencoder(folder: Path) -> Path:
    """Weights of a network 6-2-6."""
    shapes = {"encoder.0": (2, 6), "decoder.0": (6, 2)}
    tensors = {f"{n}.weight": np.ones(s, np.float32) for n, s in shapes.items()}
    biases = {f"{n}.bias": np.ones(s[0], np.float32) for n, s in shapes.items()}
    np.savez(folder / "autoencoder.npz", **tensors, **biases)
    return folder / "autoencoder.npz"


def test_data_that_do_not_fit_are_named_with_their_numbers(
    tmp_path: Path, capsys: Capture
):
    table = tmp_path / "reg.csv"
    table.write_text("a,b,c,price\n" + "1,2,3,4.5\n2,3,4,5.25\n4,1,9,6.125\n" * 20)
    for path, takes in (
        (network("gelu_deep.pt"), "takes 784 and gives 10"),  # digits would fit it
        (autoencoder(tmp_path), "takes 6 and gives 6"),  # and no data set this one
    ):
        for command in (["evaluate"], ["train", "--open"]):
            assert main([*command, str(path), "--data", str(table)]) == 1
            said = error_line(capsys)
            assert f"{table}: has 3 inputs and 1 output" in said
            assert takes in said
    # What says how the table is read is obeyed before they are compared.
    save_file(
        {"a.weight": np.ones((1, 2), np.float32), "a.bias": np.ones(1, np.float32)},
        tmp_path / "n.safetensors",
    )
    command = ["evaluate", str(tmp_path / "n.safetensors"), "--data", str(table)]
    assert main(command) == 1
    assert main([*command, "--set", 'data.target=["c", "price"]']) == 1
    assert "2 inputs and 2 outputs" in capsys.readouterr().err


def test_a_preset_that_does_not_fit_is_answered_by_what_can_be_done(capsys: Capture):
    path = str(network("gelu_deep.pt"))
    assert main(["evaluate", path, "--preset", "xor"]) == 1
    said = error_line(capsys)
    assert "name data that fit them, by --data, --preset or --experiment" in said
    assert "leave the weights out" not in said
    assert main(["train", "--open", path, "--preset", "xor"]) == 1
    assert "leave the weights out" in error_line(capsys)


@pytest.mark.parametrize("part", [[], ["--part", "1"]])
def test_the_part_that_was_opened_is_not_offered_again(
    part: list[str], tmp_path: Path, capsys: Capture
):
    assert main(["evaluate", str(autoencoder(tmp_path)), *part]) == 1
    said = error_line(capsys)
    assert "parts that open by --part: 2: encoder.0 (6-2); 3: decoder.0 (2-6)" in said
    assert "1: encoder.0" not in said
