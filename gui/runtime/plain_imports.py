"""Imports without PySide6's import hook.

It reads the source of every module that is imported after PySide6, to see whether the
module could switch on snake_case names, and keeps the text: of JAX's and ours together
40 MB, and a tenth of a second. Nothing here switches names.
"""

import builtins


def leave_imports_plain() -> None:
    """Remove the hook; a second call does nothing."""
    import PySide6.QtCore  # noqa: F401, the hook comes with it

    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain
