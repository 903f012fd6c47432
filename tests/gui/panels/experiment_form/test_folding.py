"""Which rows of the form are folded away where not all of them fit."""

from gui.panels.experiment_form.folding import ORDER, FoldableRow, folded_rows

LINE = 32


def rows(*held: str) -> list[FoldableRow]:
    names = ("training.seed", "training.schedule", "training.l1", "data.noise")
    return [
        FoldableRow(name, ("training", "data").index(name.split(".")[0]), 32, is_held)
        for name in names
        for is_held in [name in held]
    ]


def test_nothing_is_folded_where_all_fits():
    assert folded_rows(rows(), 4 * 32, LINE) == ()


def test_one_pixel_less_folds_what_the_lines_that_name_it_need():
    folded = folded_rows(rows(), 4 * 32 - 1, LINE)
    assert folded == ("training.schedule", "data.noise", "training.l1")


def test_what_is_folded_is_named_in_the_order_in_which_it_would_be_shown():
    folded = folded_rows(rows(), 0, LINE)
    assert folded == tuple(key for key in ORDER if key in {r.key for r in rows()})


def test_a_held_row_is_never_folded_however_little_room_there_is():
    assert "training.l1" not in folded_rows(rows("training.l1"), 0, LINE)
