"""A Jupyter notebook that rebuilds the network, classifies, and can train on."""

import json
from collections.abc import Iterator
from typing import Any, Final

from core.files.export.code.literals import WEIGHT
from core.files.export.code.script import introduction, sections
from core.files.export.network import Network

NBFORMAT: Final = (4, 5)


def dumps(network: Network, language: str, beside: str = "") -> bytes:
    """The file's bytes: notebook format 4.5, a cell for each part of the script."""
    cells = list(_cells(network, language, beside))
    notebook = {
        "cells": [
            {"id": f"cell-{place}", "metadata": {}, **cell}
            for place, cell in enumerate(cells, 1)
        ],
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        },
        "nbformat": NBFORMAT[0],
        "nbformat_minor": NBFORMAT[1],
    }
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def source_of(data: bytes) -> str:
    """The code of all cells together, read and never run.

    Raises:
        ValueError: this is no notebook.
    """
    cells = json.loads(data)["cells"]
    code = ("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    return "\n\n".join(code)


def _cells(network: Network, language: str, beside: str) -> Iterator[dict[str, Any]]:
    yield _markdown(introduction(network, language))
    for section in sections(network, language, beside, is_notebook=True):
        if section.title:
            yield _markdown(f"## {section.title}")
        yield _code(section.code, is_folded=WEIGHT.format(1) in section.code)
    yield _markdown(
        "## Train on\n\nWith rows and answers of the file; see `train` above."
    )
    yield _code(_training_example(network, language))


def _training_example(network: Network, language: str) -> str:
    answers = "classify(EXAMPLE)" if network.has_classes else "predict(EXAMPLE)"
    answer = "[0]" if network.has_classes else "predict(EXAMPLE)"
    of = "NETWORK" if language == "torch" else "params"
    first = "" if language == "torch" else "params = "
    return (
        "# One step on the example alone; put your own rows and answers here.\n"
        f"print(loss(EXAMPLE, {answer}))\n"
        f"{first}train(EXAMPLE, {answer}, epochs=1)\n"
        f"print(loss(EXAMPLE, {answer}, {of}))\n"
        f"{answers}"
    )


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": text.splitlines(keepends=True)}


def _code(text: str, *, is_folded: bool = False) -> dict[str, Any]:
    folding = {"metadata": {"jupyter": {"source_hidden": True}}} if is_folded else {}
    return {
        "cell_type": "code",
        "execution_count": None,
        "outputs": [],
        "source": text.splitlines(keepends=True),
        **folding,
    }
