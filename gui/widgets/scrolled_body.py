"""What stands in a dialog above its buttons: it scrolls where the screen is low."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget


class ScrolledBody(QScrollArea):
    """As large as its content where there is room; what has the focus is in sight."""

    def __init__(self, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._content = content
        self.setWidget(content)
        content.setAutoFillBackground(False)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def sizeHint(self) -> QSize:
        content = self._content
        width = self.minimumSizeHint().width()
        hint = content.sizeHint().expandedTo(content.minimumSizeHint())
        return QSize(max(width, hint.width()), hint.height())

    def minimumSizeHint(self) -> QSize:
        # The bar takes its place from the content, which must not be cut then.
        beside = self.verticalScrollBar().sizeHint().width()
        line = self.fontMetrics().height()
        return QSize(self._content.minimumSizeHint().width() + beside, 3 * line)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._content.isAncestorOf(now):
            self.ensureWidgetVisible(now)
