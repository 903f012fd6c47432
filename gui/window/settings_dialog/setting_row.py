"""One setting: its name, its control, and below them what it does."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from core.values.words import tr
from gui.session.preferences.model import Preferences, Setting
from gui.style import tokens
from gui.style.fonts import scale_of
from gui.widgets.focus.focus_return import dialog_over
from gui.widgets.focus.key_policy import guard_wheel
from gui.widgets.icon_button import IconButton
from gui.widgets.pop_up_choice import PopUpChoice

LABEL: Final = tokens.length("setting_row.label_width")


class SettingRow(QWidget):
    """Signals: value_chosen, with the setting's key and its new value."""

    value_chosen = Signal(str, object)

    def __init__(self, setting: Setting, parent: QWidget) -> None:
        super().__init__(parent)
        self._setting = setting
        self.box: PopUpChoice | None = None
        self.line: QLineEdit | None = None
        name = QLabel(setting.title, self)
        meaning = QLabel(setting.meaning, self)
        meaning.setWordWrap(True)
        meaning.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setColumnStretch(1, 1)
        self._fit()
        self.grid.addWidget(name, 0, 0)
        self._control = self._choice() if setting.choices else self._folder()
        self._control.setAccessibleName(setting.title)
        self._control.setAccessibleDescription(setting.meaning)
        name.setBuddy(self._control)
        self.grid.addWidget(self._control, 0, 1)
        self.grid.addWidget(meaning, 1, 1, 1, 2)

    def _fit(self) -> None:
        """Take the lengths of the scale in force."""
        scale = scale_of(self.font())
        self.grid.setColumnMinimumWidth(0, round(LABEL * scale))
        self.grid.setVerticalSpacing(round(tokens.space("xs") * scale))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "grid"):
            self._fit()

    def show_settings(self, settings: Preferences) -> None:
        """Show the value in force."""
        value = settings.value(self._setting.key)
        if self.box is not None:
            self.box.setCurrentIndex(self.box.findData(value))
        elif self.line is not None and self.line.text() != str(value):
            self.line.setText(str(value))

    def _choice(self) -> QWidget:
        self.box = PopUpChoice(self)
        for choice in self._setting.choices:
            self.box.addItem(choice.title, choice.value)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.box.setSizeAdjustPolicy(policy)
        self.box.setMinimumContentsLength(12)
        expanding = QSizePolicy.Policy.Expanding
        self.box.setSizePolicy(expanding, QSizePolicy.Policy.Fixed)
        guard_wheel(self.box)
        self.box.activated.connect(self._on_box_activated)
        return self.box

    def _folder(self) -> QWidget:
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(tr("the usual folders"))
        self.line.editingFinished.connect(self._on_line_finished)
        button = IconButton("open", tr("Choose a folder"), tr("Choose a folder"), self)
        button.clicked.connect(self._on_button_clicked)
        self.grid.addWidget(button, 0, 2, Qt.AlignmentFlag.AlignRight)
        return self.line

    def _on_box_activated(self) -> None:
        assert self.box is not None
        self.value_chosen.emit(self._setting.key, self.box.currentData())

    def _on_line_finished(self) -> None:
        assert self.line is not None
        self.value_chosen.emit(self._setting.key, self.line.text().strip())

    def _on_button_clicked(self) -> None:
        assert self.line is not None
        with dialog_over(self):
            folder = QFileDialog.getExistingDirectory(
                self, tr("Data folder"), self.line.text()
            )
        if folder:
            self.line.setText(folder)
            self._on_line_finished()
