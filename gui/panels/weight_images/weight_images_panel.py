"""Every unit's incoming weights, or their nudges, as images in one atlas."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from core.arrays import FloatArray
from core.protocol.snapshot import Need
from core.values.network_spec import NetworkSpec
from core.values.parameter import Parameter, Unit
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.weight_images import WEIGHT_IMAGES
from gui.panels.weight_images.description import atlas_part
from gui.panels.weight_images.unit_atlas import ZOOM_STEP, UnitAtlas
from gui.panels.weight_images.unit_window import UnitWindow
from gui.runtime.layout_items import nest
from gui.session.colour_limits import Coloured
from gui.session.parameter_names import SEPARATOR, name_of
from gui.session.selection import Selection, is_weight, unit_of
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.key_names import key_text, with_modifier
from gui.style.number_format import full, short
from gui.style.signed_scale import FINE_RULE
from gui.widgets.accessible.parts import Part, Role
from gui.widgets.icon_button import IconButton
from gui.widgets.pictures.atlas_picture import AtlasContent
from gui.widgets.pictures.cells import Cells
from gui.widgets.pictures.signed_scale_bar import SignedScaleBar
from gui.widgets.plain_text import tip as plain_tip
from gui.widgets.segmented_control import SegmentedControl
from gui.widgets.tips.tip_window import keep_clear

NO_RUN = tr("No network yet. Start a run to see its units' weights.")
WAITING = tr("The nudges of this step's batch are being computed.")
MODES = (
    (tr("Weights"), tr("Each weight of each unit")),
    (
        tr("Nudges"),
        tr(
            "Minus the gradient of the current batch: a request to raise or to lower "
            "each weight"
        ),
    ),
)
HINT = tr("Point at a weight for its value; click to select, double-click to enlarge.")

MOST_LETTERS = 8
"""Of a layer's name, such as "hidden 1"."""


def _kept_together(words: str) -> str:
    """A name and its number on one line."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _height_of_two_lines(label: QLabel) -> int:
    """In pixels; twice the height of one is less, where that has no whole pixels."""
    room = QRect(0, 0, label.maximumWidth(), label.maximumHeight())
    return label.fontMetrics().boundingRect(room, 0, "A\nA").height()


class WeightImagesPanel(Panel):
    """A layer is shown as images if its inputs are an image, else as a matrix."""

    entry: ClassVar[PanelEntry] = WEIGHT_IMAGES
    in_step = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = 1
        self._spec: NetworkSpec | None = None
        self._run_id: int | None = None
        self._shown: tuple[object, ...] = ()
        self._selection: Selection | None = None
        self._reopen = False
        self.layer_box = QComboBox(self)
        self.modes = SegmentedControl(MODES, self, name=tr("What the images show"))
        self.weights_button = self.modes.button(0)
        self.nudges_button = self.modes.button(1)
        by_wheel = with_modifier(tr("Ctrl"), tr("wheel"))
        self.smaller_button = IconButton(
            "fewer", tr("Smaller"), tr("Smaller (minus key)"), self
        )
        self.larger_button = IconButton(
            "add",
            tr("Larger"),
            tr("Larger (plus key, {by_wheel}); 0 fits", by_wheel=by_wheel),
            self,
        )
        opens = tr(
            "Open the unit large ({value}, or a double click)", value=key_text("Return")
        )
        self.enlarge_button = IconButton("find", tr("Enlarge"), opens, self, fades=True)
        self.atlas = UnitAtlas(self)
        self.bar = SignedScaleBar(self)
        self.bar.setToolTip(FINE_RULE)
        self.readout = QLabel(self)
        self.window_of_unit = UnitWindow(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.layer_box.setToolTip(tr("The layer whose units are shown"))
        self.layer_box.setAccessibleName(tr("layer"))
        self.readout.setWordWrap(True)
        self.readout.setFont(theme.figures_font(self.readout.font()))
        self.atlas.setToolTip(HINT)
        keep_clear(self.readout)
        self.atlas.setAccessibleName(tr("Weight images"))
        self.atlas.describer = self._described
        self.layer_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.layer_box.setMinimumContentsLength(MOST_LETTERS)
        top = QHBoxLayout()
        top.setSpacing(tokens.space("xs"))
        top.addWidget(self.layer_box)
        top.addStretch(1)
        for button in (self.enlarge_button, self.smaller_button, self.larger_button):
            top.addWidget(button)
        self._column = QVBoxLayout(self)
        nest(self._column, top)
        self._column.addWidget(self.atlas, 1)
        below = QVBoxLayout()
        below.addWidget(self.readout)
        below.addWidget(self.bar)
        nest(self._column, below)
        self._beside = (top, below)
        self._restyle()

    def _restyle(self) -> None:
        scale = scale_of(self.font())
        pad = round(tokens.space("panel_pad") * scale)
        small = round(tokens.space("xs") * scale)
        # The atlas has its own gap around the images, which start at the pad.
        self._column.setContentsMargins(pad - small, 0, pad - small, small)
        for part in self._beside:
            part.setContentsMargins(small, 0, small, 0)
        self._column.setSpacing(small)
        # Of one height whatever it says: the images would jump.
        self.readout.setFixedHeight(_height_of_two_lines(self.readout))

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (), (self.modes,)

    def _connect(self) -> None:
        self.layer_box.activated.connect(self._on_layer_chosen)
        self.nudges_button.toggled.connect(self._on_mode_toggled)
        self.smaller_button.clicked.connect(self._on_smaller_clicked)
        self.larger_button.clicked.connect(self._on_larger_clicked)
        self.enlarge_button.clicked.connect(self._on_enlarge_clicked)
        self.atlas.selection_clicked.connect(self.selection_made)
        self.atlas.unit_opened.connect(self._on_atlas_unit_opened)
        self.atlas.cleared.connect(self._on_atlas_cleared)
        self.atlas.hover_changed.connect(self._on_atlas_hovered)
        self.window_of_unit.selection_made.connect(self.selection_made)
        self.window_of_unit.visible_changed.connect(self._on_window_toggled)

    def _described(self) -> Part:
        content = self.atlas.content
        if self.view is None or content is None:
            return Part(self.atlas.accessibleName(), role=Role.Graphic)
        geometry = self.atlas.geometry_shown()
        return atlas_part(self.view, self._layer, content, geometry)

    def needs(self) -> frozenset[Need]:
        if self.nudges_button.isChecked() or self.window_of_unit.isVisible():
            return frozenset({"gradient"})
        return frozenset()

    def draw(self, view: View | None) -> None:
        self.enlarge_button.setEnabled(view is not None)
        if view is None:
            self._run_id = None
            self._shown = ()
            self.atlas.show_message(NO_RUN)
            self.readout.setText("")
            self.window_of_unit.set_view(None)
            return
        if view.run.run_id != self._run_id or view.spec != self._spec:
            self._start_run(view)
        self._follow_selection(view)
        self._draw_atlas(view)
        self.atlas.mark(view.selection)
        self._draw_readout(view)
        self.window_of_unit.set_view(view)

    def _start_run(self, view: View) -> None:
        self._run_id, self._spec = view.run.run_id, view.spec
        self._layer = min(self._layer, view.spec.n_layers)
        names = [view.spec.layer_name(k + 1) for k in range(view.spec.n_layers)]
        if names != [self.layer_box.itemText(i) for i in range(self.layer_box.count())]:
            self.layer_box.clear()
            self.layer_box.addItems(names)
        self.layer_box.setCurrentIndex(self._layer - 1)

    def _follow_selection(self, view: View) -> None:
        """Show the layer of a selection that was made elsewhere."""
        if view.selection == self._selection:
            return
        self._selection = view.selection
        if view.selection is not None and view.selection.layer >= 1:
            self._set_layer(view.selection.layer)

    def _set_layer(self, layer: int) -> None:
        if layer != self._layer:
            self._layer = layer
            self.layer_box.setCurrentIndex(layer - 1)

    def _source_values(self, view: View) -> FloatArray | None:
        """(units, n_in) weights, or gradient of which the nudges are the negative."""
        if not self.nudges_button.isChecked():
            return view.params[self._layer - 1][0]
        gradient = view.snapshot.gradient
        return None if gradient is None else gradient[self._layer - 1][0]

    def _draw_atlas(self, view: View) -> None:
        values = self._source_values(view)
        if values is None:
            self._shown = ()
            self.atlas.show_message(WAITING)
            return
        playing = view.snapshot.playing
        shown = (values, self._layer, self._run_id, playing)
        if self._shown and all(a is b for a, b in zip(shown, self._shown, strict=True)):
            return
        self._shown = shown
        negated = self.nudges_button.isChecked()
        what: Coloured = "nudges" if negated else "weights"
        limit = view.run.colour_limits.of(what, self._layer, values, playing=playing)
        self.bar.set_limit(limit)
        dataset = view.run.dataset
        is_image = self._layer == 1 and dataset.image_shape is not None
        shape = Cells.of_images(dataset) if is_image else None
        names = view.run.dataset.input_names if self._layer == 1 else ()
        content = AtlasContent(values, shape, limit, names, negated)
        self.atlas.show_content(content, self._layer)

    def _draw_readout(self, view: View) -> None:
        text, pointed_at = "", self.atlas.hovered or view.selection
        if pointed_at is not None and pointed_at.layer == self._layer:
            if is_weight(pointed_at):
                text = self._weight_text(view, pointed_at)
            else:
                text = self._unit_text(view, unit_of(pointed_at))
        if text != self.readout.text():
            self.readout.setText(text)
            self.readout.setToolTip(plain_tip(text))

    def _weight_text(self, view: View, parameter: Parameter) -> str:
        name = name_of(view.run, parameter)
        weight = full(parameter.value_in(view.params))
        gradient = view.snapshot.gradient
        if not self.nudges_button.isChecked() or gradient is None:
            return SEPARATOR.join((name, tr("weight {weight}", weight=weight)))
        nudge = full(-parameter.value_in(gradient))
        return SEPARATOR.join(
            (
                name,
                tr("nudge {nudge}", nudge=nudge),
                tr("weight {weight}", weight=weight),
            )
        )

    def _unit_text(self, view: View, unit: Unit) -> str:
        # The images are of units: the line has room for all of it.
        parts = [name_of(view.run, unit, bare=True)]
        parameter = Parameter(unit.layer, unit.unit)
        if parameter.is_in(view.spec):
            parts.append(
                tr("bias {value_in}", value_in=short(parameter.value_in(view.params)))
            )
        activation = float(view.trace.layer(unit.layer)[unit.unit])
        activated = tr("activation {activation}", activation=short(activation))
        return SEPARATOR.join((*parts, _kept_together(activated)))

    # --- the user -------------------------------------------------------------------

    def _redraw(self) -> None:
        self._shown = ()
        if self.view is not None:
            self.draw(self.view)

    def _on_layer_chosen(self, index: int) -> None:
        self._set_layer(index + 1)
        self._redraw()

    def _on_mode_toggled(self, _nudges: bool) -> None:
        self._redraw()
        self.needs_changed.emit()

    def _on_smaller_clicked(self) -> None:
        self.atlas.set_zoom(self.atlas.zoom / ZOOM_STEP)

    def _on_larger_clicked(self) -> None:
        self.atlas.set_zoom(self.atlas.zoom * ZOOM_STEP)

    def _on_enlarge_clicked(self) -> None:
        chosen = self.view.selection if self.view is not None else None
        unit = Unit(self._layer, 0)
        if chosen is not None and chosen.layer == self._layer:
            unit = unit_of(chosen)
        self._on_atlas_unit_opened(unit)

    def _on_atlas_unit_opened(self, unit: Unit) -> None:
        window = self.window_of_unit
        window.set_view(self.view)
        window.show_unit(unit)
        if window.isVisible():
            window.raise_()
        window.show()

    def _on_atlas_cleared(self) -> None:
        self.selection_made.emit(None)

    def _on_atlas_hovered(self) -> None:
        if self.view is not None:
            self._draw_readout(self.view)

    def _on_window_toggled(self) -> None:
        self.needs_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_column"):
            self._restyle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._reopen:
            self._reopen = False
            self.window_of_unit.show()

    def hideEvent(self, event: QHideEvent) -> None:
        # A hidden panel gets no views, so its window would not be updated.
        if not event.spontaneous() and self.window_of_unit.isVisible():
            self._reopen = True
            self.window_of_unit.hide()
        super().hideEvent(event)
