"""The sensitivity of the cost to two parameters, for the same small change."""

import math
from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.network.numpy.number_lines import ParameterProbe
from core.values.words import tr
from gui.panels.number_lines.value_field import LARGEST, ValueField
from gui.runtime.layout_items import nest
from gui.style import theme, tokens
from gui.style.checked_numbers import significant
from gui.style.lengths import grown
from gui.style.number_format import MINUS, editable, plain
from gui.widgets.eliding_label import ElidingLabel
from gui.widgets.scaled_margins import ScaledMargins, ScaledSpacing

FIRST_WIGGLE: Final = 0.01
_SMALLEST: Final = 1e-37
_ROWS: Final = (
    (tr("slope"), tr("∂C/∂w of the shown example: the tangent's")),
    (tr("predicted ΔC"), tr("Slope times the small change: the tangent's prediction")),
    (tr("true ΔC"), tr("The cost after the small change minus the cost before it")),
)


class Response(NamedTuple):
    """The effect of a small change of one parameter on the cost."""

    slope: float
    predicted: float
    true: float


def response(ground: ParameterProbe, wiggle: float) -> Response:
    """The change of the cost, predicted by the tangent and true."""
    still = ground.still
    moved = ground.reading(still.value + wiggle)
    return Response(still.gradient, still.gradient * wiggle, moved.cost - still.cost)


def comparison(this: float, pinned: float) -> str:
    """The ratio of the two sensitivities, as a sentence."""
    a, b = abs(this), abs(pinned)
    if not (math.isfinite(a) and math.isfinite(b)):
        return tr("One of the two slopes is not finite.")
    if a == b == 0:
        return tr("Neither parameter affects the cost here.")
    if b == 0:
        return tr("The pinned parameter does not affect the cost here.")
    if a == 0:
        return tr("This parameter does not affect the cost here.")
    if a >= b:
        return tr(
            "This one is {times} times as sensitive as the pinned one.",
            times=_times(a / b),
        )
    return tr(
        "The pinned one is {times} times as sensitive as this one.", times=_times(b / a)
    )


def _times(ratio: float) -> str:
    if ratio >= 1e6:
        return significant(ratio, 2)
    return plain(ratio, 0) if ratio >= 20 else significant(ratio, 3)


class SensitivityBox(QFrame):
    """Signals: unpin_requested; wiggle_changed, with the new one."""

    unpin_requested = Signal()
    wiggle_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wiggle = FIRST_WIGGLE
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.comparison_label = ElidingLabel(self)
        self.comparison_label.setFont(theme.figures_font(self.font(), bold=True))
        self.field = ValueField(self)
        self.field.setAccessibleName(tr("Small change"))
        self.field.setToolTip(
            tr(
                "The small change that is added to both: type it, or use the arrows "
                "to double or halve it"
            )
        )
        self.field.setMaximumWidth(self.field.minimumWidth())
        self.field.show_value(editable(self.wiggle))
        self.unpin = QToolButton(self)
        self.unpin.setText(tr("Unpin"))
        self.unpin.clicked.connect(self.unpin_requested)
        top = QHBoxLayout()
        top.addWidget(self.comparison_label, 1)
        top.addWidget(QLabel(tr("wiggle"), self))
        top.addWidget(self.field)
        top.addWidget(self.unpin)
        column = QVBoxLayout(self)
        ScaledMargins(
            column,
            (
                tokens.space("close"),
                tokens.space("thin"),
                tokens.space("close"),
                tokens.space("thin"),
            ),
            self,
        )
        ScaledSpacing(column, tokens.space("hair"), self)
        nest(column, top)
        nest(column, self._build_table())
        self.field.value_entered.connect(self._on_field_value_entered)
        self.field.stepped.connect(self._on_field_stepped)
        self.hide()

    def _build_table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        grid.setHorizontalSpacing(grown(self, tokens.space("l")))
        self.headers = (QLabel(self), QLabel(self))
        self._cells: dict[tuple[int, int], QLabel] = {}
        for column, header in enumerate(self.headers, start=1):
            header.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            header.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(header, 0, column)
        for row, (name, tip) in enumerate(_ROWS, start=1):
            label = QLabel(name, self)
            label.setToolTip(tip)
            grid.addWidget(label, row, 0)
            for column in (1, 2):
                cell = QLabel(self)
                cell.setFont(theme.figures_font(self.font()))
                cell.setAlignment(Qt.AlignmentFlag.AlignRight)
                grid.addWidget(cell, row, column)
                self._cells[row - 1, column - 1] = cell
        grid.setColumnStretch(3, 1)
        return grid

    def text(self, row: int, column: int) -> str:
        """Slope, predicted and true change; column 0 is this one, 1 the pinned."""
        return self._cells[row, column].text()

    def show_pair(
        self,
        names: tuple[str, str],
        this: ParameterProbe | None,
        pinned: ParameterProbe,
    ) -> None:
        """Show this one beside the pinned one; None while that one is selected."""
        responses = [response(pinned, self.wiggle)]
        if this is None:
            self.comparison_label.setText(
                tr("Pinned. Select another weight or bias to compare.")
            )
        else:
            responses.insert(0, response(this, self.wiggle))
            self.comparison_label.setText(
                comparison(responses[0].slope, responses[1].slope)
            )
        first = 2 - len(responses)
        for column, header in enumerate(self.headers):
            header.setText(names[column] if column >= first else "")
        for column in (0, 1):
            found = responses[column - first] if column >= first else None
            for row in range(len(_ROWS)):
                text = "" if found is None else _signed(found[row])
                self._cells[row, column].setText(text)

    def _set_wiggle(self, wiggle: float) -> None:
        if math.isfinite(wiggle) and _SMALLEST <= abs(wiggle) <= LARGEST:
            self.wiggle = wiggle
            self.wiggle_changed.emit(wiggle)
        self.field.show_value(editable(self.wiggle))

    def _on_field_value_entered(self, value: float) -> None:
        self._set_wiggle(value)

    def _on_field_stepped(self, steps: float) -> None:
        self._set_wiggle(self.wiggle * 2.0 ** max(-64.0, min(64.0, steps)))


def _signed(value: float) -> str:
    text = significant(value, 5)
    return text if value == 0 or text.startswith(MINUS) else f"+{text}"
