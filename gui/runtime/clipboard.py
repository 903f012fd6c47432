"""What the program leaves in the clipboard, without what Python keeps of it.

Some platforms delete what is in the clipboard when the process ends, after the
interpreter has. Content that Python has made then asks for the interpreter, and the
process crashes.
"""

from PySide6.QtCore import QMimeData, QStringListModel


def new_content() -> QMimeData:
    """Empty content for the clipboard that Qt itself has made."""
    model = QStringListModel([""])
    content = model.mimeData([model.index(0)])
    for name in content.formats():
        content.removeFormat(name)
    return content
