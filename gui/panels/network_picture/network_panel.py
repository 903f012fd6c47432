"""The network picture as a panel, with a choice of what its edges show."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.protocol.snapshot import Need
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.network_picture import NETWORK
from gui.panels.network_picture.answer_line import AnswerLine
from gui.panels.network_picture.canvas import NetworkCanvas
from gui.panels.network_picture.context_menu import ContextMenu
from gui.panels.network_picture.layer_strip import LayerStrip
from gui.panels.network_picture.readout_line import ReadoutLine
from gui.panels.network_picture.scene.quantity import (
    EXPLANATIONS,
    FIRST_VIEWS,
    QUANTITIES,
    TITLES,
    Quantity,
)
from gui.runtime.layout_items import nest
from gui.session.selection import Selection
from gui.session.view_state import View
from gui.style import tokens
from gui.widgets.icon_button import IconButton
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.segmented_control import SegmentedControl

EDITING: Final = "playground"
"""The workspace in which layers are edited from the start."""
NOTHING_YET = tr("No network yet. Start a run to see it here.")


class NetworkPanel(Panel):
    """Every unit, every edge, every bias of the network, live."""

    entry: ClassVar[PanelEntry] = NETWORK
    yields_to_training = False
    in_step = True
    leads = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quantity: Quantity = "weights"
        self._workspace = ""
        self._chosen: dict[str, Quantity] = dict(FIRST_VIEWS)
        self._edit_requested: bool | None = None
        self._content = QWidget(self)
        self.canvas = NetworkCanvas(self._content)
        self.canvas.selection_clicked.connect(self._on_canvas_selection_clicked)
        self.canvas.menu_requested.connect(self._on_canvas_menu_requested)
        self.menu = ContextMenu(self)
        self.menu.edits_made.connect(self.edits_made)
        self.menu.freeze_requested.connect(self.freeze_requested)
        self.menu.ablation_requested.connect(self.ablation_requested)
        self.menu.hold_requested.connect(self.hold_requested)
        self._choices = SegmentedControl(
            [(TITLES[name], EXPLANATIONS[name]) for name in QUANTITIES],
            self._content,
            name=tr("What the edges show"),
        )
        self._choices.segment_chosen.connect(self._on_choices_segment_chosen)
        self.readout = ReadoutLine(self._content)
        self.canvas.readout_changed.connect(self._on_canvas_readout_changed)
        self.canvas.view_shown.connect(self._on_canvas_view_shown)
        self.canvas.laid_out.connect(self._on_canvas_laid_out)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.strip = LayerStrip(self._content)
        self.strip.edited.connect(self.layers_edited)
        self.strip.hide()
        self.answer = AnswerLine(self._content)
        self.answer.example_chosen.connect(self.example_chosen)
        nest(column, self._switch())
        column.addWidget(self.answer)
        column.addWidget(self.strip)
        column.addWidget(self.canvas, 1)
        self._stack = PlaceholderLayout(self, self._content)
        self._stack.show_reason(NOTHING_YET)

    @property
    def quantity(self) -> Quantity:
        """What the edges show; each workspace keeps its own."""
        return self._quantity

    @quantity.setter
    def quantity(self, quantity: Quantity) -> None:
        if quantity not in QUANTITIES:
            msg = tr(
                "quantity must be one of {quantities}, got {quantity!r}",
                quantities=", ".join(QUANTITIES),
                quantity=quantity,
            )
            raise ValueError(msg)
        if quantity == self._quantity:
            return
        self._quantity = self._chosen[self._workspace] = quantity
        self._choices.choose(QUANTITIES.index(quantity))
        self.canvas.set_quantity(quantity)
        self.needs_changed.emit()

    def enter_workspace(self, key: str) -> None:
        self._workspace = key
        self.quantity = self._chosen.get(key, "weights")
        self._show_strip()

    def begin_anew(self) -> None:
        """Show what this workspace shows at first, whatever was chosen in it."""
        self.quantity = FIRST_VIEWS.get(self._workspace, QUANTITIES[0])

    @property
    def chosen(self) -> Mapping[str, Quantity]:
        """What was chosen in each workspace."""
        return dict(self._chosen)

    @chosen.setter
    def chosen(self, chosen: Mapping[str, Quantity]) -> None:
        self._chosen = dict(chosen)
        self.enter_workspace(self._workspace)

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        self._row.setContentsMargins(0, 0, 0, 0)
        return (self._choices, self.readout), (self._whole_button, self._edit)

    def _switch(self) -> QHBoxLayout:
        self._row = row = QHBoxLayout()
        beside, above = tokens.space("s"), tokens.space("close")
        row.setContentsMargins(beside, above, beside, above)
        row.setSpacing(0)
        row.addWidget(self._choices)
        row.addWidget(self.readout, 1)
        row.addWidget(self._edit_button())
        row.addWidget(self._make_whole_button())
        return row

    def _edit_button(self) -> IconButton:
        tip = tr(
            "Edit layers: buttons above the picture to add and remove layers and "
            "units and to choose activations. Each change restarts training; undo in "
            "the Experiment panel reverts it."
        )
        self._edit = IconButton("edit_layers", tr("Edit layers"), tip, self._content)
        self._edit.setCheckable(True)
        self._edit.clicked.connect(self._on_edit_clicked)
        return self._edit

    def _make_whole_button(self) -> QToolButton:
        self._whole = QAction(tr("Whole picture"), self)
        self._whole.setToolTip(
            tr(
                "Reset zoom and pan. Zoom with the wheel, pan by dragging; a "
                "double-click does the same as this button."
            )
        )
        self._whole.triggered.connect(self.canvas.reset_zoom)
        self._whole_button = button = QToolButton(self._content)
        button.setDefaultAction(self._whole)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.hide()
        self.canvas.zoom_changed.connect(button.setVisible)
        return button

    def _on_choices_segment_chosen(self, index: int) -> None:
        self.quantity = QUANTITIES[index]

    def _on_edit_clicked(self, on: bool) -> None:
        self._edit_requested = on
        self._show_strip()

    def _show_strip(self) -> None:
        """Where networks are tried out on points, unless the user has chosen otherwise.

        Elsewhere the picture needs its height.
        """
        view = self.view
        if view is None:
            return
        is_tried = self._workspace == EDITING and view.run.dataset.space is not None
        on = is_tried if self._edit_requested is None else self._edit_requested
        self._edit.setChecked(on)
        self.strip.setVisible(on)
        if on:
            self.strip.show_network(view.spec, self.canvas.layout_shown)

    def _on_canvas_view_shown(self) -> None:
        """Answer for the view that is painted: both numbers belong to one step."""
        if self.canvas.shown is not None:
            self.answer.show_answer(self.canvas.shown)
        self.view_painted.emit(self.canvas.shown)

    def _on_canvas_readout_changed(self) -> None:
        readout, hovered = self.canvas.readout(), self.canvas.hovered
        shown = self.canvas.shown
        chosen = None if shown is None else shown.selection
        selected = readout is not None and hovered in (None, chosen)
        self.readout.show_readout(readout, selected=selected)

    def _on_canvas_laid_out(self) -> None:
        """Move the buttons with their layers, also while nothing is trained."""
        if self.view is not None and self.strip.isVisible():
            self.strip.show_network(self.view.spec, self.canvas.layout_shown)

    def _on_canvas_selection_clicked(self, selection: object) -> None:
        self.selection_made.emit(cast("Selection | None", selection))

    def _on_canvas_menu_requested(self, selection: Selection, place: QPoint) -> None:
        if self.view is not None:
            self.selection_made.emit(selection)
            self.menu.open_for(self.view, selection, place)

    def paint_at_once(self) -> None:
        self.canvas.show_newest()

    def needs(self) -> frozenset[Need]:
        return frozenset({"gradient"}) if self._quantity == "nudges" else frozenset()

    def draw(self, view: View | None) -> None:
        if view is None:
            self._stack.show_reason(NOTHING_YET)
        else:
            self._stack.show_content()
            self.answer.set_view(view)
        self.canvas.set_view(view)
        self._show_strip()
