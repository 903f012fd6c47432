"""A window for one unit: its weights, nudges and terms, enlarged."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.arrays import FloatArray
from core.values.parameter import Parameter, Unit
from core.values.words import tr
from gui.panels.weight_images.unit_numbers import (
    UnitNumbers,
    cell_text,
    input_names,
    picture_cells,
    sum_text,
    unit_numbers,
)
from gui.runtime.layout_items import nest
from gui.session.example_name import example_name
from gui.session.parameter_names import SEPARATOR, name_of
from gui.session.selection import Selection, is_weight, unit_of
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.number_format import count, fixed, full
from gui.style.signed_scale import SteadyScale, largest_size, moment
from gui.widgets.eliding_label import ElidingLabel
from gui.widgets.focus.focus_return import hand_back
from gui.widgets.pictures.cells import Cells
from gui.widgets.pictures.signed_picture import SignedPicture
from gui.widgets.pictures.signed_scale_bar import SignedScaleBar
from gui.widgets.scaled_margins import ScaledSpacing

WAITING = tr("The nudges of this step's batch are being computed.")


class TitledPicture(QWidget):
    """A picture with its title above and its own scale below."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(title, self)
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.picture = SignedPicture(self)
        self.picture.setAccessibleName(title)
        self.bar = SignedScaleBar(self)
        self._scale = SteadyScale()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        ScaledSpacing(layout, tokens.space("xs"), self)
        layout.addWidget(self.title)
        layout.addWidget(self.picture, 1)
        centred = QHBoxLayout()
        centred.addWidget(self.bar)
        nest(layout, centred)

    def start_over(self) -> None:
        """Reset the scale: something else is going to be shown."""
        self._scale.reset()

    def show_values(self, values: FloatArray, cells: Cells, *, playing: bool) -> None:
        limit = self._scale.update(largest_size(values), moment(playing=playing))
        self.bar.set_limit(limit)
        self.picture.show_values(values, cells, limit)


class UnitWindow(QWidget):
    """Shows one unit of each new view, until it is closed.

    Signals:
        selection_made: the weight that was clicked, or the unit chosen by a key.
        visible_changed: it was opened or closed, so it needs other values.
    """

    selection_made = Signal(object)
    visible_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog)
        self.setObjectName("unit_window")
        self.setFont(theme.figures_font(self.font()))
        self._view: View | None = None
        self._unit = Unit(1, 0)
        self.previous_button = QPushButton("\N{BLACK LEFT-POINTING TRIANGLE}", self)
        self.next_button = QPushButton("\N{BLACK RIGHT-POINTING TRIANGLE}", self)
        self.heading = QLabel(self)
        self.terms_box = QCheckBox(tr("Input \N{MULTIPLICATION SIGN} weight"), self)
        self.weights = TitledPicture(tr("Weights"), self)
        self.nudges = TitledPicture(tr("Nudges"), self)
        self.terms = TitledPicture(tr("Input \N{MULTIPLICATION SIGN} weight"), self)
        self.bias_label = QLabel(self)
        self.sum_label = QLabel(self)
        self.readout = ElidingLabel(self)
        self._build()
        self._connect()
        self.resize(*tokens.lengths("unit_window.wished"))

    def _build(self) -> None:
        self.heading.setFont(theme.figures_font(self.font(), bold=True))
        self.heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.previous_button.setToolTip(tr("Previous unit (Left)"))
        self.next_button.setToolTip(tr("Next unit (Right)"))
        for button in (self.previous_button, self.next_button):
            button.setFixedWidth(tokens.length("unit_window.width"))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.terms_box.setToolTip(tr("Show the terms whose sum, with the bias, is z"))
        self.terms_box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = QHBoxLayout()
        top.addWidget(self.previous_button)
        top.addWidget(self.next_button)
        top.addWidget(self.heading, 1)
        top.addWidget(self.terms_box)
        pictures = QHBoxLayout()
        ScaledSpacing(pictures, tokens.space("m"), self)
        for titled in self._pictures():
            pictures.addWidget(titled, 1)
        self.terms.hide()
        self.sum_label.setWordWrap(True)
        self.bias_label.setWordWrap(True)
        layout = QVBoxLayout(self)
        nest(layout, top)
        nest(layout, pictures, 1)
        layout.addWidget(self.readout)
        layout.addWidget(self.bias_label)
        layout.addWidget(self.sum_label)

    def _connect(self) -> None:
        self.previous_button.clicked.connect(self._on_previous_clicked)
        self.next_button.clicked.connect(self._on_next_clicked)
        self.terms_box.toggled.connect(self._on_terms_toggled)
        for titled in self._pictures():
            titled.picture.cell_clicked.connect(self._on_cell_clicked)
            titled.picture.hover_changed.connect(self._on_picture_hovered)

    def _pictures(self) -> tuple[TitledPicture, ...]:
        return self.weights, self.nudges, self.terms

    @property
    def unit(self) -> Unit:
        """The one that is shown."""
        return self._unit

    def show_unit(self, unit: Unit) -> None:
        """Show another unit from now on."""
        if unit != self._unit:
            self._unit = unit
            self._start_over()
        self._draw()

    def set_view(self, view: View | None) -> None:
        """Draw this view's unit, following the selection; close without one."""
        old, self._view = self._view, view
        if view is not None and old is not None:
            if view.run.run_id != old.run.run_id:
                self._start_over()
            self._follow(view.selection, old.selection)
        if view is None or not self._unit.is_in(view.spec):
            self.close()
        elif self.isVisible():
            self._draw()

    def _start_over(self) -> None:
        for titled in self._pictures():
            titled.start_over()

    def _follow(self, chosen: Selection | None, before: Selection | None) -> None:
        if chosen is None or chosen == before or chosen.layer == 0:
            return
        if unit_of(chosen) != self._unit:
            self._unit = unit_of(chosen)
            self._start_over()

    def _draw(self) -> None:
        view = self._view
        if view is None or not self._unit.is_in(view.spec):
            return
        numbers = unit_numbers(view, self._unit)
        cells = picture_cells(view, self._unit.layer)
        name = name_of(view.run, self._unit)
        self.heading.setText(name)
        self.setWindowTitle(
            tr("{name}, step {step}", name=name, step=count(view.snapshot.step))
        )
        names = input_names(view, self._unit.layer)
        for titled in self._pictures():
            titled.picture.set_names(names)
        playing = view.snapshot.playing
        self.weights.show_values(numbers.weights, cells, playing=playing)
        if numbers.nudges is None:
            self.nudges.picture.show_message(WAITING)
        else:
            self.nudges.show_values(numbers.nudges, cells, playing=playing)
        if self.terms.isVisible():
            self.terms.show_values(numbers.products, cells, playing=playing)
        self.previous_button.setEnabled(self._neighbour(-1).is_in(view.spec))
        self.next_button.setEnabled(self._neighbour(1).is_in(view.spec))
        self._draw_marks(view)
        self._draw_numbers(view, numbers)
        self._draw_readout()

    def _draw_marks(self, view: View) -> None:
        chosen = view.selection
        position = None
        if isinstance(chosen, Parameter) and chosen.owner == self._unit:
            position = chosen.source
        elif chosen is not None and chosen.layer == self._unit.layer - 1:
            position = None if is_weight(chosen) else chosen.unit
        for titled in self._pictures():
            titled.picture.mark(position)

    def _draw_numbers(self, view: View, numbers: UnitNumbers) -> None:
        nudge = ""
        if numbers.bias_nudge is not None:
            nudge = f"{SEPARATOR}nudge {fixed(numbers.bias_nudge, 6)}"
        if numbers.bias is None:
            self.bias_label.setText(tr("No bias"))
            self.bias_label.setToolTip(tr("the layers of this network have no biases"))
        else:
            self.bias_label.setText(
                tr("Bias {bias}{nudge}", bias=fixed(numbers.bias), nudge=nudge)
            )
            self.bias_label.setToolTip(tr("bias {bias}", bias=full(numbers.bias)))
        text = sum_text(view, self._unit)
        self.sum_label.setText(
            tr("For {example}: {text}", example=example_name(view), text=text)
        )
        self.sum_label.setToolTip(
            f"z {full(numbers.pre_activation)}\na {full(numbers.activation)}"
        )

    def _draw_readout(self) -> None:
        source = self._pointed_at()
        if self._view is None or source is None:
            self.readout.setText(
                tr("Point at a cell for its values; click to select it.")
            )
            return
        self.readout.setText(cell_text(self._view, self._unit, source))

    def _pointed_at(self) -> int | None:
        """The cell under the mouse, or else the selected one."""
        hovered = self.weights.picture.hovered
        if hovered is not None or self._view is None:
            return hovered
        chosen = self._view.selection
        if isinstance(chosen, Parameter) and chosen.owner == self._unit:
            return chosen.source
        return None

    def _walk(self, distance: int) -> None:
        unit = self._neighbour(distance)
        if self._view is not None and unit.is_in(self._view.spec):
            self.show_unit(unit)
            self.selection_made.emit(unit)

    def _neighbour(self, distance: int) -> Unit:
        return Unit(self._unit.layer, self._unit.unit + distance)

    def _on_previous_clicked(self) -> None:
        self._walk(-1)

    def _on_next_clicked(self) -> None:
        self._walk(1)

    def _on_terms_toggled(self, shown: bool) -> None:
        self.terms.setVisible(shown)
        self._draw()

    def _on_cell_clicked(self, position: int) -> None:
        weight = Parameter(self._unit.layer, self._unit.unit, position)
        self.selection_made.emit(weight)

    def _on_picture_hovered(self) -> None:
        sender = self.sender()
        if isinstance(sender, SignedPicture):
            for titled in self._pictures():
                titled.picture.set_hovered(sender.hovered)
        self._draw_readout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            self._walk(-1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self._walk(1)
        elif key == Qt.Key.Key_Escape:
            self.close()
            hand_back(self)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()
        self.visible_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.visible_changed.emit()
