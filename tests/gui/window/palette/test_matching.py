"""What a text finds, in which order, and which letters are marked."""

from gui.window.palette.entry import Entry, Group
from gui.window.palette.matching import best_of, found
from gui.window.palette.row_painter import pieces

ROWS = (
    Entry("1", Group.DO, "Reset this workspace", "the layout"),
    Entry("2", Group.SET, "Learning rate", "Training", meaning="factor of a step"),
    Entry("3", Group.SET, "Steps T", "Training", problem="has no effect"),
    Entry("4", Group.LOOK, "Workspace Step", "one batch"),
    Entry("5", Group.DO, "Reset", "the same weights"),
)


def keys(text: str) -> list[str]:
    return [hit.entry.key for hit in found(ROWS, text)]


def test_groups_keep_their_order_and_the_best_comes_first_in_each() -> None:
    assert keys("") == ["2", "3", "4", "1", "5"]
    assert keys("reset") == ["5", "1"]
    assert keys("work") == ["4", "1"]
    # What has no effect now comes last in its group, though its name fits better.
    assert keys("step") == ["2", "3", "4"]


def test_every_word_has_to_be_there_in_any_order() -> None:
    assert keys("rate lear") == ["2"]
    assert keys("rate nothing") == []
    assert keys("TRAINING") == ["2", "3"]


def test_the_row_that_was_meant_is_chosen_whatever_its_group() -> None:
    hits = found(ROWS, "step")
    assert hits[best_of(hits)].entry.key == "4"
    assert best_of([]) == -1


def test_the_letters_that_were_typed_are_marked() -> None:
    (hit,) = found(ROWS, "rat learn")
    assert pieces(hit.entry.title, hit.spans) == [
        ("Learn", True),
        ("ing ", False),
        ("rat", True),
        ("e", False),
    ]


def test_what_cannot_be_done_now_is_found_by_its_name_alone() -> None:
    row = Entry("6", Group.SET, "Decay", meaning="of a step", problem="no effect")
    assert [hit.entry for hit in found([row], "decay")] == [row]
    assert found([row], "step") == []


def test_what_was_found_by_its_meaning_shows_it() -> None:
    (hit,) = found(ROWS, "factor")
    assert hit.remark == "factor of a step"
    assert hit.spans == ()


def test_whoever_types_the_name_of_a_thing_does_not_mean_its_undo() -> None:
    undo = Entry("undo", Group.DO, "Undo preset xor", quoted="preset xor")
    start = Entry("start", Group.DO, "Start preset xor, four points")
    for text in ("preset xor", "xor", "preset x"):
        assert found([undo, start], text)[0].entry.key == "start"
    hits = found([start, undo], "undo xor")
    assert [hit.entry.key for hit in hits] == ["undo"]
