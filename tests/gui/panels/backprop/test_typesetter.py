"""Formulas as pictures: what they say, where their bars are, and when they come."""

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from core.values.parameter import Parameter, Unit
from gui.panels.backprop.formula_page import Formula, Part
from gui.panels.backprop.formula_panel import FormulaPanel
from gui.panels.backprop.formula_texts import page_of
from gui.panels.backprop.forward_backward import ForwardBackward, chosen_units
from gui.panels.backprop.latex import latex_of
from gui.panels.backprop.typesetter import Setting, Typesetter, set_formula
from gui.session.example_backward import backward_of
from gui.session.selection import Selection
from gui.session.view_state import View
from gui.style.number_format import MINUS
from tests.gui.support.sample_views import sample_view, squared_view

VIEWS = [
    sample_view(),
    squared_view(),
    squared_view("softmax"),
    squared_view("tanh", "half-squared-error"),
    squared_view("identity", "absolute-error"),
    squared_view("softmax", "margin"),
    squared_view("identity", "hinge"),
]


def opaque(image: QImage) -> np.ndarray:
    """(height, width) alpha."""
    data = np.frombuffer(image.constBits(), np.uint8)
    return data.reshape(image.height(), image.bytesPerLine() // 4, 4)[..., 3]


@pytest.mark.parametrize(
    ("part", "latex"),
    [
        (Part("∂C", "∂w"), r"\frac{\partial C}{\partial w}"),
        (Part("∂z_12", "∂w"), r"\frac{\partial z_{12}}{\partial w}"),
        (
            Part("Σ_k w^(2)_k,5 ∂C/∂z^(2)_k"),
            r"\sum_{k} w^{(2)}_{k,5} \frac{\partial C}{\partial z^{(2)}_{k}}",
        ),
        (Part("softmax( z^(2) ) _3"), r"\operatorname{softmax}( z^{(2)} ) \!_{3}"),
        (Part(f"2 ( a_3 {MINUS} t_3 )"), "2 ( a_{3} - t_{3} )"),
        (Part("="), "="),
        (Part("?!"), None),
    ],
)
def test_symbols_are_written_as_latex(part: Part, latex: str | None) -> None:
    assert latex_of(part) == latex


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("selection", [Parameter(2, 3, 4), Parameter(3, 3), Unit(3, 3)])
def test_every_symbol_of_every_page_can_be_typeset(
    view: View, selection: Selection
) -> None:
    backward = backward_of(view)
    passes = ForwardBackward(view, backward, chosen_units(view, backward, {}))
    formulas = [b for b in page_of(passes, selection, None) if isinstance(b, Formula)]
    assert formulas
    for formula in formulas:
        for part in formula.parts:
            # A sentence with a sign that the typesetter takes for markup stays text.
            assert (latex_of(part) is None) == ("<" in part.over), part


def test_the_bar_of_a_fraction_is_at_half_the_height() -> None:
    image = set_formula(
        Setting(r"\frac{\partial C}{\partial w_{12}}", 40.0, "#e4e6eb", 2.0)
    )
    inked = (opaque(image) > 128).sum(axis=1)
    longest = np.flatnonzero(inked == inked.max())
    assert inked.max() > 0.8 * image.width()
    assert abs(longest.mean() - image.height() / 2) < 4
    assert image.devicePixelRatio() == 2


def test_a_symbol_is_set_once_and_kept(qtbot: QtBot) -> None:
    owner = QObject()
    typesetter = Typesetter(owner)
    setting = Setting("a_{1}", 20.0, "#000000", 1.0)
    with qtbot.waitSignal(typesetter.caught_up, timeout=10_000):
        assert typesetter.image(setting) is None
    first = typesetter.image(setting)
    assert first is not None
    assert typesetter.image(setting) is first


def test_the_formula_panel_shows_typeset_formulas(qtbot: QtBot) -> None:
    panel = FormulaPanel()
    qtbot.addWidget(panel)
    panel.resize(560, 600)
    panel.show()
    with qtbot.waitSignal(panel.typesetter.caught_up, timeout=10_000):
        panel.set_view(sample_view(selection=Parameter(2, 3, 4)))
    # Four fractions, an equals sign and two dots; below, the sum over the passes.
    assert panel.browser.formula_count == 10
    assert "of this example" in panel.browser.toPlainText()
    shown = panel.browser.grab().toImage()
    assert shown.width() > 0
