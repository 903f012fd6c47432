"""The controls above the examples: filters, order, and previous, next and random."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from core.values.words import tr
from gui.panels.gallery.example_filter import ExampleFilter, Sorting, Verdict
from gui.style import tokens
from gui.widgets.icon_button import IconButton
from gui.widgets.segmented_control import SegmentedControl

VERDICTS: tuple[tuple[str, str, Verdict], ...] = (
    (tr("All"), tr("Show every example"), "all"),
    ("Right", tr("Show only what is classified correctly"), "right"),
    (tr("Wrong"), tr("Show only what is classified incorrectly"), "wrong"),
)
SORTINGS: tuple[tuple[str, Sorting], ...] = (
    (tr("In order"), "index"),
    (tr("Least certain first"), "least sure"),
    (tr("Most certain first"), "most sure"),
)
ERROR_SORTINGS = (tr("In order"), tr("Largest error first"), tr("Smallest error first"))
"""The same for data without classes."""


class ExampleFilterBar(QWidget):
    """Controls that make an ExampleFilter, and buttons to go to other examples.

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
        self.verdicts = SegmentedControl(
            [(text, tip) for text, tip, _ in VERDICTS],
            self,
            name=tr("Filter of the examples"),
        )
        self.true_box = self._box(tr("True class"))
        self.guess_box = self._box(tr("Predicted class"))
        self.sorting_box = self._box(tr("Order"))
        for text, sorting in SORTINGS:
            self.sorting_box.addItem(text, sorting)
        self.set_classes(())
        previous, following = tr("Previous example"), tr("Next example")
        self.previous_button = IconButton("previous", previous, previous, self)
        self.next_button = IconButton("next", following, following, self)
        self.random_button = IconButton(
            "random", tr("Random example"), tr("A random example of those shown"), self
        )
        self._arrange()
        self._connect()

    @property
    def example_filter(self) -> ExampleFilter:
        """The filter that the controls show."""
        return ExampleFilter(
            verdict=VERDICTS[self.verdicts.index][2],
            true_class=self.true_box.currentData(),
            guess=self.guess_box.currentData(),
            sorting=self.sorting_box.currentData(),
        )

    def set_classes(self, names: tuple[str, ...]) -> None:
        """Offer these classes, any class chosen; emits nothing.

        Without classes only the order is left to choose.
        """
        if not names:
            self.verdicts.choose(0)
        for widget in (self.verdicts, self.true_box, self.guess_box):
            widget.setVisible(bool(names))
        plain = [text for text, _ in SORTINGS]
        for k, text in enumerate(plain if names else ERROR_SORTINGS):
            self.sorting_box.setItemText(k, text)
        for box, prefix in (
            (self.true_box, tr("is")),
            (self.guess_box, tr("read as")),
        ):
            with QSignalBlocker(box):
                box.clear()
                box.addItem(tr("{prefix} any", prefix=prefix), None)
                for number, name in enumerate(names):
                    box.addItem(f"{prefix} {name}", number)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setToolTip(name)
        box.setAccessibleName(name)
        box.setMaximumWidth(tokens.length("example_filter_bar.most_width"))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return box

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.space("xs"))
        for widget in (
            self.true_box,
            self.guess_box,
            self.sorting_box,
            self.previous_button,
            self.next_button,
        ):
            row.addWidget(widget)

    def choose_verdict(self, verdict: Verdict) -> None:
        """Show all, or only what is right or wrong."""
        self.verdicts.choose([one for _, _, one in VERDICTS].index(verdict))
        self._on_box_changed()

    def _connect(self) -> None:
        self.verdicts.segment_chosen.connect(self._on_box_changed)
        for box in (
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
