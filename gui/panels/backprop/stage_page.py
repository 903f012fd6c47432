"""One stage: its title and sentence, its table or images, and one unit's sum."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.values.parameter import Unit
from core.values.words import plural, tr
from gui.panels.backprop.arrow_strip import ArrowStrip
from gui.panels.backprop.class_question import ClassQuestion
from gui.panels.backprop.forward_backward import ForwardBackward
from gui.panels.backprop.gradient_images import GradientImages
from gui.panels.backprop.sheet_view import SheetView
from gui.panels.backprop.stage_formulas import formula_of
from gui.panels.backprop.stage_top import StageTop
from gui.panels.backprop.stages import Stage, sentence
from gui.panels.backprop.term_sheets import term_sheet
from gui.panels.backprop.unit_sheets import arrows_of, unit_sheet
from gui.runtime.layout_items import nest
from gui.session.own_units import standard_units_text
from gui.session.parameter_names import name_of
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.checked_numbers import significant
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.style.number_format import count, counted
from gui.style.symbols import COST, DELTA, of_layer, slope_text
from gui.widgets.pictures.cells import Cells
from gui.widgets.strips.figures import Figures, figure

_TABLE, _IMAGES, _QUESTION = range(3)
_ROOMY: Final = tokens.length("stage_page.roomy_height")
"""Height at 100 % under which only what is nowhere else is shown."""
_TITLES: Final = {
    "input": tr("The input"),
    "cost": tr("The cost of this example"),
    "weights": tr("Requests for the first weights"),
}


class StagePage(QWidget):
    """Signals: selection_clicked, with a Selection; class_chosen, with a label."""

    selection_clicked = Signal(object)
    class_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage: Stage | None = None
        self._is_tight = False
        self.top = StageTop(self)
        self.title, self.sentence = self.top.title, self.top.sentence
        self.arrows = ArrowStrip(self)
        self.units = SheetView(self)
        self.images = GradientImages(self)
        self.question = ClassQuestion(self)
        self.term_title = QLabel(self)
        self.terms = SheetView(self)
        self.cost = Figures(self)
        self.cost.setAccessibleName(tr("Cost"))
        self.units.setAccessibleName(tr("Units"))
        self.terms.setAccessibleName(tr("Terms"))
        self._build()
        self.units.selection_clicked.connect(self.selection_clicked)
        self.terms.selection_clicked.connect(self.selection_clicked)
        self.images.selection_clicked.connect(self.selection_clicked)
        self.arrows.unit_clicked.connect(self.selection_clicked)
        self.question.class_chosen.connect(self.class_chosen)

    def _build(self) -> None:
        label = self.term_title
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setMinimumWidth(tokens.length("stage_page.least_width"))
        label.setWordWrap(True)
        self.pages = QStackedWidget(self)
        for page in (self.units, self.images, self.question):
            self.pages.addWidget(page)
        self._sums = QWidget(self)
        below = QVBoxLayout(self._sums)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.term_title)
        below.addWidget(self.terms, 1)
        self._is_split_by_hand = False
        self._splitter = splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.splitterMoved.connect(self._on_splitter_moved)
        splitter.addWidget(self.pages)
        splitter.addWidget(self._sums)
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self.arrows)
        layout.addWidget(splitter, 1)
        self._below = QHBoxLayout()
        self._below.addWidget(self.cost)
        nest(layout, self._below)
        self._set_fonts()

    def _set_fonts(self) -> None:
        self.term_title.setFont(theme.figures_font(self.font(), bold=True))
        scale = scale_of(self.font())
        pad, thin = (
            round(tokens.space("panel_pad") * scale),
            round(tokens.space("s") * scale),
        )
        self.term_title.setContentsMargins(pad, thin, pad, thin)
        self._below.setContentsMargins(pad, thin, pad, thin)
        self.images.setContentsMargins(pad, 0, pad, 0)
        self.question.setContentsMargins(pad, 0, pad, 0)

    def show_stage(self, passes: ForwardBackward, stage: Stage) -> None:
        """Show a stage with the newest numbers."""
        fresh = stage != self._stage
        self._stage = stage
        title = title_of(passes, stage)
        self._show_arrows(passes, stage)
        self._show_cost(passes, stage)
        if stage.is_backward and passes.backward is None:
            self.top.show_stage(passes, title, "", "")
            self._sums.hide()
            if fresh or self.pages.currentIndex() != _QUESTION:
                self.question.show_classes(passes.view)
            self.pages.setCurrentIndex(_QUESTION)
            return
        formula = formula_of(passes.view, stage)
        self.top.show_stage(passes, title, text_of(passes, stage), formula)
        self._show_units(passes, stage, fresh=fresh)
        self._show_terms(passes, stage, fresh=fresh)

    def _show_arrows(self, passes: ForwardBackward, stage: Stage) -> None:
        found = arrows_of(passes, stage)
        self.arrows.setVisible(found is not None)
        if found is not None:
            requests, layer = found
            self.arrows.show_requests(requests, layer, passes.chosen.get(layer))

    def _show_cost(self, passes: ForwardBackward, stage: Stage) -> None:
        """What the example costs, at the stages that come of it."""
        backward = passes.backward
        shown = backward is not None and stage.is_backward
        self.cost.setVisible(shown and not self._is_tight)
        if backward is not None:
            cost = f"C = {significant(backward.cost)}"
            self.cost.show_figures([figure(tr("Cost of this example"), cost)])

    def _show_units(
        self, passes: ForwardBackward, stage: Stage, *, fresh: bool
    ) -> None:
        shape = passes.view.run.dataset.image_shape
        if shape is not None and stage.kind == "weights" and passes.backward:
            cells = Cells.of_images(passes.view.run.dataset)
            self.images.show_nudges(passes, passes.backward, cells)
            self.pages.setCurrentIndex(_IMAGES)
        else:
            self.units.show_sheet(unit_sheet(passes, stage), start=fresh)
            self.pages.setCurrentIndex(_TABLE)

    def _show_terms(
        self, passes: ForwardBackward, stage: Stage, *, fresh: bool
    ) -> None:
        found = term_sheet(passes, stage)
        self._sums.setVisible(found is not None)
        if found is not None:
            title, sheet = found
            _set_text(self.term_title, title)
            self.terms.show_sheet(sheet, start=fresh)
            if fresh and not self._is_split_by_hand:
                self._share_height()
        if fresh:
            self.units.reveal_marked()

    def _share_height(self) -> None:
        """Give the sum the height it needs, up to half; the table gets the rest."""
        whole = self._splitter.height() - self._splitter.handleWidth()
        title = self.term_title.sizeHint().height() + grown(self, tokens.space("wide"))
        wanted = min(self.terms.whole_height() + title, whole // 2)
        self._splitter.setSizes([whole - wanted, wanted])

    def _on_splitter_moved(self, _position: int, _index: int) -> None:
        self._is_split_by_hand = True

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("stage_page.wished"))

    def minimumSizeHint(self) -> QSize:
        return QSize(*tokens.lengths("stage_page.least"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._set_fonts()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._is_tight = self.height() < _ROOMY * scale_of(self.font())
        self.top.set_tight(tight=self._is_tight)
        if self._is_tight:
            self.cost.hide()
        if not self._is_split_by_hand:
            self._share_height()


def title_of(passes: ForwardBackward, stage: Stage) -> str:
    """The title of the stage."""
    if stage.kind in _TITLES:
        return _TITLES[stage.kind]
    run = passes.view.run
    if stage.kind == "requests":
        unit = Unit(stage.layer, passes.chosen[stage.layer])
        return tr("What {run} asks for", run=name_of(run, unit))
    name = run.spec.layer_name(stage.layer)
    z, a = of_layer("z", stage.layer), of_layer("a", stage.layer)
    by_z, by_a = slope_text(COST, z), slope_text(COST, a)
    titles = {
        "layer": tr("{name}: {z} and {a}", name=name.capitalize(), z=z, a=a),
        "output_gradient": tr("{by_a} of the outputs", by_a=by_a),
        "delta": tr(
            "delta {of_layer} = {by_z} of {name}",
            of_layer=of_layer(DELTA, stage.layer),
            by_z=by_z,
            name=name,
        ),
        "sum": tr("{by_a} of {name}: all requests added up", by_a=by_a, name=name),
    }
    return titles[stage.kind]


def text_of(passes: ForwardBackward, stage: Stage) -> str:
    """The stage's sentence; for the input also how many values are not 0."""
    text = sentence(passes.view, stage)
    if stage.kind == "input":
        text += f" {_input_text(passes.view)}"
    if stage.kind == "cost":
        text = f"{text} {standard_units_text(passes.view.run.dataset)}".strip()
    return text


def _input_text(view: View) -> str:
    inputs = view.example.inputs
    lit = int((inputs != 0).sum())
    n = len(inputs)
    is_image = view.run.dataset.image_shape
    return plural(
        lit,
        "{lit} of {inputs} is not 0.",
        "{lit} of {inputs} are not 0.",
        lit=count(lit),
        inputs=counted(n, "pixel") if is_image else counted(n, "input"),
    )


def _set_text(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
