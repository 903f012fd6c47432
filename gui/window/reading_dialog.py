"""A table of the readings of a network's inputs, to choose one of them."""

from typing import Final

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.arrays import FloatArray
from core.readings.choice import ReadingChoice, ReadingRow
from core.values.words import tr
from gui.runtime.layout_items import nest
from gui.style import experiment_labels, number_format, theme, tokens
from gui.style.lengths import grown
from gui.widgets.own_dialog import OwnDialog
from gui.widgets.pictures.grey_image import grey_levels, pixel_qimage

_SIDE: Final = tokens.length("reading_dialog.side")
_COLUMNS: Final = (tr("An example as received"), tr("Inputs"), "Right", tr("Loss"))
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ReadingDialog(OwnDialog):
    """Is deleted when it is closed.

    Signals:
        chosen: what the user says of the network, a Said.
    """

    chosen = Signal(object)

    def __init__(self, name: str, choice: ReadingChoice, parent: QWidget) -> None:
        super().__init__(tr("How {name} reads its inputs", name=name), parent)
        self._choice = choice
        self.table = self._made_table()
        self.activation = QComboBox(self)
        for activation in choice.activations:
            label = experiment_labels.activation(activation)
            self.activation.addItem(label.name, activation)
        self._activation_label = QLabel(tr("&Hidden layers:"), self)
        self._activation_label.setBuddy(self.activation)
        for widget in (self.activation, self._activation_label):
            widget.setVisible(bool(choice.activations))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.read_button = self.buttons.addButton(
            tr("Read it so"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.buttons.accepted.connect(self._on_buttons_accepted)
        self.buttons.rejected.connect(self.close)
        self._lay_out()

    def _lay_out(self) -> None:
        intro = QLabel(
            tr(
                "The file does not say what its inputs are. Each reading was tried on "
                "{count} labelled examples; the first one is in force. The loss is "
                "taken after the logits are scaled as well as they can be.",
                count=number_format.count(self._choice.count),
            ),
            self,
        )
        intro.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(self._activation_label)
        line.addWidget(self.activation)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(intro)
        layout.addWidget(self.table, 1)
        nest(layout, line)
        layout.addWidget(self.buttons)
        rows = len(self._choice.rows)
        self.resize(
            tokens.length("reading_dialog.width"),
            tokens.length("reading_dialog.around_rows")
            + rows * (_SIDE + grown(self, tokens.space("s"))),
        )

    def _made_table(self) -> QTableWidget:
        table = QTableWidget(len(self._choice.rows), len(_COLUMNS), self)
        table.setHorizontalHeaderLabels(_COLUMNS)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_SIDE + tokens.space("s"))
        table.setIconSize(QSize(_SIDE, _SIDE))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setAccessibleName(tr("Readings of the inputs"))
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        is_dark = theme.is_dark(self.palette())
        for k, row in enumerate(self._choice.rows):
            for column, item in enumerate(_items(row, dark=is_dark)):
                table.setItem(k, column, item)
        table.selectRow(0)
        return table

    def _on_buttons_accepted(self) -> None:
        row = max(0, self.table.currentRow())
        activation = self.activation.currentData() or ""
        self.chosen.emit(self._choice.said(row, activation))
        self.close()


def _items(row: ReadingRow, *, dark: bool) -> tuple[QTableWidgetItem, ...]:
    low, high = float(row.picture.min()), float(row.picture.max())
    ends = [number_format.general(value, 3) for value in (low, high)]
    picture = QTableWidgetItem(
        QIcon(_pixmap(row.picture, dark=dark)),
        tr("{end} to {ends_end}", end=ends[0], ends_end=ends[1]),
    )
    numbers = (number_format.percent(row.accuracy, 1), number_format.plain(row.loss, 3))
    cells = [QTableWidgetItem(text) for text in numbers]
    for cell in cells:
        cell.setTextAlignment(_RIGHT)
    return picture, QTableWidgetItem(row.title), *cells


def _pixmap(values: FloatArray, *, dark: bool) -> QPixmap:
    """Black is the lowest number and white the highest."""
    span = max(float(values.max() - values.min()), 1e-9)
    levels = grey_levels(((values - values.min()) / span).astype(np.float32))
    image = pixel_qimage(levels, dark=dark).scaled(_SIDE, _SIDE)
    return QPixmap.fromImage(image)
