"""Own data that lie elsewhere by now: on another machine, or in another folder."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from core.experiment.model import DataSettings
from core.experiment.rules import FILE


def moved(settings: DataSettings, places: Sequence[Path]) -> DataSettings:
    """The settings with the path at which own data lie now; others as they are.

    Args:
        settings: of the data.
        places: that the user names: the file, the folder that it is in, or the folder
            that is the data.
    """
    if settings.name != FILE or not places:
        return settings
    name = Path(settings.path).name
    found = (_file_at(place, name) for place in places)
    path = next((file for file in found if file is not None), places[0])
    return replace(settings, path=str(path.absolute()))


def _file_at(place: Path, name: str) -> Path | None:
    if place.is_file():
        return place
    return place / name if name and (place / name).is_file() else None
