"""A text browser whose pictures are formulas."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from core.values.words import tr
from gui.widgets.accessible.parts import Part, Role, texts

SCHEME = "formula"


class FormulaBrowser(QTextBrowser):
    """Holds the formulas of its page by number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: list[QImage] = []
        self._plain = ""
        self.setAccessibleName(tr("Formulas"))

    def described(self) -> Part:
        """The page in words, where its symbols are pictures."""
        lines = texts(*self._plain.splitlines())
        return Part(self.accessibleName(), "", Role.Document, None, lines)

    def set_page(self, html: str, images: list[QImage], plain: str) -> None:
        """Show a page; its pictures are `formula:0`, `formula:1`, and so on."""
        self._images, self._plain = images, plain
        self.setHtml(html)

    @property
    def formula_count(self) -> int:
        """How many formulas of the page are typeset."""
        return len(self._images)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802
        url = QUrl(name)
        if kind == QTextDocument.ResourceType.ImageResource.value and (
            url.scheme() == SCHEME
        ):
            place = int(url.path())
            if place < len(self._images):
                return self._images[place]
        return super().loadResource(kind, url)
