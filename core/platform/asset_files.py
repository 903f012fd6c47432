"""Paths of the files that ship with Glassbox, in a checkout or installed."""

from pathlib import Path

_HERE = Path(__file__).resolve().parents[1]


def asset_path(*parts: str) -> Path:
    """Path of a bundled file; a wheel carries the folder inside this package."""
    installed = _HERE / "bundled_assets"
    root = installed if installed.is_dir() else _HERE.parent / "assets"
    return root.joinpath(*parts)
