"""Pictures of the real window: in either theme, without a flash, saved and pasted."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from gui.window import file_saver
from gui.window.pictures.choice import PictureChoice
from gui.window.pictures.taker import PictureTaker
from tests.gui.support.whole_window import Glass, GlassMaker

FEW_PIXELS = 40


class Paintings(QObject):
    """Counts what the window paints on the screen."""

    def __init__(self, glass: Glass) -> None:
        super().__init__(glass.window)
        self.dark = 0
        self._window = glass.window
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() == QEvent.Type.UpdateRequest
        if is_shown and self._window.updatesEnabled():
            self.dark += self._window.palette().window().color().lightness() < 100
        return False


def lightness(image: QImage) -> int:
    return image.pixelColor(3, image.height() - 3).lightness()


def test_a_dark_picture_is_taken_of_a_light_window_that_stays_as_it_is(
    glass: GlassMaker,
) -> None:
    window = glass(colours="light")
    window.wait_until(lambda: window.panel("network").is_ready)
    form = window.window.docks["experiment"]
    width = form.width()
    watched = Paintings(window)
    pictures: PictureTaker = window.window.pictures
    for theme, is_dark in (("dark", True), ("window", False)):
        choice = PictureChoice("png", 1, theme, has_header=True)  # type: ignore[arg-type]
        taken, _ = pictures._taken("network", choice)
        assert isinstance(taken, QImage)
        # The window may still be settling while events are processed.
        grown = taken.size() - window.window.docks["network"].size()
        assert max(abs(grown.width()), abs(grown.height())) < FEW_PIXELS
        assert (lightness(taken) < 100) == is_dark
    QApplication.processEvents()
    assert watched.dark == 0
    QApplication.instance().removeEventFilter(watched)
    assert abs(form.width() - width) < FEW_PIXELS
    assert window.window.palette().window().color().lightness() > 200
    assert window.window.updatesEnabled()
    assert all(panel.updatesEnabled() for panel in window.window.panels.values())


def test_pictures_are_offered_of_what_is_seen_saved_and_pasted(
    glass: GlassMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = glass()
    pictures = window.window.pictures
    titles = [subject.title for subject in pictures.subjects()]
    assert titles == [
        "Experiment",
        "Network",
        "Weight images",
        "Curves",
        "Whole window",
    ]

    path = tmp_path / "network.svg"

    class Chosen:
        @staticmethod
        def getSaveFileName(*_: object) -> tuple[str, str]:  # noqa: N802
            return str(path), ""

    monkeypatch.setattr(file_saver, "QFileDialog", Chosen)
    window.window.docks["network"].header.picture.click()
    dialog = pictures.dialog
    assert dialog is not None
    assert dialog.subject.key == "network"
    dialog.kind.button(1).click()
    dialog.save.click()
    window.wait_until(lambda: path.exists())
    assert b"<text" in path.read_bytes()
    window.window.actions_by_key["save_picture"].trigger()
    dialog = pictures.dialog
    assert dialog is not None
    # As it was chosen last.
    assert dialog.choice.kind == "svg"
    dialog.choose_subject("network")
    dialog.copy.click()
    data = QGuiApplication.clipboard().mimeData()
    assert bytes(data.data("image/svg+xml").data()).startswith(b"<?xml")
    assert data.hasImage()
    assert window.says.startswith("Copied: picture as SVG")
