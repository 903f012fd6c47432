"""A network as a script, and as the cells of a notebook."""

import textwrap
from collections.abc import Sequence
from types import ModuleType
from typing import Final

from core.files.export.code import jax_code, numpy_code, torch_code
from core.files.export.code.parts import (
    Section,
    example_section,
    names_section,
    picture_code,
    weights_section,
)
from core.files.export.code.rows import imports_of_rows, rows_code
from core.files.export.network import Network

MARK: Final = "Written by Glassbox"
"""In the first lines of every script, so that it may be replaced."""
_LANGUAGES: Final[dict[str, ModuleType]] = {
    "numpy": numpy_code,
    "jax": jax_code,
    "torch": torch_code,
}
_TITLES: Final = {"numpy": "NumPy", "jax": "JAX", "torch": "PyTorch"}


def script(network: Network, language: str, beside: str = "") -> str:
    """The whole source text.

    Args:
        network: that is exported.
        language: a key of the languages.
        beside: name of the file beside it that holds the weights; empty for those
            that hold them themselves.
    """
    parts = sections(network, language, beside, is_notebook=False)
    bodies = [
        f"# {section.title}.\n\n{section.code}" if section.title else section.code
        for section in parts
    ]
    return f"{_docstring(network, language, beside)}\n" + "\n\n\n".join(bodies) + "\n"


def sections(
    network: Network, language: str, beside: str, *, is_notebook: bool
) -> Sequence[Section]:
    """The pieces in their order: imports first, numbers last."""
    module = _LANGUAGES[language]
    standard = {*imports_of_rows(network)}
    if not is_notebook:
        standard.add("import sys")
        if beside:
            standard.add("from pathlib import Path")
    # Those of the language first, as linters put them: import before from.
    imports = sorted(standard, key=lambda line: (line.startswith("from"), line))
    if imports:
        imports.append("")
    imports += module.IMPORTS
    picture = picture_code(network).strip()
    rows = rows_code(network).strip() + (f"\n\n\n{picture}" if picture else "")
    weights = (
        _state_dict(beside, is_notebook=is_notebook)
        if beside.endswith(".safetensors")
        else _weights(network, language, beside, is_notebook=is_notebook)
    )
    return [
        Section("", "\n".join(imports)),
        names_section(network),
        Section("From rows of the file to what the network receives", rows),
        *module.sections(network),
        weights,
        example_section(network, is_notebook=is_notebook),
    ]


def introduction(network: Network, language: str) -> str:
    """What it is, in a few sentences."""
    functions = "`predict(rows)`"
    if network.has_classes:
        functions += ", `classify(rows)`"
    return (
        f"{network.title}. {MARK}, for {_TITLES[language]}.\n\n"
        f"{functions} and `train(rows, answers)` take rows as they are in the file: "
        f"{network.intake.text}."
    )


def _docstring(network: Network, language: str, beside: str) -> str:
    text = introduction(network, language)
    if beside:
        text += f" The weights are in {beside} beside this script."
    paragraphs = [textwrap.fill(part, 84) for part in text.split("\n\n")]
    body = "\n\n".join(paragraphs).replace("\\", "\\\\").replace('"""', "'''")
    return f'"""{body}\n"""\n'


def _weights(
    network: Network, language: str, beside: str, *, is_notebook: bool
) -> Section:
    section = weights_section(network, beside, is_notebook=is_notebook)
    if language == "jax":
        convert = "PARAMS = [(jnp.asarray(w), jnp.asarray(b)) for w, b in PARAMS]"
        return Section(section.title, f"{section.code}\n{convert}")
    if language == "torch":
        made = torch_code.network_code(network)
        return Section(section.title, f"{section.code}\n\n{made}")
    return section


def _state_dict(beside: str, *, is_notebook: bool) -> Section:
    place = f"{beside!r}" if is_notebook else f"Path(__file__).with_name({beside!r})"
    code = (
        "from safetensors.torch import load_file\n\n"
        f"NETWORK = Network()\nNETWORK.load_state_dict(load_file({place}))"
    )
    return Section("The weights, a state_dict", code)
