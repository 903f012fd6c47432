"""Saving the curves of a run to a file, with a message if that fails."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gui.panels.curves.curve_export import CurveExport
from gui.session.metrics_log import MetricsLog


class _Saving(QObject):
    """One file being written; gone when it is done."""

    def __init__(self, path: Path, metrics: MetricsLog, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._export = CurveExport(path, metrics, self)
        self._export.finished.connect(self._on_export_finished)
        self._export.start()

    def _on_export_finished(self, reason: str) -> None:
        self.deleteLater()
        if reason:
            box = QMessageBox(self._window)
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.setIcon(QMessageBox.Icon.Warning)
            box.setText(f"The curves could not be saved: {reason}")
            box.open()


def save_curves(path: Path, metrics: MetricsLog, parent: QWidget) -> None:
    """Write all curves of a run in parts; a failure is shown as a message."""
    _Saving(path, metrics, parent)


def ask_and_save_curves(metrics: MetricsLog, parent: QWidget) -> None:
    """Ask for a file, then write all curves of a run to it."""
    path, _ = QFileDialog.getSaveFileName(
        parent, "Save curves", "curves.csv", "CSV files (*.csv)"
    )
    if path:
        save_curves(Path(path), metrics, parent)
