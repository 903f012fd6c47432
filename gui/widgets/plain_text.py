"""Texts with names from files are shown as they are, whatever they look like to Qt.

Qt takes a text that begins with a tag for rich text: a class called `<img src=…>` would
be a picture, and `<b>x</b>` would lose its tags.
"""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def show_plainly(widget: QWidget) -> None:
    """Let the labels in a widget show their texts as they are.

    Labels whose own text is rich have said so and keep it.
    """
    for label in widget.findChildren(QLabel):
        if label.textFormat() == Qt.TextFormat.AutoText:
            label.setTextFormat(Qt.TextFormat.PlainText)


def tip(text: str) -> str:
    """What a tooltip shows as this text."""
    if "<" not in text:
        return text
    return f"<p style='white-space:pre-wrap'>{escape(text)}</p>"
