"""The texts of the program: one spelling, the words of the glossary, no slips."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
AMERICAN = {
    "analyze",
    "behavior",
    "canceled",
    "center",
    "centered",
    "color",
    "colors",
    "colored",
    "favorite",
    "gray",
    "initialize",
    "initialized",
    "initializer",
    "labeled",
    "memorize",
    "minimize",
    "modeling",
    "neighbor",
    "neighbors",
    "normalize",
    "normalized",
    "optimize",
    "optimizer",
    "optimizers",
    "penalize",
    "recognize",
}
AVOIDED = {
    "by heart": "memorise",
    "let go": "release",
    "lets go": "release",
    "neuron": "unit",
    "neurons": "unit",
    "no number": "not finite, or not a number",
    "starts over": "restarts",
    "start over": "restart",
    "synapse": "edge",
    "thaw": "unfreeze",
    "walker": "full-batch or mini-batch descent",
    "walkers": "full-batch or mini-batch descent",
    "wish": "request",
    "wished": "requested, or target",
    "wishes": "requests",
}
_AVOIDED = re.compile(rf"\b(?:{'|'.join(AVOIDED)})\b")
NOT_PROSE = re.compile(
    r"`[^`]*`"  # code in a docstring
    r"|https?://\S+"
    r"|\b\w+\.[a-z_]\w*"  # a module, an attribute, a key of the experiment
    r"|\b\w*_\w+"  # an identifier, an attribute in a docstring
    r"|\{[^}]*\}"
)
ATTRIBUTE = re.compile(r"^ *\w+:(?= )", re.MULTILINE)
CODE = re.compile(
    r"</?\w+[ >]|\b(?:background|border|color|font|image|margin|padding)[a-z-]*:"
    r"|\\[a-zA-Z]+\{"
)
"""Rich text, style sheets and LaTeX are not prose."""


class Text(NamedTuple):
    """A string of a source file, with what f-strings insert left out."""

    line: int
    text: str
    is_docstring: bool


def texts_of(source: str) -> Iterator[Text]:
    """Every string with at least two words; of one word only what is marked as a text.

    A key or a name has one word.
    """
    tree = ast.parse(source)
    docstrings = {id(node) for node in ast.walk(tree) for node in _docstrings(node)}
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    marked = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("tr", "plural")
        for argument in node.args
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(_part(value) for value in node.values)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in parts
        ):
            text = node.value
        else:
            continue
        if " " in text.strip() or id(node) in marked:
            yield Text(node.lineno, text, id(node) in docstrings)


def _docstrings(node: ast.AST) -> Iterator[ast.Constant]:
    """The strings that stand as a statement: docstrings, also those of constants."""
    body = getattr(node, "body", None)
    for statement in body if isinstance(body, list) else ():
        if (
            isinstance(statement, ast.Expr)
            and isinstance(statement.value, ast.Constant)
            and isinstance(statement.value.value, str)
        ):
            yield statement.value


def _part(value: ast.expr) -> str:
    if isinstance(value, ast.Constant):
        return str(value.value)
    return "{}"


def problems_of(text: Text) -> Iterator[str]:
    """What is wrong with a text, in a few words each."""
    if CODE.search(text.text) and not text.is_docstring:
        return
    prose = text.text
    if text.is_docstring:
        prose = ATTRIBUTE.sub("", prose)
    prose = NOT_PROSE.sub("{}", prose)
    prose = prose.lower()
    for word in set(re.findall(r"[a-z]+", prose)) & AMERICAN:
        yield f"American spelling {word!r}"
    for phrase in _AVOIDED.findall(prose):
        yield f"{phrase!r} instead of {AVOIDED[phrase]!r}"
    if re.search(r"(?<!\()\.\.\.(?![\])])", prose):
        yield "three dots instead of an ellipsis"
    flowing = re.sub(r"\n\s*", "\n", prose)
    if re.search(r"[^\s.:]  +[^\s(]", flowing):
        yield "two spaces between words"


def problems_in(source: str) -> list[str]:
    """Every problem of a source, with its line."""
    return [
        f"{text.line}: {problem}: {text.text.strip()[:70]!r}"
        for text in texts_of(source)
        for problem in problems_of(text)
    ]


COUNTED = re.compile(
    r"\{[^}]*\} (?:branches|derivatives|epochs|examples|frames|images|minutes"
    r"|parameters|pictures|rows|steps)\b"
)
"""A number and the things that it counts, of which there may be one."""
NEVER_ONE = (
    "(of the first {count:,} examples; ",
    "{count_text} parameters",
    "\\nOnly {steps} of {requested} steps",
    "the {total} parameters",
    "what each of {size} examples",
    "change of {edits} parameters",
    "{frames} pictures are more than the most",
    "{rate} pictures a second",
    "{ids} rows are too many",
    "read on {texts} examples",
)
"""Texts that are said of several alone."""


def counts_of_many(source: str) -> list[str]:
    """Texts in `tr` that say "1 steps" of one: `plural` and `counted` do not."""
    return [
        f"{node.lineno}: {argument.value!r}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "tr"
        for argument in node.args
        if isinstance(argument, ast.Constant) and COUNTED.search(str(argument.value))
    ]


def test_no_text_says_1_steps() -> None:
    assert counts_of_many('tr("{n} steps so far", n=n)')
    assert not counts_of_many('plural(n, "{n} step", "{n} steps", n=n)')
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{text}"
        for package in ("core", "gui")
        for path in sorted((ROOT / package).rglob("*.py"))
        for text in counts_of_many(path.read_text(encoding="utf-8"))
    ]
    unknown = [text for text in found if not any(known in text for known in NEVER_ONE)]
    assert not unknown, "\n".join(unknown)


@pytest.mark.parametrize("package", ["core", "gui"])
def test_texts_use_one_spelling_and_the_words_of_the_glossary(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{problem}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for problem in problems_in(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


def test_texts_of_the_presets_use_one_spelling_and_the_words_of_the_glossary() -> None:
    for path in sorted((ROOT / "assets" / "presets").glob("*.toml")):
        title = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert not list(problems_of(Text(1, title, is_docstring=False))), path


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ('x = "The color of zero"', "American spelling 'color'"),
        ('x = f"an unknown optimizer {name}"', "American spelling 'optimizer'"),
        ('x = "the wished output"', "'wished' instead of"),
        ('x = tr("wished")', "'wished' instead of"),
        ('x = "Click to let go of it"', "'let go' instead of"),
        ('def f():\n    """How many neurons there are."""', "'neurons' instead of"),
        ('x = 1\n"""One of the walkers."""', "'walkers' instead of"),
        ('x = "Loading the data ..."', "three dots"),
        ('x = "one  two"', "two spaces"),
    ],
)
def test_a_bad_text_is_found(source: str, problem: str) -> None:
    (found,) = problems_in(source)
    assert problem in found


@pytest.mark.parametrize(
    "source",
    [
        'x = "training.optimizer"',
        'x = "training.optimizer: invalid value"',
        'x = f"border: 1px solid {colour}; color: red"',
        'def f():\n    """A value of `core.network.jax.optimizers` and of `color`."""',
        'def f():\n    """Args:\\n        optimizer: the optimiser in force."""',
        'x = "The colour of an optimiser, centred"',
    ],
)
def test_keys_code_and_british_spelling_are_left_alone(source: str) -> None:
    assert problems_in(source) == []
