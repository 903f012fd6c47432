"""What is there already and is no earlier export stays as it is."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.experiment.model import DataSettings, Experiment, NetworkSettings
from core.files.export.forms import FORMS, export
from core.files.export.network import Network
from core.files.export.replacing import check_replaceable
from core.files.spared_data import check_spares_data
from core.files.weights import load_weights
from core.values.errors import FileError
from tests.core.support.exports import of_points

TABLE = "a,b,kind\n1,2,x\n3,4,y\n"


@pytest.mark.parametrize("ending", FORMS)
def test_an_earlier_export_is_replaced(ending: str, tmp_path: Path):
    path = tmp_path / f"net{ending}"
    export(of_points(), path)
    first = path.read_bytes()
    export(of_points(), path)
    assert path.read_bytes() == first
    path.write_bytes(b"")
    export(of_points(), path)
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    ("ending", "content", "kind"),
    [
        (".csv", TABLE, "a table"),
        (".csv", "layer,unit,input,value,more\n1,1,1,1,1\n", "a table"),
        (".json", '{"mine": [1, 2]}', "a JSON file"),
        (".json", '{"weights": [[[1]], [[1]]], "biases": [[[1]], [[1]]]}', "a network"),
        (".py", "print('mine')\n", "a Python script"),
        (".ipynb", '{"cells": []}', "a notebook"),
        (".onnx", "mine", "a file of another kind"),
        (".safetensors", '{"mine": 1}', "a JSON file"),
    ],
)
def test_a_file_of_the_user_s_own_is_refused_and_named(
    ending: str, content: str, kind: str, tmp_path: Path
):
    path = tmp_path / f"mine{ending}"
    path.write_text(content)
    with pytest.raises(FileError) as refused:
        export(of_points(), path)
    assert f"{path}: is there already: {kind}" in str(refused.value)
    assert "choose another name" in str(refused.value)
    assert path.read_text() == content


def test_arrays_of_data_are_not_replaced_by_weights(tmp_path: Path):
    path = tmp_path / "flowers.npz"
    np.savez(path, x=np.ones((4, 2)), y=np.arange(4))
    with pytest.raises(FileError, match="a file of data"):
        export(of_points(), path)
    with np.load(path) as kept:
        assert sorted(kept) == ["x", "y"]


def test_the_mark_is_found_where_a_line_breaks_within_it(tmp_path: Path):
    """The first lines are filled to a width, with a title of any length."""
    network = of_points()
    for length in range(1, 60):
        name = "n" * length
        data = DataSettings(name="file", path=f"/gone/{name}.csv", answers="numbers")
        experiment = network.weights.experiment
        assert experiment is not None
        network_of_name = Network.of(
            replace(network.weights, experiment=replace_data(experiment, data))
        )
        path = tmp_path / f"{name}.py"
        export(network_of_name, path)
        check_replaceable(path)


def replace_data(experiment: Experiment, data: DataSettings) -> Experiment:
    size = (experiment.spec.layer_sizes[0], experiment.spec.layer_sizes[-1], 10)
    return Experiment(
        replace(data, size=size, answers="classes"),
        NetworkSettings(hidden=experiment.network.hidden),
    )


@pytest.mark.parametrize("way", ["plain", "dots", "link", "hard link"])
def test_the_file_of_the_data_is_known_by_any_path(way: str, tmp_path: Path):
    data = tmp_path / "flowers.csv"
    data.write_text("layer,unit,input,value\n1,2,3,4\n")  # as a table of weights
    other = tmp_path / "other.csv"
    path = {
        "plain": data,
        "dots": tmp_path / "x" / ".." / "flowers.csv",
        "link": other,
        "hard link": other,
    }[way]
    (tmp_path / "x").mkdir()
    if way == "link":
        other.symlink_to(data)
    elif way == "hard link":
        other.hardlink_to(data)
    settings = DataSettings(name="file", path=str(data))
    with pytest.raises(FileError, match="holds the data of this experiment"):
        check_spares_data(path, settings)
    check_spares_data(tmp_path / "weights.csv", settings)
    check_spares_data(path, DataSettings())


def test_what_is_in_a_folder_of_data_is_spared_too(tmp_path: Path):
    (tmp_path / "x.npy").write_bytes(b"1")
    settings = DataSettings(name="file", path=str(tmp_path))
    with pytest.raises(FileError, match="holds the data of this experiment"):
        check_spares_data(tmp_path / "x.npy", settings)
    check_spares_data(tmp_path / "new.npz", settings)


def test_an_own_export_opens_as_before(tmp_path: Path):
    path = tmp_path / "net.npz"
    export(of_points(), path)
    assert load_weights(path).foreign is None
