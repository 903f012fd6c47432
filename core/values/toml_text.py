"""TOML from elsewhere: whatever is wrong with it, there is one kind of error."""

import tomllib


class TomlError(ValueError):
    """A text is not TOML, or holds what cannot be read; says why, in one line."""


def tables_of(text: str) -> dict[str, object]:
    """Read TOML.

    Raises:
        TomlError: it cannot be read.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlError(str(error)) from None
    except RecursionError:
        msg = "lists stand in lists too deeply to be read"
        raise TomlError(msg) from None
    except ValueError:
        # Python makes no number of more than 4,300 digits.
        msg = "a whole number has too many digits to be read"
        raise TomlError(msg) from None
