"""A file that was opened once is understood as if it were read again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.data.file import (
    forget_understood,
    load_file,
    open_source,
    understand,
    usual_experiment,
)
from core.experiment.model import Experiment


@pytest.fixture
def experiment(tmp_path: Path) -> Experiment:
    path = tmp_path / "t.csv"
    rows = (f"{k / 3:.3f},{k % 4},{'ab'[k % 2]}" for k in range(60))
    path.write_text("\n".join(["size,count,kind", *rows]))
    return usual_experiment(path)


def test_an_opened_table_is_understood_as_its_file_is(experiment: Experiment):
    source = open_source(experiment.data)
    for values in ({}, {"data.target": "size"}, {"data.ignore": ["count"]}):
        asked = experiment.with_values(values)
        one, other = understand(asked), understand(asked, source=source)
        assert one.experiment == other.experiment
        assert one.remarks == other.remarks
        np.testing.assert_array_equal(
            one.found.dataset.train.inputs, other.found.dataset.train.inputs
        )


def test_the_file_is_not_read_again(experiment: Experiment):
    source = open_source(experiment.data)
    Path(experiment.data.path).unlink()
    understood = understand(experiment, source=source)
    assert understood.experiment.data.size == (2, 2, 60)


def test_the_loss_follows_what_the_target_is_taken_for(experiment: Experiment):
    asked = experiment.with_values({"data.target": "count"})
    source = open_source(experiment.data)
    for answers, loss in (("numbers", "squared-error"), ("classes", "cross-entropy")):
        understood = understand(asked, source=source, answers=answers)
        assert understood.experiment.data.answers == answers
        assert understood.experiment.training.loss == loss
        asked = replace(
            understood.experiment, data=replace(understood.experiment.data, answers="")
        )


def test_notes_are_what_the_columns_do_not_say(experiment: Experiment):
    asked = experiment.with_values({"data.hash": "sha256:0", "data.ignore": ["size"]})
    understood = understand(asked)
    assert understood.notes == ("the file has changed since it was first read",)
    assert understood.remarks[-1:] == understood.notes
    assert [column.name for column in understood.found.columns] == ["count"]


def test_what_was_understood_last_is_forgotten(experiment: Experiment):
    understood = understand(experiment)
    forget_understood()
    loaded = load_file(understood.experiment.data)
    assert loaded is not understood.found.dataset
