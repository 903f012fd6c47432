"""`glassbox doctor`: what is installed and what is missing, e.g. for a bug report."""

import argparse
import ctypes
import importlib.metadata
import itertools
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from core import __version__
from core.cli.error_boundary import OK
from core.cli.output import write_line
from core.data.digits.cache import cache_path
from core.data.mnist_family import find_files
from core.data.mnist_files import IMAGE_SETS
from core.experiment.presets import preset_names
from core.platform.asset_files import asset_path
from core.platform.installation import command_for_extra
from core.platform.user_folders import cache_folder, config_folder
from core.values.errors import DataError, FileError, MissingDataError
from core.values.words import tr

PACKAGES: Final = (
    "numpy",
    "jax",
    "jaxlib",
    "optax",
    "PySide6-Essentials",
    "pyqtgraph",
)
SCREEN_LIBRARIES: Final = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-keysyms.so.1",
    "libxcb-image.so.0",
    "libxcb-render-util.so.0",
    "libxcb-xkb.so.1",
    "libxcb-shape.so.0",
    "libxcb-randr.so.0",
)
"""What Qt's X11 platform needs and a bare Linux lacks."""
QT_LIBRARIES: Final = (
    "libEGL.so.1",
    "libGL.so.1",
    "libxkbcommon.so.0",
    "libdbus-1.so.3",
    "libfontconfig.so.1",
)

Line = tuple[str, str]


def run(args: argparse.Namespace) -> int:
    """Print all findings; a missing part is a warning, not a failure."""
    lines = (_versions(), _devices(), _display(), _folders(), _data(args.data or ()))
    for name, text in itertools.chain.from_iterable(lines):
        write_line(f"{name + ':':<18} {text}")
    return OK


def _versions() -> Iterator[Line]:
    yield "glassbox", f"{__version__} ({Path(__file__).resolve().parents[2]})"
    yield "python", f"{platform.python_version()} ({sys.executable})"
    yield "system", platform.platform()
    for package in PACKAGES:
        name = tr("PySide6 and Qt") if package.startswith("PySide6") else package
        try:
            # The version of PySide6 is that of the Qt it contains.
            yield name, importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            yield (
                name,
                tr("warning: not installed; pip install {package}", package=package),
            )


def _devices() -> Iterator[Line]:
    try:
        import jax

        from core.platform.devices import describe

        devices = [describe(device) for device in jax.devices()]
    except (ImportError, RuntimeError) as error:
        yield (
            "devices",
            tr(
                "warning: JAX cannot start: {splitline}",
                splitline=str(error).splitlines()[0],
            ),
        )
        return
    yield "devices", ", ".join(devices)
    if all(name == "cpu" for name in devices):
        yield (
            "gpu",
            tr(
                "none found; for NVIDIA: {command_for_extra}",
                command_for_extra=command_for_extra("cuda"),
            ),
        )


def _display() -> Iterator[Line]:
    yield "display", display_text()
    if platform.system() == "Linux":
        of_screen = SCREEN_LIBRARIES if os.environ.get("DISPLAY") else ()
        missing = [name for name in (*QT_LIBRARIES, *of_screen) if not _loads(name)]
        if missing:
            text = tr(
                "warning: missing {missing}; the window needs them",
                missing=", ".join(missing),
            )
            yield tr("system libraries"), text
        else:
            yield tr("system libraries"), "complete"


def display_text() -> str:
    """The display that the window would use."""
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        if value := os.environ.get(name):
            return f"{name}={value}"
    system = platform.system()
    if system == "Linux":
        return tr("warning: none (neither DISPLAY nor WAYLAND_DISPLAY is set)")
    return tr("the desktop of {system}", system=system)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _folders() -> Iterator[Line]:
    for name, place in (("cache", cache_folder), ("settings", config_folder)):
        try:
            yield name, _usability(place())
        except FileError as error:
            yield name, tr("warning: {error}", error=error)
    yield "presets", f"{', '.join(preset_names())} ({asset_path('presets')})"


def _usability(folder: Path) -> str:
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    usable = existing.is_dir() and os.access(existing, os.W_OK)
    return (
        f"{folder}"
        if usable
        else tr("warning: {folder} cannot be written", folder=folder)
    )


def _data(data_folders: Sequence[Path]) -> Iterator[Line]:
    digits = cache_path()
    drawn = (
        tr("drawn ({digits})", digits=digits)
        if digits.is_file()
        else tr("drawn at first use")
    )
    yield "digits", drawn
    for image_set in IMAGE_SETS:
        try:
            found = find_files(image_set.name, data_folders=data_folders)
            yield image_set.name, tr("found in {folder}", folder=found.folder)
        except MissingDataError as error:
            yield image_set.name, str(error)
        except DataError as error:
            yield image_set.name, tr("warning: damaged: {error}", error=error)
