"""To write worksheets and their answers: of the open lesson, or of the network."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from core.lessons.model import Lesson
from core.platform.cancelling import check_cancelled
from core.values.errors import FileError
from core.values.words import tr
from core.worksheets.make import MOST_SEED, has_own_sheet, lesson_sheet
from core.worksheets.model import Sheet
from core.worksheets.network import NetworkNow, network_sheet
from gui.session.save_request import FileKind, SaveRequest
from gui.session.view_state import View
from gui.widgets.worksheets.pdf import write_pdf

Maker = Callable[[int], Sheet]


def maker_of(lesson: Lesson | None, view: View | None) -> tuple[str, str, Maker] | None:
    """Key, title and what makes a sheet of a number; None while nothing is loaded."""
    if lesson is not None and has_own_sheet(lesson):
        key, title = lesson.key, lesson.title
        return key, title, partial(lesson_sheet, key, title)
    if view is None:
        return None
    key = view.run.dataset.name if lesson is None else lesson.key
    title = tr("The network for {key}", key=key) if lesson is None else lesson.title
    now = NetworkNow(view.spec, view.params, view.example.inputs, view.total_steps)
    return key, title, partial(network_sheet, key, title, now=now)


def worksheet_request(key: str, make: Maker, first: int, count: int) -> SaveRequest:
    """To write that many sheets into one file, and their answers beside it."""
    seeds = range(first, min(first + count, MOST_SEED + 1))
    kinds = (FileKind("PDF", ".pdf"),)
    write = partial(_write, make, seeds)
    return SaveRequest(tr("Worksheet"), f"{key}-worksheet.pdf", kinds, write)


def answers_path(path: Path) -> Path:
    """Beside the sheets."""
    return path.with_name(f"{path.stem}-answers{path.suffix}")


def _write(make: Maker, seeds: Sequence[int], path: Path) -> str:
    beside = answers_path(path)
    if beside.exists() and not path.exists():
        msg = tr("{beside} is there already: choose another name", beside=beside)
        raise FileError(msg)
    sheets = []
    for seed in seeds:
        check_cancelled()
        sheets.append(make(seed))
    write_pdf(path, sheets, answers=False)
    write_pdf(beside, sheets, answers=True)
    return tr("The answers are in {beside}", beside=beside.name)
