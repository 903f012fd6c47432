"""What is written in the picture: names, figures, key and scales; none collide."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from pytestqt.qtbot import QtBot

from gui.panels.network_picture.painters.unit_painter import brief
from gui.panels.network_picture.scene.quantity import SIGN_WORDS, Quantity
from gui.session.view_state import View
from gui.style import number_format
from tests.gui.support.network_pictures import shown_panel, with_params
from tests.gui.support.plane_views import plane_view
from tests.gui.support.sample_views import sample_view

SIZES = [(320, 240), (520, 440), (720, 452), (912, 600), (1920, 1000)]
VIEWS: dict[str, Callable[[], View]] = {
    "digits": sample_view,
    "deep": lambda: sample_view((16,) * 5),
    "wide": lambda: sample_view((512,)),
    "direct": lambda: sample_view(()),
    "plane": lambda: plane_view(hidden=(4, 3)),
}
Written = list[tuple[str, QRectF]]
Writes = Callable[..., Written]


@pytest.fixture
def writes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Writes:
    """Every text of a picture of this size, with the box of its letters."""
    written: Written = []
    real = QPainter.drawText

    def recorded(
        painter: QPainter, box: QRectF, flags: Qt.AlignmentFlag, text: str
    ) -> None:
        metrics = QFontMetricsF(painter.font())
        entry = (text, metrics.boundingRect(box, flags.value, text))
        # The bands around the picture are cut out of the same drawing.
        if text and entry not in written:
            written.append(entry)
        real(painter, box, flags, text)

    def write(
        view: View, size: tuple[int, int], quantity: Quantity = "weights"
    ) -> Written:
        panel = shown_panel(qtbot, view)
        panel.quantity = quantity
        header = panel.height() - panel.canvas.height()
        if panel.strip.isVisible():
            panel._edit.click()
            header -= panel.strip.height()
        panel.resize(size[0], size[1] + header)
        panel.canvas.grab()
        panel.canvas._frame._key = ()
        with monkeypatch.context() as patch:
            patch.setattr(QPainter, "drawText", recorded)
            panel.canvas.grab()
        return written

    return write


@pytest.mark.parametrize("height", [170, 190, 220, 250, 286, 400])
def test_the_first_and_the_last_output_have_their_names_at_any_height(
    writes: Writes, height: int
) -> None:
    view = sample_view()
    written = writes(view, (856, height))
    label = view.example.label
    ends = {view.trace.strongest, label, 0, 9}
    beside = [(text.split()[0], box) for text, box in written if box.left() > 600]
    assert {str(k) for k in ends} <= {name for name, _ in beside}
    for (one, a), (other, b) in combinations(beside, 2):
        shared = a.adjusted(1, 2, -1, -2) & b.adjusted(1, 2, -1, -2)
        assert shared.isEmpty(), (one, other)


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("size", SIZES)
def test_no_text_lies_over_another_or_outside(
    writes: Writes, name: str, size: tuple[int, int]
) -> None:
    written = writes(VIEWS[name](), size)
    assert len(written) > 10
    room = QRectF(0, 0, *size)
    for text, box in written:
        assert room.contains(box.adjusted(1, 1, -1, -1)), text
    for (one, a), (other, b) in combinations(written, 2):
        shared = a.adjusted(1, 2, -1, -2) & b.adjusted(1, 2, -1, -2)
        assert shared.isEmpty(), (one, other)


@pytest.mark.parametrize("quantity", ["weights", "nudges", "signal"])
def test_the_key_says_what_the_signs_are_in_words_of_the_mode(
    writes: Writes, quantity: Quantity
) -> None:
    texts = [text for text, _ in writes(sample_view(), (720, 452), quantity)]
    assert set(SIGN_WORDS[quantity]) <= set(texts)
    own = {"nudges": "arc: nudge of the bias"}.get(quantity, "arc on a unit: its bias")
    assert own in texts


@pytest.mark.parametrize("quantity", ["weights", "nudges", "signal"])
def test_the_figures_of_biases_are_what_the_key_calls_them(
    writes: Writes, quantity: Quantity
) -> None:
    view = sample_view(hidden=(3,))
    assert view.snapshot.gradient is not None
    asked = [-one for one in view.snapshot.gradient[0][1].tolist()]
    shown = asked if quantity == "nudges" else view.params[0][1].tolist()
    texts = [text for text, _ in writes(view, (900, 700), quantity)]
    assert {number_format.signed(bias, 3) for bias in shown} <= set(texts)


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("digits", (912, 600), "arc on a unit: its bias"),
        ("wide", (1920, 1000), "arc on or bar beside a unit: its bias"),
        ("plane", (1920, 700), "bar beside a unit: its bias"),
    ],
)
def test_the_key_calls_the_marks_of_biases_what_they_are(
    writes: Writes, name: str, size: tuple[int, int], said: str
) -> None:
    assert [t for t, _ in writes(VIEWS[name](), size) if "bias" in t] == [said]


@pytest.mark.parametrize("width", [660, 680, 700])
def test_between_the_key_and_a_long_text_beside_it_is_a_gap(
    writes: Writes, width: int
) -> None:
    view = plane_view(hidden=(4,))
    (weights, bias), *others = view.params
    lost = weights.copy()
    lost[0] = np.nan
    written = writes(with_params(view, ((lost, bias), *others)), (width, 330))
    texts = dict(written)
    limit = next(box for text, box in written if "not finite" in text or "nan" in text)
    key = texts["negative"]
    assert key.bottom() > limit.top() + 2
    assert limit.left() - key.right() >= 7


@pytest.mark.parametrize("size", SIZES)
def test_each_probability_is_written_once(
    writes: Writes, size: tuple[int, int]
) -> None:
    view = sample_view()
    texts = [text for text, _ in writes(view, size)]
    assert len([text for text in texts if text.endswith("%")]) == 10
    assert texts.count("7") == 1


def test_a_layer_is_named_with_its_units_and_its_activation(writes: Writes) -> None:
    texts = [text for text, _ in writes(sample_view(), (912, 600))]
    for expected in ("Hidden 1", "16 · ReLU", "Output", "10 · softmax", "Input"):
        assert expected in texts


def test_below_each_gap_stands_the_value_of_full_colour(writes: Writes) -> None:
    view = sample_view()
    texts = [text for text, _ in writes(view, (912, 600))]
    for weights, _ in view.params:
        limits = [
            float(t.removeprefix("w ±").partition(",")[0]) for t in texts if "w ±" in t
        ]
        largest = float(abs(weights).max())
        assert any(largest <= one * (1 + 1e-6) < 1.11 * largest for one in limits)


@pytest.mark.parametrize("width", range(330, 700, 24))
@pytest.mark.parametrize("height", [276, 420])
@pytest.mark.parametrize("quantity", ["weights", "nudges", "signal"])
def test_all_gaps_and_all_layers_are_named_in_one_form(
    writes: Writes, width: int, height: int, quantity: Quantity
) -> None:
    view = sample_view(hidden=(16, 16))
    texts = [text for text, _ in writes(view, (width, height), quantity)]
    limits = [t.startswith("±") for t in texts if "±" in t and "to a line" not in t]
    assert len(set(limits)) <= 1
    names = ["Hidden 1", "Hidden 2", "Output"]
    assert set(names) <= {*texts} or {*texts}.isdisjoint(names)


def test_numbers_stand_in_units_where_they_are_few(writes: Writes) -> None:
    view = sample_view(hidden=(3,))
    texts = [text for text, _ in writes(view, (1200, 900))]
    assert {brief(a) for a in view.trace.layer(1).tolist()} <= {*texts}


def test_columns_of_units_are_no_columns_of_zeros(writes: Writes) -> None:
    texts = [text for text, _ in writes(sample_view(), (2000, 1500))]
    assert texts.count("0") == 1, "but for the class"


@pytest.mark.parametrize("size", [(648, 340), (720, 400), (652, 396)])
@pytest.mark.parametrize("quantity", ["weights", "nudges"])
def test_the_key_names_the_marks_of_biases_in_small_pictures_too(
    writes: Writes, size: tuple[int, int], quantity: Quantity
) -> None:
    texts = [text for text, _ in writes(sample_view(), size, quantity)]
    assert len([text for text in texts if "bias" in text]) == 1
