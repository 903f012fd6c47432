"""The switch between panels that share a place; a list where it has too little room."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from core.values.words import tr
from gui.widgets.focus.key_policy import settle_controls
from gui.widgets.pop_up_choice import PopUpChoice
from gui.widgets.segmented_control import SegmentedControl


class PlaceSwitch(QWidget):
    """Signals: chosen, with the index of the panel that the user chose."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        name = tr("Panels in this place")
        parts = [(text, tr("Show {title} here", title=text.lower())) for text in titles]
        self.segments = SegmentedControl(parts, self, name=name)
        self.segments.segment_chosen.connect(self._on_chosen)
        self.list = PopUpChoice(self)
        self.list.addItems(titles)
        self.list.setAccessibleName(name)
        self.list.setToolTip(name)
        self.list.activated.connect(self._on_chosen)
        self.list.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.segments)
        row.addWidget(self.list)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Fixed, policy.Fixed)
        settle_controls(self)

    @property
    def index(self) -> int:
        return self.segments.index

    def choose(self, index: int) -> None:
        """Choose without emitting a signal."""
        self.segments.choose(index)
        self.list.setCurrentIndex(index)

    def least_width(self) -> int:
        """What it needs as a list."""
        return min(self.segments.sizeHint().width(), self.list.sizeHint().width())

    def fit(self, room: int) -> None:
        """Show all titles where they have room, or the list."""
        is_list = self.segments.sizeHint().width() > max(room, self.least_width())
        if is_list == self.list.isHidden():
            self.segments.setVisible(not is_list)
            self.list.setVisible(is_list)

    def _on_chosen(self, index: int) -> None:
        self.choose(index)
        self.chosen.emit(index)
