"""Saying below a field why what is typed is refused."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolTip, QWidget


def show_refusal(field: QWidget, message: str) -> None:
    """Show the reason as a tooltip below the field."""
    QToolTip.showText(field.mapToGlobal(QPoint(0, field.height())), message, field)
