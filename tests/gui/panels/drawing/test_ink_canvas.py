import numpy as np
import pytest

from gui.panels.drawing.ink_canvas import SIDE, UNDO_DEPTH, Dab, InkCanvas, coverage


def stroke(canvas: InkCanvas, *dabs: Dab, erasing: bool = False) -> None:
    canvas.begin_stroke(dabs[0], erasing=erasing)
    for dab in dabs[1:]:
        canvas.continue_stroke(dab)
    canvas.end_stroke()


def test_a_dab_is_white_in_its_middle_soft_at_its_edge_and_black_outside():
    canvas = InkCanvas()
    stroke(canvas, Dab(140, 140, 20))
    assert canvas.pixels[140, 140] == 255
    assert 0 < canvas.pixels[140, 140 + 17] < 255
    assert canvas.pixels[140, 140 + 21] == 0


def test_a_fast_stroke_leaves_no_gap():
    canvas = InkCanvas()
    stroke(canvas, Dab(20, 140, 12), Dab(260, 140, 12))
    assert (canvas.pixels[139, 20:260] == 255).all()


def test_drawing_the_same_line_twice_adds_no_ink():
    canvas = InkCanvas()
    line = (Dab(50, 50, 12), Dab(200, 210, 12))
    stroke(canvas, *line)
    once = canvas.pixels.copy()
    stroke(canvas, *line)
    assert np.array_equal(canvas.pixels, once)


def test_the_radius_grows_along_a_stroke_of_growing_pressure():
    canvas = InkCanvas()
    stroke(canvas, Dab(40, 140, 5), Dab(240, 140, 25))
    thickness = (canvas.pixels > 0).sum(axis=0)
    assert thickness[60] < thickness[140] < thickness[220]


@pytest.mark.parametrize("x", [-500.0, 0.0, SIDE, 900.0])
def test_ink_beside_the_canvas_is_cut_off(x: float):
    rows, columns, ink = coverage(Dab(x, x, 10), Dab(x, x, 10))
    assert ink.shape == (rows.stop - rows.start, columns.stop - columns.start)
    assert 0 <= rows.start <= rows.stop <= SIDE


def test_undo_and_redo_restore_every_pixel_stroke_by_stroke():
    canvas = InkCanvas()
    states = [canvas.pixels.copy()]
    for k in range(5):
        stroke(canvas, Dab(30 + 40 * k, 60, 12), Dab(40 + 40 * k, 200, 9))
        states.append(canvas.pixels.copy())
    for state in reversed(states[:-1]):
        canvas.undo()
        assert np.array_equal(canvas.pixels, state)
    assert not canvas.can_undo
    for state in states[1:]:
        canvas.redo()
        assert np.array_equal(canvas.pixels, state)
    assert not canvas.can_redo


def test_a_new_stroke_after_undo_forgets_what_was_undone():
    canvas = InkCanvas()
    stroke(canvas, Dab(50, 50, 10))
    canvas.undo()
    stroke(canvas, Dab(200, 200, 10))
    assert not canvas.can_redo
    canvas.undo()
    assert canvas.is_empty


def test_erasing_where_nothing_is_leaves_undo_and_redo_as_they_were():
    canvas = InkCanvas()
    stroke(canvas, Dab(50, 50, 10))
    canvas.undo()
    stroke(canvas, Dab(200, 200, 10), erasing=True)
    assert not canvas.can_undo
    assert canvas.can_redo


def test_the_eraser_takes_ink_away_and_can_be_undone():
    canvas = InkCanvas()
    stroke(canvas, Dab(140, 140, 20))
    drawn = canvas.pixels.copy()
    stroke(canvas, Dab(140, 140, 30), erasing=True)
    assert canvas.pixels[140, 140] == 0
    canvas.undo()
    assert np.array_equal(canvas.pixels, drawn)


def test_clear_is_undone_like_a_stroke():
    canvas = InkCanvas()
    stroke(canvas, Dab(140, 140, 20))
    drawn = canvas.pixels.copy()
    canvas.clear()
    assert canvas.is_empty
    canvas.undo()
    assert np.array_equal(canvas.pixels, drawn)


def test_clearing_an_empty_canvas_leaves_nothing_to_undo():
    canvas = InkCanvas()
    canvas.clear()
    assert not canvas.can_undo


def test_undo_in_the_middle_of_a_stroke_takes_that_stroke_away():
    canvas = InkCanvas()
    canvas.begin_stroke(Dab(100, 100, 10))
    canvas.undo()
    canvas.continue_stroke(Dab(200, 200, 10))
    assert canvas.is_empty
    assert not canvas.is_drawing


def test_memory_for_undo_is_bounded():
    canvas = InkCanvas()
    for k in range(UNDO_DEPTH + 20):
        stroke(canvas, Dab(k, k, 8))
    steps = 0
    while canvas.can_undo:
        canvas.undo()
        steps += 1
    assert steps == UNDO_DEPTH
