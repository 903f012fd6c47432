"""Errors that a user can cause; each message says what was wrong and what to do."""

from core.values.plain_text import plain


class GlassboxError(Exception):
    """Base of all errors whose message is written for the user.

    Names and values from files stand in the message, so it is made plain: it goes to a
    terminal or a window as it is.
    """

    def __init__(self, message: str = "") -> None:
        super().__init__(plain(message))


class ExperimentError(GlassboxError):
    """An experiment has an unknown key, a wrong type or an invalid value."""


class DataError(GlassboxError):
    """A data set is missing, damaged or does not fit the experiment."""


class MissingDataError(DataError):
    """A data set is not on this machine; it can be downloaded."""


class FileError(GlassboxError):
    """A file cannot be read or written, or is not what it should be."""


class PartsError(FileError):
    """A file opens not as a whole, but parts of it do.

    Attributes:
        reason: the message without how a part is chosen on the command line.
        parts: what they are, in the order of the numbers by which they are chosen.
    """

    def __init__(self, reason: str, advice: str, parts: tuple[str, ...]) -> None:
        super().__init__(reason + advice)
        self.reason = plain(reason)
        self.parts = tuple(map(plain, parts))


class DeviceError(GlassboxError):
    """The requested compute device is not available."""


class CancelledError(GlassboxError):
    """The user cancelled a long job."""


class FormulaError(GlassboxError):
    """A formula is invalid."""
