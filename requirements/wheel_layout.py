"""Puts core and gui into the wheel as glassbox._core and glassbox._gui.

So that an installation takes one name alone in everybody's environment. In a checkout
they stay where they are. Called by hatchling, see pyproject.toml.
"""

import ast
import re
import tempfile
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGES: Final = {"core": "glassbox._core", "gui": "glassbox._gui"}
_NAME: Final = re.compile(r"(core|gui)((?:\.[A-Za-z_]\w*)*\.?)")


class WheelLayout(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the moved packages to a wheel; an editable installation has the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the files of the wheel are collected."""
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        root = Path(self.root)
        for package, name in PACKAGES.items():
            target = name.replace(".", "/")
            for path in sorted((root / package).rglob("*")):
                place = f"{target}/{path.relative_to(root / package).as_posix()}"
                if path.is_file() and "__pycache__" not in path.parts:
                    source = self._moved(path, place) if path.suffix == ".py" else path
                    build_data["force_include"][str(source)] = place
        for path in sorted((root / "assets").rglob("*")):
            if path.is_file():
                place = path.relative_to(root / "assets").as_posix()
                build_data["force_include"][str(path)] = (
                    f"glassbox/_core/bundled_assets/{place}"
                )

    def finalize(self, version: str, _data: dict[str, Any], _artifact: str) -> None:
        """Called when the wheel is written."""
        if version != "editable":
            self._folder.cleanup()

    def _moved(self, path: Path, place: str) -> Path:
        target = Path(self._folder.name, place)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = moved(path.read_text(encoding="utf-8"))
        target.write_text(text, encoding="utf-8")
        return target


def moved(source: str) -> str:
    """A module with the names of its own packages as they are in the wheel.

    Names of modules stand in imports and in texts that are nothing else.
    """
    lines = [line.encode() for line in source.splitlines(keepends=True)]
    # From the last to the first, so that places before stay right.
    for line, start in sorted(_names(ast.parse(source)), reverse=True):
        row = lines[line - 1]
        match = re.compile(rb"\b(core|gui)\b").search(row, start)
        assert match is not None, row
        new = PACKAGES[match[1].decode()].encode()
        lines[line - 1] = row[: match.start()] + new + row[match.end() :]
    return b"".join(lines).decode()


def _names(tree: ast.Module) -> list[tuple[int, int]]:
    """Line and byte of each place that names a module of ours."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.partition(".")[0] in PACKAGES:
                    msg = f"line {node.lineno}: write `from … import`, not `import …`"
                    raise ValueError(msg)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            if str(node.module).partition(".")[0] in PACKAGES:
                found.append((node.lineno, node.col_offset))
        elif isinstance(node, ast.Constant) and _is_module_name(node.value):
            found.append((node.lineno, node.col_offset))
    return found


def _is_module_name(value: object) -> bool:
    return isinstance(value, str) and "." in value and bool(_NAME.fullmatch(value))
