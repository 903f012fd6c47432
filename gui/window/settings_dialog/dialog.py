"""The dialog of the settings: pages of rows, each of which acts at once."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.values.words import tr
from gui.session.preferences.model import SETTINGS, Preferences
from gui.session.preferences.store import PreferenceStore
from gui.style import tokens
from gui.style.fonts import scale_of
from gui.widgets.own_dialog import OwnDialog
from gui.widgets.scaled_margins import ScaledMargins, ScaledSpacing
from gui.widgets.segmented_control import SegmentedControl
from gui.window.settings_dialog.keys_page import KeysPage
from gui.window.settings_dialog.map_sample import MapSample
from gui.window.settings_dialog.setting_row import SettingRow

SIZE: Final = QSize(*tokens.lengths("settings_dialog_dialog.size"))
_SHARE_OF_SCREEN: Final = 0.85
KEYS_PAGE: Final = tr("Keys")
PAGES: Final = (*dict.fromkeys(s.section for s in SETTINGS), KEYS_PAGE)


class SettingsDialog(OwnDialog):
    """Is deleted when it is closed."""

    def __init__(self, store: PreferenceStore, parent: QWidget, page: str = "") -> None:
        """Make it.

        Args:
            store: the settings in force.
            parent: the window.
            page: one of PAGES to begin with; the first one where it is empty.
        """
        super().__init__(tr("Settings"), parent)
        self._store = store
        self.rows: dict[str, SettingRow] = {}
        self.pages = SegmentedControl(
            [
                (title, tr("Settings of {title}", title=title.lower()))
                for title in PAGES
            ],
            self,
            name=tr("Pages"),
        )
        self._stack = QStackedWidget(self)
        for title in PAGES[:-1]:
            self._stack.addWidget(self._page_of(title))
        self.keys = KeysPage(store, self)
        self._stack.addWidget(self.keys)
        self.pages.segment_chosen.connect(self._stack.setCurrentIndex)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        self.back = QPushButton(tr("All settings as they came"), self)
        self.back.setToolTip(tr("All settings but the keys"))
        self.back.clicked.connect(self._on_back_clicked)
        role = QDialogButtonBox.ButtonRole.ResetRole
        buttons.addButton(self.back, role)
        self._stack.currentChanged.connect(self._on_page_changed)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.pages)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(buttons)
        store.changed.connect(self._on_store_changed)
        self._show(store.now)
        self.fit()
        self.show_page(page)

    def show_page(self, title: str) -> None:
        """Change to one of the pages."""
        place = PAGES.index(title) if title in PAGES else 0
        self.pages.choose(place)
        self._stack.setCurrentIndex(place)

    def _page_of(self, section: str) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        ScaledMargins(column, (0, 0, tokens.space("s"), 0), page)
        ScaledSpacing(column, tokens.space("l"), page)
        for setting in SETTINGS:
            if setting.section == section:
                row = SettingRow(setting, page)
                row.value_chosen.connect(self._on_value_chosen)
                self.rows[setting.key] = row
                column.addWidget(row)
                if setting.key == "colour_maps":
                    row.grid.addWidget(MapSample(row), 2, 1)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        return area

    def fit(self) -> None:
        scale = scale_of(self.font())
        pad = round(tokens.space("l") * scale)
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(pad)
        most = self.screen().availableSize() * _SHARE_OF_SCREEN
        self.resize((SIZE * scale).boundedTo(most))

    def _show(self, settings: Preferences) -> None:
        for row in self.rows.values():
            row.show_settings(settings)
        self.keys.show_settings(settings)
        usual = Preferences(shortcuts=settings.shortcuts)
        self.back.setEnabled(settings != usual)

    def _on_page_changed(self, place: int) -> None:
        self.back.setVisible(PAGES[place] != KEYS_PAGE)

    def _on_value_chosen(self, key: str, value: object) -> None:
        assert isinstance(value, str | int)
        self._store.set_value(key, value)

    def _on_back_clicked(self) -> None:
        self._store.use(Preferences(shortcuts=self._store.now.shortcuts))

    def _on_store_changed(self, _before: Preferences, now: Preferences) -> None:
        self._show(now)
