"""The chain rule for what is selected, in symbols and in numbers, with its proof."""

from collections.abc import Sequence
from typing import ClassVar, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.network.numpy.backprop import Backward
from core.network.numpy.proof import Proof, prove
from core.protocol.snapshot import Need
from core.values.parameter import Parameter
from core.values.words import tr
from gui.panels.backprop import FORMULA
from gui.panels.backprop.formula_browser import SCHEME, FormulaBrowser
from gui.panels.backprop.formula_page import SYMBOL_SIZE, Page, Part, to_html, to_text
from gui.panels.backprop.formula_texts import page_of
from gui.panels.backprop.forward_backward import ForwardBackward, chosen_units
from gui.panels.backprop.latex import latex_of
from gui.panels.backprop.typesetter import Setting, Typesetter
from gui.panels.base import Panel, PanelEntry
from gui.session.example_backward import backward_of
from gui.session.first_selection import first_selection
from gui.session.selection import Selection
from gui.session.view_state import ShownExample, View
from gui.style import theme, tokens
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.scaled_margins import ScaledMargins, ScaledSpacing

NOTHING_YET: Final = tr("No network yet. Start a run to see its formulas.")
NOTHING_SELECTED: Final = tr("Select a weight, a bias or a unit in any panel")
ITS_FORMULA: Final = tr("Its formulas stand here, with the numbers of this moment")
SELECT: Final = tr("Select a weight for me")
HELD: Final = tr("Paused while text is selected; click to continue.")
PROVED_WHILE_PLAYING: Final = 50_000
"""Parameters up to which a proof costs less than a frame allows."""


class FormulaPanel(Panel):
    """Typeset again for each view, but not while text is selected."""

    entry: ClassVar[PanelEntry] = FORMULA
    in_step = True
    is_dear = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: Page = ()
        self._html = ""
        self._selection: Selection | None = None
        self._example: ShownExample | None = None
        content = QWidget(self)
        self.browser = FormulaBrowser(content)
        self.typesetter = Typesetter(self)
        self.typesetter.caught_up.connect(self._typeset)
        self._pictures: list[QImage] = []
        self.browser.setFrameShape(QFrame.Shape.NoFrame)
        self.browser.setFont(theme.figures_font(self.font()))
        self.browser.document().setDocumentMargin(0)
        beside = tokens.space("panel_pad")
        self.browser.setMinimumSize(QSize(*tokens.lengths("formula_panel.least")))
        self.browser.selectionChanged.connect(self._on_browser_selection_changed)
        self.held_label = QLabel(content)
        self.copy_button = QToolButton(content)
        self.copy_button.setText(tr("Copy"))
        self.copy_button.setToolTip(tr("Copy all of it as plain text"))
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self.held_label.hide()
        column = QVBoxLayout(content)
        ScaledMargins(column, (beside, 0, 0, 0), content)
        ScaledSpacing(column, tokens.space("hair"), self)
        column.addWidget(self.browser, 1)
        column.addWidget(self.held_label)
        column.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignRight)
        self._stack = PlaceholderLayout(self, content)
        self._stack.show_reason(NOTHING_YET)
        self._stack.act_requested.connect(self._on_stack_act_requested)

    def _on_stack_act_requested(self) -> None:
        if self.view is not None:
            self.selection_made.emit(first_selection(self.view))

    @property
    def page(self) -> Page:
        """The page that is shown, as data."""
        return self._page

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (), (self.copy_button,)

    def needs(self) -> frozenset[Need]:
        return frozenset({"gradient"})

    def draw(self, view: View | None) -> None:
        selection = None if view is None else view.selection
        if view is None or selection is None:
            if view is None:
                self._stack.show_reason(NOTHING_YET)
            else:
                offer = (NOTHING_SELECTED, ITS_FORMULA, SELECT)
                self._stack.show_offer("arrow-left-right", *offer)
            return
        self._stack.show_content()
        if selection != self._selection or view.example is not self._example:
            self._selection, self._example = selection, view.example
            self._release_text()
        if self.browser.textCursor().hasSelection():
            self.held_label.setText(HELD)
            self.held_label.show()
            return
        self.held_label.setText("")
        self.held_label.hide()
        backward = backward_of(view)
        proof = _proof_of(view, backward, selection)
        passes = ForwardBackward(view, backward, chosen_units(view, backward, {}))
        self._page = page_of(passes, selection, proof)
        self._typeset()

    def _typeset(self) -> None:
        """Keep the place where the reader is; most frames change only digits."""
        if self.browser.textCursor().hasSelection():
            return
        dark = theme.is_dark(self.palette())
        self._pictures = []
        self.typesetter.forget_waiting()
        html = to_html(
            self._page,
            {
                "ink": theme.colour(theme.colours(dark=dark).ink1).name(),
                "faint": theme.colour(theme.colours(dark=dark).ink3).name(),
                "positive": theme.colour(theme.colours(dark=dark).positive_text).name(),
                "negative": theme.colour(theme.colours(dark=dark).negative_text).name(),
                "chrome": theme.colour(theme.colours(dark=dark).chrome).name(),
            },
            self.browser.font().pointSizeF(),
            self._picture_of,
        )
        if html == self._html:
            return
        self._html = html
        bar = self.browser.verticalScrollBar()
        place = bar.value()
        self.browser.set_page(html, self._pictures, to_text(self._page))
        bar.setValue(place)

    def _picture_of(self, part: Part) -> str | None:
        """The tag of a symbol that is typeset; None when it is not there yet."""
        latex = latex_of(part)
        if latex is None:
            return None
        dark = theme.is_dark(self.palette())
        points = self.browser.font().pointSizeF() * SYMBOL_SIZE
        ink = theme.colour(theme.colours(dark=dark).ink1).name()
        pixels = points * self.logicalDpiY() / 72
        image = self.typesetter.image(
            Setting(latex, pixels, ink, self.devicePixelRatioF())
        )
        if image is None:
            return None
        size = image.deviceIndependentSize()
        self._pictures.append(image)
        return (
            f"<img src='{SCHEME}:{len(self._pictures) - 1}' "
            f"width='{size.width():.0f}' height='{size.height():.0f}'>"
        )

    def _release_text(self) -> None:
        cursor = self.browser.textCursor()
        cursor.clearSelection()
        self.browser.setTextCursor(cursor)

    def _on_browser_selection_changed(self) -> None:
        if not self.browser.textCursor().hasSelection() and self.held_label.text():
            self.draw(self.view)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(to_text(self._page))

    def changeEvent(self, event: QEvent) -> None:
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and self._page:
            self.browser.setFont(theme.figures_font(self.font()))
            self._typeset()
        super().changeEvent(event)


def _proof_of(
    view: View, backward: Backward | None, selection: Selection
) -> Proof | None:
    """None for a unit, without a label, or where it would slow down training."""
    if backward is None or not isinstance(selection, Parameter):
        return None
    if view.snapshot.playing and view.spec.parameter_count > PROVED_WHILE_PLAYING:
        return None
    return prove(
        view.spec,
        view.run.experiment.training.loss,
        view.params,
        backward.inputs,
        backward.target,
        parameter=selection,
        rho=view.run.experiment.training.rho,
    )
