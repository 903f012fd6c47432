"""A set of examples: thumbnails where they are images, else a list of points."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from gui.panels.gallery.image_grid import ImageGrid
from gui.panels.gallery.point_table import PointTable
from gui.style import theme
from gui.widgets.pictures.tiles import TileSource


class ExampleGallery(QStackedWidget):
    """The grid or the table, depending on the data.

    Signals:
        position_chosen: the user chose this position.
    """

    position_chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = ImageGrid(self)
        self.table = PointTable(self)
        for shown in (self.grid, self.table):
            shown.setAccessibleName(name)
        self._source: TileSource | None = None
        self._nothing = QLabel(self)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._nothing.setFont(theme.figures_font(self.font()))
        self._nothing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.addWidget(self.grid)
        self.addWidget(self.table)
        self.addWidget(self._nothing)
        self.grid.position_chosen.connect(self.position_chosen)
        self.table.position_chosen.connect(self.position_chosen)

    @property
    def source(self) -> TileSource | None:
        return self._source

    @property
    def top_position(self) -> int | None:
        """The first visible position of the grid, None when it shows none."""
        visible = self.grid.visible_range
        return visible.start if len(visible) else None

    @property
    def nothing_text(self) -> str:
        """The text in place of examples; empty while there are any."""
        empty = self.currentWidget() is self._nothing
        return self._nothing.text() if empty else ""

    def set_source(self, source: TileSource, top: int | None = None) -> None:
        """Show other examples; `top` stays in the topmost row of the grid."""
        self._source = source
        images = source.image_shape is not None
        self.grid.set_source(source if images else None, top)
        self.table.set_source(None if images else source)
        if len(source.order):
            self.setCurrentWidget(self.grid if images else self.table)
        else:
            self.setCurrentWidget(self._nothing)

    def set_nothing_text(self, text: str) -> None:
        """The text for a source without examples."""
        self._nothing.setText(text)

    def set_current(self, position: int | None) -> None:
        """Mark the example that the network shows."""
        self.grid.set_current(position)
        self.table.set_current(position)

    def scroll_to(self, position: int) -> None:
        if self.currentWidget() is self.grid:
            self.grid.scroll_to(position)
        else:
            self.table.scroll_to(position)

    def scroll_to_start(self) -> None:
        self.grid.verticalScrollBar().setValue(0)
        self.table.verticalScrollBar().setValue(0)

    @property
    def scroll_value(self) -> int:
        """Position of the grid's scroll bar, in pixels."""
        return self.grid.verticalScrollBar().value()
