"""One percent format in window and on the command line: a space before the sign."""

import ast
import re

import pytest

from core.values.shares import percent_text
from tests.translations.marked import ROOT

CLOSE = re.compile(r"[0-9}]%(?=[ ,;:.)]|$)|:\.[0-9]%\}")
SPACED = ("line-height", "width=", "{NO_BREAK}%")


def close_percents(code: str) -> list[str]:
    """Texts with a number and a percent sign without a space."""
    found = []
    for node in ast.walk(ast.parse(code)):
        text = ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = ast.unparse(node)[2:-1]
        if CLOSE.search(text) and not any(word in text for word in SPACED):
            found.append(f"{node.lineno}: {text}")  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("package", ["core", "gui"])
def test_no_text_has_a_percent_sign_without_its_space(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{text}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for text in close_percents(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("code", ['f"{x}%"', 'tr("{x:.0%} of it")', '"97% right"'])
def test_a_percent_sign_without_its_space_is_found(code: str) -> None:
    assert close_percents(code)


def test_a_share_is_printed_with_its_sign() -> None:
    assert percent_text(0.9731) == "97.31 %"
    assert percent_text(0.8, 0) == "80 %"
