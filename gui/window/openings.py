"""What happens with what was opened: it begins to run, and what is known is told."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from core.experiment.model import Experiment
from core.files.experiment_for_weights import on_data_at_hand
from core.values.words import tr
from gui.session.session import Session
from gui.session.view_state import Run
from gui.window.file_actions import FileActions
from gui.window.intake.intakes import Intakes
from gui.window.messages.message_bar import MessageBar
from gui.window.own_pictures import OwnPictures
from gui.window.part_offer import CHOOSE_PART, CHOOSE_PART_TEXT, PartOffer
from gui.window.reading_offer import (
    CHOOSE_READING,
    CHOOSE_READING_TEXT,
    ReadingOffer,
)

if TYPE_CHECKING:
    from core.files.weights import WeightsFile
    from gui.window.main_window import MainWindow

DIGITS: Final = "digits"
TRAIN: Final = "train"
LEFT_DIGITS: Final = tr(
    " The Digits workspace is for images, and these data have none: they are shown in "
    "Train."
)


class Openings(QObject):
    """Mutable: what is to be told when the run of what was opened has begun."""

    def __init__(
        self,
        files: FileActions,
        session: Session,
        bar: MessageBar,
        window: "MainWindow",
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._bar = bar
        self._told: tuple[str, str] | None = None
        self._tell: Callable[[], None] | None = None
        self.readings = ReadingOffer(window)
        self.readings.chosen.connect(files.open)
        self.parts = PartOffer(window)
        self.parts.chosen.connect(files.open)
        files.parts_found.connect(self._on_parts_found)
        self._files = files
        self.intakes = Intakes(session, window)
        self.intakes.chosen.connect(self._on_intakes_chosen)
        self.intakes.path_pasted.connect(files.open)
        self.intakes.failed.connect(bar.show_notice)
        files.data_opened.connect(self.intakes.open_new)
        files.experiment_opened.connect(self._on_experiment_opened)
        files.reading_open.connect(self.readings.keep)
        files.run_opened.connect(self._on_run_opened)
        files.weights_opened.connect(self._on_weights_opened)
        files.data_folder_opened.connect(self._on_data_folder_opened)
        # What could not be opened is no news any more once something else runs.
        files.failed.connect(bar.show_failed_start)
        self.pictures = OwnPictures(window)
        files.picture_opened.connect(self.pictures.show)
        self.intakes.picture_pasted.connect(self.pictures.paste)

    def begin_run(self, run: Run) -> None:
        """A run has begun: say what it was opened from, if it was."""
        tell, self._tell = self._tell, None
        if tell is not None:
            tell()
        if self._told is None:
            return
        (name, remarks), self._told = self._told, None
        if run.dataset.image_shape is None and self._window.layouts.current == DIGITS:
            self._window.show_workspace(TRAIN)
            remarks += LEFT_DIGITS
        text = tr("Opened {name}.{remarks}", name=name, remarks=remarks)
        if not remarks:
            self._bar.show_success(text)
            return
        offer = self.readings.offer()
        # A guess may be wrong, and is to be looked at; all else is only to be known.
        show = self._bar.show_notice if offer else self._bar.show_information
        show(text, offer=offer, offer_text=CHOOSE_READING_TEXT if offer else "")

    def forget(self) -> None:
        """What was opened does not run, or something else is to be told."""
        self._told = self._tell = None

    def tell(self, tell: Callable[[], None]) -> None:
        """Say this when the next run has begun."""
        self._told, self._tell = None, tell

    def tell_of(self, weights: "WeightsFile", name: str) -> None:
        """Say what there is to know of the weights that the next run begins with."""
        start = weights.start_note
        told = [
            *weights.notes,
            *([tr("training {start}", start=start)] if start else []),
        ]
        self._prepare(name, _sentences(told))

    def take_offer(self, key: str) -> bool:
        """Whether an offer of the message bar was one of these, and is taken."""
        offers = {CHOOSE_READING: self.readings.show, CHOOSE_PART: self.parts.show}
        if key in offers:
            offers[key]()
        return key in offers

    # --- inside -----------------------------------------------------------------

    def _prepare(self, name: str, remarks: str = "") -> None:
        """After the start, which clears earlier messages, and only if it succeeds."""
        self._told, self._tell = (name, remarks), None

    def _on_parts_found(self, path: Path, reason: str, parts: tuple[str, ...]) -> None:
        self.parts.keep(path, parts)
        text = tr("{reason}; parts of it open by themselves", reason=reason)
        self._bar.show_failed_start(
            text, offer=CHOOSE_PART, offer_text=CHOOSE_PART_TEXT
        )

    def _on_experiment_opened(
        self, experiment: Experiment, path: Path, remarks: tuple[str, ...]
    ) -> None:
        self._session.start(
            experiment,
            experiment_file=path.name,
            text=tr("opening of {path}", path=path.name),
        )
        self._prepare(str(path), _sentences(remarks))

    def _on_intakes_chosen(self, experiment: Experiment, path: Path) -> None:
        self._files.remember(path)
        self._session.start(
            experiment, play=True, text=tr("opening of {path}", path=path.name)
        )
        # What was understood has been seen in the dialog.
        self._prepare(str(path))

    def _on_run_opened(self, experiment: Experiment, path: Path) -> None:
        # At rest: it is seen as it was saved, before it goes on.
        self._session.resume(experiment, path)
        self._prepare(str(path))

    def _on_weights_opened(
        self, weights: "WeightsFile", experiment: Experiment, path: Path
    ) -> None:
        self._session.start(
            experiment
            if weights.experiment is not None
            else on_data_at_hand(weights, experiment, self._session.experiment),
            params=weights.params,
            steps_before=weights.step,
            weights_file=path.name,
            text=tr("opening of {path}", path=path.name),
        )
        self.tell_of(weights, str(path))

    def _on_data_folder_opened(self, path: Path, name: str) -> None:
        session = self._session
        session.data_folders = (path, *session.data_folders)
        data = replace(session.experiment.data, name=name, path="")
        session.document.change_data(data, tr("opening of {path}", path=path.name))
        self._prepare(str(path))


def _sentences(texts: Iterable[str]) -> str:
    return "".join(f" {text[0].upper()}{text[1:]}." for text in texts)
