"""One derivative by three methods, in two precisions, as a small table."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from core.protocol.side_jobs.proofs import PRECISIONS, ProofRow
from core.values.words import tr
from gui.panels.proof.proof_texts import FIGURES, WAYS, error_text, note
from gui.style import theme, tokens
from gui.style.checked_numbers import significant

_ERRORS: Final = (
    (tr("relative error of autodiff"), "autodiff_error"),
    (tr("relative error of the difference"), "difference_error"),
    (tr("step h"), "step"),
)


class OneTable(QWidget):
    """Updates texts only; the labels are kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.space("panel_pad"))
        grid.setVerticalSpacing(1)
        self._cells: dict[tuple[int, int], QLabel] = {}
        for column, precision in enumerate(PRECISIONS, start=1):
            self._cell(grid, 0, column, precision).setForegroundRole(
                QPalette.ColorRole.PlaceholderText
            )
        names = [name for name, _ in (*WAYS, *_ERRORS)]
        for row, name in enumerate(names, start=1):
            self._cell(grid, row, 0, name)
            for column in range(1, len(PRECISIONS) + 1):
                self._cell(grid, row, column, "")
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        grid.addWidget(self.note, len(names) + 1, 0, 1, 3)
        grid.setColumnStretch(3, 1)

    def _cell(self, grid: QGridLayout, row: int, column: int, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setFont(theme.figures_font(self.font()))
        label.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if column:
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(label, row, column)
        self._cells[row, column] = label
        return label

    def text(self, row: int, column: int) -> str:
        """The text of a cell; row 0 is the header, column 0 the names."""
        return self._cells[row, column].text()

    def show_rows(self, rows: tuple[ProofRow, ...]) -> None:
        """The same derivative in each precision; empty clears."""
        for column in range(1, len(PRECISIONS) + 1):
            found = rows[column - 1] if rows else None
            for row, text in enumerate(_texts(found), start=1):
                self._cells[row, column].setText(text)
        self.note.setText(note(rows))


def _texts(row: ProofRow | None) -> list[str]:
    if row is None:
        return [""] * (len(WAYS) + len(_ERRORS))
    figures = FIGURES[row.precision]
    texts = [significant(getattr(row, key), figures) for _, key in WAYS]
    texts += [error_text(row.autodiff_error), error_text(row.difference_error)]
    return [*texts, significant(row.step, 3)]
