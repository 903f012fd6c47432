"""A scene, the experiment with what the window shows of it, as one line of text."""

from pathlib import Path
from typing import Final

import tomli_w

from core.experiment import toml_form
from core.experiment.line_form import experiment_tables, tables_of_line, to_line
from core.lessons.errors import LessonError, Place
from core.lessons.model import Scene
from core.lessons.reading.fields import Fields
from core.lessons.reading.scene_block import scene_of
from core.lessons.writing import shown_table
from core.values.errors import ExperimentError
from core.values.words import tr

_TABLE: Final = "scene"
_NOWHERE: Final = Path("text")


def line_of(scene: Scene) -> str:
    """Write a scene as one line.

    Raises:
        ExperimentError: it is too long.
    """
    return to_line(experiment_tables(scene.experiment) | {_TABLE: shown_table(scene)})


def scene_of_line(text: str) -> Scene:
    """Read what `line_of` has written, or the line of an experiment alone.

    Raises:
        ExperimentError: it is damaged, or says what is not possible.
    """
    tables = tables_of_line(text)
    shown = tables.pop(_TABLE, {})
    experiment = toml_form.from_tables(tables)
    if not isinstance(shown, dict):
        raise ExperimentError(tr("scene: expected a table"))
    fields = Fields(shown, tomli_w.dumps(shown), Place(_NOWHERE, 1))
    try:
        return scene_of(fields, _NOWHERE, experiment)
    except LessonError as error:
        raise ExperimentError(str(error).partition(": ")[2]) from None
