"""The third section of the form: how the weights are trained."""

from typing import Final

from PySide6.QtWidgets import QWidget

from core.descriptions.optimizers import OPTIMIZER_NUMBERS, OPTIMIZERS
from core.experiment import rules, schedules
from core.experiment.model import TrainingSettings
from core.network.numpy.losses.table import LOSSES
from core.values.words import tr
from gui.panels.experiment_form.choice_plots import (
    loss_note,
    plot_of_loss,
    plot_of_schedule,
)
from gui.panels.experiment_form.choice_popup import ChoicePopup
from gui.panels.experiment_form.editors import ChoiceBox, NumberBox, WholeBox
from gui.panels.experiment_form.section import Section
from gui.session.document.draft import Draft
from gui.style import experiment_labels
from gui.widgets.icon_button import IconButton
from gui.widgets.plots.function_curve import FunctionCurve

_MOST_STEPS: Final = 1_000_000_000
_DEFAULTS: Final = TrainingSettings()


class TrainingSection(Section):
    """Settings that can change during training; only those that the choices use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Training"), restarts=False, parent=parent)
        self._shown = _DEFAULTS
        self._step = 0
        self._rate: float | None = None
        self._card = ChoicePopup(self)
        self._add_rate()
        self._add_optimizer()
        add = self.fields.add
        add("training.batch_size", WholeBox(1, 1_000_000, self))
        self._add_loss()
        self._add_schedule()
        self._add_penalties()
        self._column.addWidget(self.fields)
        self._end()
        # Before the column is measured: what is hidden later keeps its space.
        self._show_rows()

    def _add_rate(self) -> None:
        self.fields.add("training.learning_rate", NumberBox(parent=self))

    def _add_schedule(self) -> None:
        add = self.fields.add
        add(
            "training.schedule",
            ChoiceBox(rules.SCHEDULES, experiment_labels.SCHEDULES, self),
        )
        add("training.schedule_steps", WholeBox(1, _MOST_STEPS, self))
        add("training.schedule_factor", NumberBox(step=0.1, parent=self))
        add("training.schedule_patience", WholeBox(0, 1_000_000, self))
        add("training.warmup_steps", WholeBox(0, _MOST_STEPS, self))
        self.rate_curve = FunctionCurve(self, height=52)
        self.rate_curve.setToolTip(
            tr("The learning rate over the steps; the dot marks the current step")
        )
        self.fields.add_note("training.warmup_steps", self.rate_curve)

    def _add_optimizer(self) -> None:
        add = self.fields.add
        add(
            "training.optimizer",
            ChoiceBox(rules.OPTIMIZERS, experiment_labels.OPTIMIZERS, self),
        )
        for name in OPTIMIZER_NUMBERS:
            add(f"training.{name}", _number_box(name, self))

    def _add_loss(self) -> None:
        add = self.fields.add
        self._loss_button = IconButton(
            "information",
            tr("About this loss"),
            tr("The curve of this loss, and what it penalises"),
            self,
        )
        self._loss_button.setObjectName("loss card")
        self._loss_button.clicked.connect(self._on_loss_button_clicked)
        losses = ChoiceBox(tuple(LOSSES), experiment_labels.losses(), self)
        add("training.loss", losses, beside=self._loss_button)
        add("training.rho", NumberBox(step=0.1, parent=self))

    def _add_penalties(self) -> None:
        add = self.fields.add
        add("training.l1", NumberBox(zero=True, parent=self))
        add("training.l2", NumberBox(zero=True, parent=self))
        add("training.dropout", NumberBox(step=0.1, parent=self))
        add("training.early_stopping", WholeBox(0, 1_000_000, self))

    def show_draft(self, draft: Draft) -> None:
        super().show_draft(draft)
        self._shown = draft.in_force.training
        self._show_rows()
        self._show_rate()

    def show_step(self, step: int, rate: float) -> None:
        """Mark the current step and learning rate on the schedule."""
        if (step, rate) != (self._step, self._rate):
            self._step, self._rate = step, rate
            if self.rate_curve.isVisible():
                self._show_rate()

    def _show_rate(self) -> None:
        if not self.rate_curve.isHidden():
            plot = plot_of_schedule(self._shown, self._step, self._rate)
            self.rate_curve.show_plot(plot)

    def _show_rows(self) -> None:
        training = self._shown
        schedule = schedules.SCHEDULES[training.schedule].numbers
        chosen = OPTIMIZERS[training.optimizer].numbers
        wanted = {
            "rho": LOSSES[training.loss].reads_rho,
            **{name: name in chosen for name in OPTIMIZER_NUMBERS},
            **{
                name: name in schedule
                for name in ("schedule_steps", "schedule_factor", "schedule_patience")
            },
        }
        for name, is_read in wanted.items():
            self.fields.set_row_wanted(f"training.{name}", is_read)
        self.rate_curve.setVisible(
            training.schedule != "constant" or training.warmup_steps > 0
        )

    def _on_loss_button_clicked(self) -> None:
        loss = LOSSES[self._shown.loss]
        rho = self._shown.rho
        texts = (loss.title.capitalize(), loss.formula, loss_note(loss, rho))
        plot = plot_of_loss(loss, rho)
        self._card.explain(self._loss_button, texts, plot)


def _number_box(name: str, parent: QWidget) -> NumberBox:
    if name in ("epsilon", "weight_decay"):
        return NumberBox(zero=name == "weight_decay", parent=parent)
    return NumberBox(step=0.05, parent=parent)
