"""The controls above the examples: filters, order, and previous, next and random."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QToolButton, QWidget

from gui.panels.gallery.example_filter import ExampleFilter, Sorting, Verdict

VERDICTS: tuple[tuple[str, Verdict], ...] = (
    ("All", "all"),
    ("Only incorrect", "wrong"),
    ("Only correct", "right"),
)
SORTINGS: tuple[tuple[str, Sorting], ...] = (
    ("In order", "index"),
    ("Least certain first", "least sure"),
    ("Most certain first", "most sure"),
)
ERROR_SORTINGS = ("In order", "Largest error first", "Smallest error first")
"""The same for data without classes."""


class ExampleFilterBar(QWidget):
    """Combo boxes that make an ExampleFilter, and buttons to go to other examples.

    Signals:
        filter_changed: the new ExampleFilter.
        step_requested: +1 for the next example, -1 for the previous one.
        random_requested: any example of those shown.
    """

    filter_changed = Signal(object)
    step_requested = Signal(int)
    random_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verdict_box = self._box("Filter of the examples")
        self.true_box = self._box("True class")
        self.guess_box = self._box("Predicted class")
        self.sorting_box = self._box("Order")
        self.verdict_box.setMinimumContentsLength(8)
        for text, verdict in VERDICTS:
            self.verdict_box.addItem(text, verdict)
        for text, sorting in SORTINGS:
            self.sorting_box.addItem(text, sorting)
        self.set_classes(())
        self.previous_button = self._arrow(Qt.ArrowType.LeftArrow, "Previous example")
        self.next_button = self._arrow(Qt.ArrowType.RightArrow, "Next example")
        self.random_button = QToolButton(self)
        self.random_button.setText("Random")
        self.random_button.setToolTip("A random example of those shown")
        self._arrange()
        self._connect()

    @property
    def example_filter(self) -> ExampleFilter:
        """The filter that the boxes show."""
        return ExampleFilter(
            verdict=self.verdict_box.currentData(),
            true_class=self.true_box.currentData(),
            guess=self.guess_box.currentData(),
            sorting=self.sorting_box.currentData(),
        )

    def set_classes(self, names: tuple[str, ...]) -> None:
        """Offer these classes, any class chosen; emits nothing.

        Without classes only the order is left to choose.
        """
        with QSignalBlocker(self.verdict_box):
            self.verdict_box.setCurrentIndex(
                0 if not names else max(0, self.verdict_box.currentIndex())
            )
        for box in (self.verdict_box, self.true_box, self.guess_box):
            box.setVisible(bool(names))
        plain = [text for text, _ in SORTINGS]
        for k, text in enumerate(plain if names else ERROR_SORTINGS):
            self.sorting_box.setItemText(k, text)
        for box, prefix in (
            (self.true_box, "True class"),
            (self.guess_box, "Predicted"),
        ):
            with QSignalBlocker(box):
                box.clear()
                box.addItem(f"{prefix}: any", None)
                for number, name in enumerate(names):
                    box.addItem(f"{prefix}: {name}", number)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setToolTip(name)
        box.setAccessibleName(name)
        box.setMinimumContentsLength(5)
        box.setMaximumWidth(220)
        box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        return box

    def _arrow(self, direction: Qt.ArrowType, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setArrowType(direction)
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.addWidget(self.verdict_box, 0, 0)
        grid.addWidget(self.true_box, 0, 1)
        grid.addWidget(self.guess_box, 0, 2, 1, 3)
        grid.addWidget(self.sorting_box, 1, 0, 1, 2)
        grid.addWidget(self.previous_button, 1, 2)
        grid.addWidget(self.next_button, 1, 3)
        grid.addWidget(self.random_button, 1, 4)
        for column in (0, 1, 4):
            grid.setColumnStretch(column, 2)
        grid.setColumnStretch(5, 1)

    def _connect(self) -> None:
        for box in (
            self.verdict_box,
            self.true_box,
            self.guess_box,
            self.sorting_box,
        ):
            box.currentIndexChanged.connect(self._on_box_changed)
        self.previous_button.clicked.connect(self._on_previous_clicked)
        self.next_button.clicked.connect(self._on_next_clicked)
        self.random_button.clicked.connect(self.random_requested)

    def _on_box_changed(self) -> None:
        self.filter_changed.emit(self.example_filter)

    def _on_previous_clicked(self) -> None:
        self.step_requested.emit(-1)

    def _on_next_clicked(self) -> None:
        self.step_requested.emit(1)
