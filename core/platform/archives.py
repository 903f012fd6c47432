"""What Python raises while it reads a damaged .zip archive."""

import struct
import zipfile
import zlib
from typing import Final

ARCHIVE_DAMAGES: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)
