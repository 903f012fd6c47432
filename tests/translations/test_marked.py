"""All texts can be collected, and none goes to the window unmarked."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.translations.marked import (
    MECHANISM,
    ROOT,
    UnreadableTextError,
    marked_in,
    marked_texts,
)
from tests.translations.plain_words import plain_words

SAYS: dict[str, int | tuple[int, ...]] = {
    "setText": 0,
    "setToolTip": 0,
    "setStatusTip": 0,
    "setWhatsThis": 0,
    "setWindowTitle": 0,
    "setAccessibleName": 0,
    "setAccessibleDescription": 0,
    "setPlaceholderText": 0,
    "setTitle": 0,
    "addAction": 0,
    "addMenu": 0,
    "addItem": 0,
    "addTab": 1,
    "QLabel": 0,
    "QPushButton": 0,
    "QCheckBox": 0,
    "QRadioButton": 0,
    "QAction": 0,
    "QMenu": 0,
    "QGroupBox": 0,
    "QDockWidget": 0,
    "show_reason": 0,
    "show_notice": 0,
    "show_problem": 0,
    "show_news": 0,
    "show_success": 0,
    "show_error": 0,
    "Copying": 0,
    "Option": 1,
    "Entry": (2, 3),
    "TextItem": 0,
    "drawText": (0, 1, 2, 3, 4, 5),
    "addText": (0, 1, 2),
    "drawStaticText": (0, 1),
}
"""What shows a text, and the places of such among its arguments."""
SAID = frozenset({"label", "title", "remark", "heading", "placeholder", "problem"})
"""What keywords of any call are called by which it is given a text to show."""


def unmarked_in(code: str) -> list[str]:
    """Literals with words that are shown as they stand."""
    found: dict[tuple[int, int], str] = {}
    for node in ast.walk(ast.parse(code)):
        for value in _shown_by(node):
            text = _text_of(value).strip()
            # In capitals are the names of what is typed: "OUT".
            if plain_words(text) and not text.isupper():
                found[value.lineno, value.col_offset] = f"{value.lineno}: {text!r}"
    return list(found.values())


def _shown_by(node: ast.AST) -> Iterator[ast.expr]:
    """What must be marked if it has words."""
    if isinstance(node, ast.Call):
        yield from _said_by_call(node)
    elif isinstance(node, ast.IfExp):
        yield from _beside_marked([node.body, node.orelse])
    elif isinstance(node, ast.BoolOp):
        yield from _beside_marked(node.values)
    elif isinstance(node, ast.FunctionDef):
        found = (one.value for one in ast.walk(node) if isinstance(one, ast.Return))
        yield from _beside_marked([one for one in found if one is not None])
    elif isinstance(node, ast.List | ast.Tuple):
        if isinstance(node, ast.List):
            yield from _beside_marked(node.elts)
        rows = [one.elts for one in node.elts if isinstance(one, ast.Tuple)]
        if rows and len({len(row) for row in rows}) == 1 == len(node.elts) / len(rows):
            for column in zip(*rows, strict=True):
                yield from _beside_marked(list(column))


def _said_by_call(node: ast.Call) -> Iterator[ast.expr]:
    name = ast.unparse(node.func).rpartition(".")[2]
    if name in ("tr", "plural"):
        # What is put into a text is part of it.
        yield from (one.value for one in node.keywords)
        return
    for one in node.keywords:
        if one.arg in SAID or (name, one.arg) == ("add_argument", "help"):
            yield one.value
    places = SAYS.get(name, ())
    for place in (places,) if isinstance(places, int) else places:
        yield from node.args[place : place + 1]


def _beside_marked(values: list[ast.expr]) -> list[ast.expr]:
    """Of what stands for each other, all if one is marked: then all are texts."""
    plain = [one for one in values if not _is_marked(one)]
    return plain if len(plain) < len(values) else []


def _is_marked(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("tr", "plural")


def _text_of(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text_of(part) for part in node.values)
    if isinstance(node, ast.IfExp):
        return f"{_text_of(node.body)} {_text_of(node.orelse)}"
    if isinstance(node, ast.BoolOp):
        return " ".join(map(_text_of, node.values))
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ""


def test_every_marked_text_can_be_collected() -> None:
    texts = marked_texts()
    assert len({text.source for text in texts}) > 1500
    assert any(text.one for text in texts)


@pytest.mark.parametrize("package", ["core", "gui"])
def test_no_text_goes_to_the_window_or_the_command_line_unmarked(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{text}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for text in unmarked_in(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "code",
    [
        'label.setText("Reading it")',
        'label.setText(f"{n} found")',
        'button = QPushButton("Train", self)',
        'label.setText("Done" if done else tr("Waiting"))',
        'parser.add_argument("--x", help="what it does")',
        'Copying("table", text)',
        'Option(True, "on")',
        'painter.drawText(box, flags, "positive")',
        'pg.InfiniteLine(label="best")',
        'tr("{n} to test", n=count(n) if n else "none")',
        'name = tr("cell {text}", text=text) if text else "cell"',
        'rows = [(play, "plays"), (step, tr("takes one step"))]',
        'texts = [tr("no gradient yet"), "none"]',
        'def f(x):\n    if x:\n        return "leave"\n    return tr("a lot")',
    ],
)
def test_an_unmarked_text_is_found(code: str) -> None:
    assert len(unmarked_in(code)) == 1


@pytest.mark.parametrize(
    "code",
    ['label.setText(tr("Reading it"))', 'label.setText(f"{n} / {m}")', "f('a b')"],
)
def test_marked_texts_and_numbers_are_left_alone(code: str) -> None:
    assert unmarked_in(code) == []


@pytest.mark.parametrize(
    "code",
    [
        "tr(text)",
        'tr(f"step {step}")',
        'tr("step {step}", steps=1)',
        'plural(n, "{k} step", "{n} steps", n=n)',
        "counted(n, noun)",
    ],
)
def test_what_cannot_be_collected_is_refused(code: str) -> None:
    with pytest.raises(UnreadableTextError):
        list(marked_in(code, "a.py"))


def test_the_mechanism_is_where_it_is_looked_for() -> None:
    assert all(Path(ROOT, name).is_file() for name in MECHANISM)


KEYED = ("setObjectName", "setProperty", "get")


def translated_keys_in(code: str) -> list[str]:
    """Texts that are translated where a key is asked for or given."""
    found = []
    for node in ast.walk(ast.parse(code)):
        keys: list[ast.expr | None] = []
        if isinstance(node, ast.Dict):
            keys = list(node.keys)
        elif isinstance(node, ast.Subscript):
            keys = [node.slice]
        elif isinstance(node, ast.Compare):
            keys = [node.left, *node.comparators]
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            keys = [*node.args] if name in KEYED else []
            keys += [k.value for k in node.keywords if k.arg in ("key", "kind")]
        found += [f"{key.lineno}: {ast.unparse(key)}" for key in keys if _is_tr(key)]
    return found


def _is_tr(node: ast.expr | None) -> bool:
    """Whether it is a translated text, or a choice or row of such."""
    if isinstance(node, ast.IfExp):
        return _is_tr(node.body) or _is_tr(node.orelse)
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(map(_is_tr, node.elts))
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("tr", "plural")


@pytest.mark.parametrize("package", ["core", "gui"])
def test_no_key_is_translated(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{text}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for text in translated_keys_in(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "code",
    [
        'found = {tr("mean"): 1}',
        'found[tr("mean")]',
        'if kind == tr("mean"): pass',
        'if kind in (tr("mean"), tr("sum")): pass',
        'widget.setObjectName(tr("step"))',
        'Column(kind=tr("mean"), title="mean")',
    ],
)
def test_a_translated_key_is_found(code: str) -> None:
    assert len(translated_keys_in(code)) == 1
