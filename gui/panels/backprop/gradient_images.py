"""What one example asks of the first weights, as images of the most relevant units."""

from typing import Final

import numpy as np
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from core.arrays import FloatArray
from core.network.numpy.backprop import Backward
from core.values.parameter import Parameter, Unit
from core.values.words import tr
from gui.panels.backprop.forward_backward import ForwardBackward
from gui.runtime.layout_items import nest
from gui.session.parameter_names import name_in_layer
from gui.session.selection import Selection
from gui.style import theme, tokens
from gui.style.checked_numbers import significant
from gui.style.number_format import short
from gui.style.signed_scale import largest_size, round_up
from gui.widgets.pictures.cells import Cells
from gui.widgets.pictures.signed_picture import SignedPicture
from gui.widgets.scaled_margins import ScaledSpacing

MOST_IMAGES: Final = 4
_IN_A_ROW: Final = 2


class GradientImages(QWidget):
    """Nudges, minus dC/dW, of up to four units of layer 1, all on one scale.

    Signals: selection_clicked, with the Selection of the clicked weight.
    """

    selection_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units: tuple[int, ...] = ()
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.setFont(theme.figures_font(self.font()))
        self.cells = [GradientImage(self) for _ in range(MOST_IMAGES)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.space("panel_pad"))
        for k, cell in enumerate(self.cells):
            grid.addWidget(cell, *divmod(k, _IN_A_ROW))
            cell.weight_clicked.connect(self.selection_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.note)
        nest(layout, grid, 1)

    @property
    def units(self) -> tuple[int, ...]:
        """Which units are shown."""
        return self._units

    def show_nudges(
        self, passes: ForwardBackward, backward: Backward, cells: Cells
    ) -> None:
        """Show the most relevant units, the chosen one first."""
        if self._units != (units := relevant_units(backward, passes.chosen[1])):
            self._units = units
        nudges = [-backward.unit_weight_gradient(1, unit) for unit in units]
        limit = round_up(max(largest_size(n.astype(np.float32)) for n in nudges))
        positive, negative = theme.sign_words()
        shown, total = len(units), len(backward.deltas[0])
        self.note.setText(
            tr(
                "{shown} of {total} units: {first}, then by mean |a · delta|. "
                "Colours from {limit} ({negative}) to {limit2} ({positive}).",
                shown=shown,
                total=total,
                first=name_in_layer(passes.view.run, Unit(1, units[0])),
                limit=short(-limit),
                negative=negative,
                limit2=short(limit),
                positive=positive,
            )
        )
        for k, cell in enumerate(self.cells):
            cell.setVisible(k < shown)
            if k < shown:
                title = tr(
                    "{name_in_layer}: delta ",
                    name_in_layer=name_in_layer(passes.view.run, Unit(1, units[k])),
                )
                title += significant(float(backward.deltas[0][units[k]]))
                values = nudges[k].astype(np.float32)
                cell.show_nudges(units[k], title, values, cells, limit)
                cell.picture.mark(_marked(passes.view.selection, units[k]))

    def minimumSizeHint(self) -> QSize:
        return QSize(*tokens.lengths("gradient_images.least"))


class GradientImage(QWidget):
    """One unit's image. Signals: weight_clicked, with the Parameter."""

    weight_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = 0
        self.label = QLabel(self)
        self.label.setFont(theme.figures_font(self.font()))
        self.picture = SignedPicture(self)
        self.picture.cell_clicked.connect(self._on_picture_cell_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        ScaledSpacing(layout, tokens.space("hair"), self)
        layout.addWidget(self.label)
        layout.addWidget(self.picture, 1)

    def show_nudges(
        self, unit: int, title: str, values: FloatArray, cells: Cells, limit: float
    ) -> None:
        self._unit = unit
        self.label.setText(title)
        self.picture.setAccessibleName(title)
        self.picture.show_values(values, cells, limit)

    def _on_picture_cell_clicked(self, source: int) -> None:
        self.weight_clicked.emit(Parameter(1, self._unit, source))


def relevant_units(backward: Backward, chosen: int) -> tuple[int, ...]:
    """Units of layer 1 by mean |a · delta|, which depends on |delta| alone."""
    order = np.argsort(-np.abs(backward.deltas[0]), kind="stable")[:MOST_IMAGES]
    others = [int(unit) for unit in order if unit != chosen]
    return (chosen, *others[: MOST_IMAGES - 1])


def _marked(selection: Selection | None, unit: int) -> int | None:
    if isinstance(selection, Parameter) and selection.owner == Unit(1, unit):
        return selection.source
    return None
