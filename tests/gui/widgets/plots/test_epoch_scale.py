"""A step has the epoch that the run says, whatever batches it had before."""

import pytest

from gui.widgets.plots.epoch_scale import EpochScale


@pytest.mark.parametrize("per_epoch", [100, 50, 7, 400])
@pytest.mark.parametrize("seen_after", [0, 3, 120])
def test_a_new_order_of_examples_begins_a_whole_epoch(per_epoch: int, seen_after: int):
    scale = EpochScale()
    scale.note(0, 0.0, 100)
    # At step 323, in epoch 3.23, the batch size or the seed has changed.
    epoch = 4 + seen_after / per_epoch
    assert scale.note(323 + seen_after, epoch, per_epoch)
    assert scale.epoch_of(323 + seen_after) == pytest.approx(epoch)
    assert scale.epoch_of(322) == pytest.approx(3.22)
    assert scale.step_of(5) == pytest.approx(323 + per_epoch)
    assert not scale.note(323 + seen_after + 40, epoch + 40 / per_epoch, per_epoch)


def test_a_look_back_changes_nothing():
    scale = EpochScale()
    scale.note(0, 0.0, 100)
    scale.note(323, 4.0, 50)
    assert not scale.note(100, 1.0, 100)
    assert scale.epoch_of(323) == 4.0


def test_a_batch_size_that_is_given_back_at_its_step_leaves_the_epochs() -> None:
    scale, untouched = EpochScale(), EpochScale()
    for each in (scale, untouched):
        each.note(0, 0.0, 25)
        each.note(6, 0.24, 25)
    scale.note(6, 1.0, 13)
    scale.note(6, 0.24, 25)
    assert scale.pieces == untouched.pieces
    scale.note(6, 1.0, 13)
    scale.note(6, 1.0, 50)
    assert scale.epoch_of(56) == 2.0
