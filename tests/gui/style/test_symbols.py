"""Symbols name their layer and unit, the same in every form."""

import re

import pytest

from core.values.parameter import Parameter, Unit
from gui.panels.backprop.formula_page import Following, Formula, Part, Table, to_text
from gui.panels.backprop.formula_texts import page_of
from gui.panels.backprop.forward_backward import (
    ForwardBackward,
    chosen_units,
)
from gui.panels.backprop.latex import latex_of
from gui.panels.backprop.stage_formulas import formula_of
from gui.panels.backprop.stage_page import text_of, title_of
from gui.panels.backprop.stages import stage_names, stages_of
from gui.panels.backprop.term_sheets import term_sheet
from gui.panels.backprop.unit_sheets import unit_sheet
from gui.session.example_backward import backward_of
from gui.session.view_state import View
from gui.style.symbols import DELTA, Symbol, of_layer, of_parameter, of_unit
from tests.gui.support.sample_views import preset_view, sample_view, squared_view

SYMBOLS = [
    (of_unit("z", Unit(2, 3)), "z⁽²⁾₃", "z^{(2)}_{3}"),
    (of_unit("a", Unit(1, 5)).partial, "∂a⁽¹⁾₅", r"\partial a^{(1)}_{5}"),
    (of_parameter(Parameter(2, 3, 5)), "w⁽²⁾₃,₅", "w^{(2)}_{3,5}"),
    (of_parameter(Parameter(12, 30)), "b⁽¹²⁾₃₀", "b^{(12)}_{30}"),
    (of_layer(DELTA, 2), "δ⁽²⁾", r"\delta^{(2)}"),
    (Symbol("Σ", index="k"), "Σₖ", r"\sum_{k}"),
]
VIEWS = [
    sample_view(),
    squared_view(),
    squared_view("softmax", "squared-error"),
    squared_view("identity", "hinge"),
    preset_view("chain", Unit(1, 0)),
    preset_view("worked-example", Unit(1, 0)),
]
BARE = re.compile(r"(?<![A-Za-z])(?:[zawb]|∂[zawb])(?![⁽A-Za-z\N{PRIME}'])")


@pytest.mark.parametrize(("symbol", "text", "latex"), SYMBOLS)
def test_a_symbol_has_its_layer_above_and_its_unit_below(
    symbol: Symbol, text: str, latex: str
) -> None:
    assert str(symbol) == text
    assert symbol.latex == latex


@pytest.mark.parametrize("symbol", [symbol for symbol, _, _ in SYMBOLS])
def test_what_a_formula_is_marked_up_with_reads_back_as_the_symbol(
    symbol: Symbol,
) -> None:
    assert Symbol.read(symbol.markup) == symbol
    assert latex_of(Part(symbol.markup)) == symbol.latex
    assert Part(symbol.markup).plain == str(symbol)


@pytest.mark.parametrize("view", VIEWS)
def test_no_z_a_w_or_b_of_one_unit_is_without_its_layer(view: View) -> None:
    last = view.spec.n_layers
    backward = backward_of(view)
    passes = ForwardBackward(view, backward, chosen_units(view, backward, {}))
    shown = []
    for layer in range(1, last + 1):
        for selection in (Parameter(layer, 0, 0), Parameter(layer, 0), Unit(layer, 0)):
            page = page_of(passes, selection, None)
            # The rule of a function, below a formula, holds for every number.
            shown += [
                to_text((block,))
                for block in page
                if isinstance(block, Table | Following)
                or (isinstance(block, Formula) and not block.parts[0].latex)
            ]
    stages = stages_of(view.spec)
    shown += [name.title for name in stage_names(view.spec, stages)]
    for stage in stages:
        shown += [formula_of(view, stage), title_of(passes, stage)]
        found = term_sheet(passes, stage)
        for sheet in [unit_sheet(passes, stage)] + ([found[1]] if found else []):
            if stage.kind != "cost":
                shown += [column.header for column in sheet.columns]
            shown += [extra.name for extra in sheet.extras]
        if stage.kind in ("layer", "sum", "delta") and stage.layer < last:
            shown.append(text_of(passes, stage))
    assert len(shown) > 20
    for text in shown:
        words = re.sub(r"\ba (?:unit|larger)|\bw · delta", "", text)
        assert not BARE.search(words), text
