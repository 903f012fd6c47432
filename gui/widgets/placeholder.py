"""What a panel shows while it has no content: a sentence, or an act that gives it some.

A sentence alone is for what comes by itself. Where the user can do something about it,
the panel offers that: one button, and what it leads to.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedLayout, QWidget

from gui.style import theme, tokens
from gui.widgets.empty_state import EmptyState


class PlaceholderLayout(QStackedLayout):
    """Shows either the content of a panel or the reason why there is none.

    Signals:
        act_requested: the user wants what the reason offers.
    """

    act_requested = Signal()

    def __init__(self, panel: QWidget, content: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self._reason = QLabel(panel)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._reason.setWordWrap(True)
        self._reason.setMargin(tokens.space("m"))
        self._reason.setFont(theme.figures_font(panel.font()))
        self._reason.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._content = content
        self.empty: EmptyState | None = None
        self.addWidget(self._reason)
        self.addWidget(content)

    @property
    def reason(self) -> str:
        """Why there is no content; empty while it is shown."""
        shown = self.currentWidget()
        if self.empty is not None and shown is self.empty:
            return self.empty.sentence.text()
        return self._reason.text() if shown is self._reason else ""

    def show_content(self) -> None:
        if self.currentWidget() is not self._content:
            self.setCurrentWidget(self._content)

    def show_reason(self, text: str) -> None:
        self._reason.setText(text)
        self.setCurrentWidget(self._reason)

    def show_offer(self, icon: str, reason: str, remark: str, act: str) -> None:
        """The reason, with a button that does something about it.

        Args:
            icon: a file in assets/icons.
            reason: why there is no content.
            remark: what there would be.
            act: the words of the button.
        """
        if self.empty is None:
            self.empty = EmptyState(icon, act, self._panel)
            # A page that is hardly ever seen must not make the panel larger.
            ignored = QSizePolicy.Policy.Ignored
            self.empty.setSizePolicy(ignored, ignored)
            self.empty.act_requested.connect(self.act_requested)
            self.addWidget(self.empty)
        self.empty.say(reason, remark, can_act=True)
        self.setCurrentWidget(self.empty)
