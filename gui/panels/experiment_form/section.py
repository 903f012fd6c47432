"""A section of the form: a heading, some rows, and a line for what is folded away."""

from collections.abc import Callable, Container, Mapping
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.experiment.model import Experiment
from gui.panels.experiment_form.disclosure import Disclosure
from gui.panels.experiment_form.effect_label import EffectLabel
from gui.panels.experiment_form.field_grid import FieldGrid, row_gap
from gui.panels.experiment_form.folding import ORDER, FoldableRow
from gui.runtime.layout_items import nest
from gui.session.document.draft import Draft, values_of
from gui.style import tokens
from gui.style.fonts import scale_of

_USUAL: Final = values_of(Experiment())


class Section(QWidget):
    """A heading that says what a change does, and some fields.

    Signals:
        edited: dotted keys with their new values, when the user has finished an edit.
        refit_wanted: rows have come or gone, or the user opened what was folded.

    Attributes:
        disclosure: the line that names what is folded away.
    """

    edited = Signal(dict)
    refit_wanted = Signal()

    def __init__(
        self, heading: str, *, restarts: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bar = 0
        self.left_to_bar = 0
        """Pixels at the right that are left to a scroll bar beside the rows."""
        self._unusual: frozenset[str] = frozenset()
        self._title = QLabel(heading, self)
        self._title.setObjectName("heading")
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self._head.addWidget(EffectLabel(restarts=restarts, parent=self))
        self._column = QVBoxLayout(self)
        nest(self._column, self._head)
        self.fields = FieldGrid(self)
        self.fields.field_edited.connect(self._on_fields_field_edited)
        self.disclosure = Disclosure(heading, self)
        self.disclosure.opened_changed.connect(self.refit_wanted)
        self._restyle()

    def _end(self) -> None:
        """Put the line for what is folded below everything else."""
        self._column.addWidget(self.disclosure)

    def _restyle(self) -> None:
        scale = scale_of(self.font())
        pad = round(tokens.space("panel_pad") * scale)
        gap = round(tokens.space("s") * scale)
        self.left_to_bar = min(self._bar, pad)
        self._column.setContentsMargins(pad, gap, pad - self.left_to_bar, gap)
        self._column.setSpacing(row_gap(scale))
        self._title.setFixedHeight(round(tokens.size("control") * scale))

    def make_room_for_bar(self, width: int) -> None:
        """Let a scroll bar stand beside the rows, which keep their width."""
        if width != self._bar:
            self._bar = width
            self._restyle()

    def show_draft(self, draft: Draft) -> None:
        """Show the values that are in force or pending, and the errors."""
        in_force = values_of(draft.in_force)
        for key in self.fields.keys:
            self.fields.show_in_force(key, in_force[key])
            self.fields.show_value(key, draft.value(key))
            problem, refusal = draft.problems.get(key, ""), draft.refusal_of(key)
            self.fields.show_problem(key, problem, refusal)
            waits = key in draft.pending or key in draft.refused
            self.fields.mark_waiting(key, waits=waits)
        self._unusual = frozenset(
            key for key in self.fields.keys if draft.value(key) != _USUAL[key]
        )
        self.fields.fit_choices()

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """Those with a row in sight, below which a problem can be read."""
        return tuple(filter(self.fields.is_wanted, self.fields.keys))

    def keys_typed_in(self, widget: QWidget) -> tuple[str, ...]:
        """The keys that are typed in this widget; none where it is no field."""
        key = self.fields.key_typed_in(widget)
        return (key,) if key else ()

    def show_remarks(self, notes: Mapping[str, str]) -> None:
        """Show what there is to say of the values, each at its row."""
        for key in self.fields.keys:
            self.fields.show_remark(key, notes.get(key, ""))

    def foldable_rows(self, number: int) -> list[FoldableRow]:
        """The rows that may be folded away; `number` is this section's place."""
        grid = self.fields
        return [
            FoldableRow(key, number, grid.row_height(key), self._is_held(key))
            for key in grid.all_keys
            if key in ORDER and grid.is_wanted(key)
        ]

    def height_of_foldable(self) -> int:
        """Of the rows that could be folded and are not, and of the line for others."""
        line = 0 if self.disclosure.isHidden() else self.line_height()
        shown = filter(self.fields.is_shown, self._in_order(lambda _key: True))
        return line + sum(self.fields.row_height(key) for key in shown)

    def _is_held(self, key: str) -> bool:
        is_open = self.disclosure.opened
        return is_open or key in self._unusual or self.fields.is_held(key)

    def fold(self, folded: Container[str]) -> None:
        """Hide these rows, and name them."""
        self.fields.fold(folded)
        names = [self.fields.name(key) for key in self._in_order(folded.__contains__)]
        self.disclosure.show_names(names)

    def offer_fewer(self) -> None:
        """Where the user opened what does not fit: offer to fold it again."""
        usual = self._in_order(lambda key: key not in self._unusual)
        self.disclosure.show_names([self.fields.name(key) for key in usual])

    def _in_order(self, is_meant: Callable[[str], bool]) -> list[str]:
        grid = self.fields
        found = [key for key in grid.all_keys if key in ORDER and grid.is_wanted(key)]
        return sorted(filter(is_meant, found), key=ORDER.index)

    def line_height(self) -> int:
        """Of the line that names what is folded, with the space above it."""
        return self.disclosure.sizeHint().height() + self._column.spacing()

    def _on_fields_field_edited(self, key: str, value: object) -> None:
        self.edited.emit({key: value})

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_column"):
            self._restyle()
