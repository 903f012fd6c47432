"""What libraries that are not Python print on their own when they fail."""

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_STANDARD_ERROR: Final = 2
_ONE_AT_A_TIME: Final = threading.Lock()


@contextmanager
def silent_where_raised(*kinds: type[BaseException]) -> Iterator[None]:
    """Keep standard error back meanwhile, and drop it if one of these is raised.

    A library in Rust prints each panic, past Python, before it becomes an exception;
    whoever tells the user of the exception needs nothing else in the terminal. In all
    other cases what was printed follows afterwards, so that nothing is lost.
    """
    with _ONE_AT_A_TIME, tempfile.TemporaryFile() as kept:
        try:
            before = os.dup(_STANDARD_ERROR)
        except OSError:  # a program without a terminal may have none
            yield
            return
        os.dup2(kept.fileno(), _STANDARD_ERROR)
        is_told = True
        try:
            yield
        except kinds:
            is_told = False
            raise
        finally:
            os.dup2(before, _STANDARD_ERROR)
            if is_told:
                kept.seek(0)
                with os.fdopen(before, "wb") as stream:
                    shutil.copyfileobj(kept, stream)
            else:
                os.close(before)
