"""Finds the texts that the code marks for translation, by reading it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.values.words import fields_of

ROOT = Path(__file__).parents[2]
MECHANISM = (
    "core/values/words.py",
    "core/values/counts.py",
    "gui/style/number_format.py",
)
"""Pass on what others mark."""


class UnreadableTextError(Exception):
    """A text is marked in a way that cannot be collected."""


@dataclass(frozen=True, slots=True, order=True)
class Marked:
    """One text where it stands.

    Attributes:
        source: in English; of a plural, the form for many.
        one: of a plural, the form for exactly one; else empty.
        fields: what is put in; None where that happens later.
    """

    source: str
    one: str
    file: str
    line: int
    fields: frozenset[str] | None


def marked_texts(root: Path = ROOT) -> list[Marked]:
    """Every text of the program, in the order of files and lines."""
    found: list[Marked] = []
    for part in ("core", "gui"):
        for path in sorted((root / part).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            if name not in MECHANISM:
                found += marked_in(path.read_text(encoding="utf-8"), name)
    return found


def marked_in(code: str, file: str) -> Iterator[Marked]:
    """The texts of one file.

    Raises:
        UnreadableTextError: one is no literal, or its fields are not its arguments.
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            read = _READERS.get(node.func.id)
            if read is not None:
                yield read(node, file)


def _of_text(call: ast.Call, file: str) -> Marked:
    source = _literal(call.args[0], file)
    return _checked(Marked(source, "", file, call.lineno, _keywords(call)), file)


def _of_plural(call: ast.Call, file: str) -> Marked:
    one, many = (_literal(part, file) for part in call.args[1:3])
    fields = _keywords(call)
    if fields is not None and not fields_of(one) <= fields:
        raise UnreadableTextError(f"{file}:{call.lineno}: {one!r}")
    return _checked(Marked(many, one, file, call.lineno, fields), file)


def _of_count(call: ast.Call, file: str) -> Marked:
    noun = _literal(call.args[1], file)
    fields = frozenset({"n"})
    return Marked(f"{{n}} {noun}s", f"{{n}} {noun}", file, call.lineno, fields)


_READERS = {"tr": _of_text, "plural": _of_plural, "counted": _of_count}


def _literal(node: ast.expr, file: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise UnreadableTextError(f"{file}:{node.lineno}: {ast.unparse(node)}")


def _keywords(call: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    if None in names:
        return None
    return frozenset(name for name in names if name is not None)


def _checked(text: Marked, file: str) -> Marked:
    if text.fields and fields_of(text.source) != text.fields:
        raise UnreadableTextError(f"{file}:{text.line}: {text.source!r}")
    return text
