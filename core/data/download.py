"""Downloading MNIST and Fashion-MNIST on the user's request.

Several mirrors are tried in order, every file is checked against its official
SHA-256 before it takes its name, and the received part of a broken or cancelled
download is kept in a ".part" file, from which the next one continues.
"""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from core.data.mnist_family import download_folder
from core.data.mnist_files import ImageSet, RemoteFile, image_set
from core.values.errors import DataError, MissingDataError
from core.values.words import tr

ByteProgress = Callable[[int, int], None]
"""Takes bytes done and bytes in all; raising CancelledError stops the download."""

_CONNECT_SECONDS: Final = 10
_SILENCE_SECONDS: Final = 15
_PIECE: Final = 2**16
_PARTIAL_CONTENT: Final = 206

logger = logging.getLogger(__name__)


class _BrokenOffError(Exception):
    """A mirror did not deliver the file."""


def download(
    name: str, *, folder: Path | None = None, progress: ByteProgress | None = None
) -> Path:
    """Download the four files of a set; existing files are kept.

    Args:
        name: "mnist" or "fashion-mnist".
        folder: where they go, by default `download_folder(name)`.
        progress: called often; raises CancelledError to stop.

    Returns:
        The folder.

    Raises:
        MissingDataError: no mirror could be reached.
        DataError: the folder cannot be written.
        CancelledError: `progress` raised it.
    """
    wanted = image_set(name)
    target = folder or download_folder(name)
    done = 0
    for file in wanted.files:
        transfer = _Transfer(file, target, done, wanted.download_size, progress)
        transfer.report(0)
        _fetch_from_any(wanted, transfer)
        done += file.size
        transfer.report(file.size)
    return target


def _fetch_from_any(wanted: ImageSet, transfer: "_Transfer") -> None:
    reasons = []
    for mirror in wanted.mirrors:
        try:
            transfer.fetch(mirror)
        except _BrokenOffError as error:
            logger.info("%s%s: %s", mirror, transfer.file.name, error)
            reasons.append(f"{urlsplit(mirror).netloc}: {error}")
        except OSError as error:
            msg = tr(
                "{folder}: cannot be written: {reason}",
                folder=transfer.folder,
                reason=error.strerror or error,
            )
            raise DataError(msg) from None
        else:
            return
    msg = tr(
        "{title} could not be downloaded ({reasons}); check the "
        "network connection and try again, or get its four IDX files "
        "elsewhere and open their folder (for a command: --data)",
        title=wanted.title,
        reasons="; ".join(reasons),
    )
    raise MissingDataError(msg)


class _Transfer:
    """The download of one file; pooch calls it as its downloader."""

    def __init__(
        self,
        file: RemoteFile,
        folder: Path,
        done_before: int,
        total: int,
        progress: ByteProgress | None,
    ) -> None:
        self.file = file
        self.folder = folder
        self._part = folder / f"{file.name}.part"
        self._done_before = done_before
        self._total = total
        self._progress = progress

    def report(self, done: int) -> None:
        if self._progress is not None:
            self._progress(self._done_before + done, self._total)

    def fetch(self, mirror: str) -> None:
        """Make sure that the file exists with the right checksum.

        Raises:
            _BrokenOffError: this mirror did not deliver it.
        """
        # These two take 0.2 s to import, and only a download needs them.
        import pooch
        import requests

        pooch.get_logger().setLevel(logging.WARNING)
        resumed = self._part_size() > 0
        try:
            pooch.retrieve(
                mirror + self.file.name,
                known_hash=f"sha256:{self.file.sha256}",
                fname=self.file.name,
                path=self.folder,
                downloader=self,
            )
        except requests.RequestException as error:
            raise _BrokenOffError(_reason(error)) from None
        except ValueError:
            if resumed:  # the older part may have been of another file; it is deleted
                return self.fetch(mirror)
            reason = tr("the file's checksum is wrong")
            raise _BrokenOffError(reason) from None

    def __call__(self, url: str, output_file: str, _pooch: object) -> None:
        import requests
        import urllib3

        start = self._part_size()
        if start < self.file.size:
            # "identity": with gzip a server may unpack the file on the way.
            headers = {"Accept-Encoding": "identity"}
            if start:
                headers["Range"] = f"bytes={start}-"
            timeout = (_CONNECT_SECONDS, _SILENCE_SECONDS)
            with requests.get(
                url, headers=headers, stream=True, timeout=timeout
            ) as response:
                response.raise_for_status()
                goes_on = response.status_code == _PARTIAL_CONTENT
                pieces = response.raw.stream(_PIECE, decode_content=False)
                try:
                    self._receive(pieces, start if goes_on else 0)
                except urllib3.exceptions.HTTPError:
                    reason = tr("the connection was interrupted")
                    raise _BrokenOffError(reason) from None
        self._part.replace(output_file)

    def _part_size(self) -> int:
        return self._part.stat().st_size if self._part.is_file() else 0

    def _receive(self, pieces: Iterator[bytes], start: int) -> None:
        done = start
        with self._part.open("ab" if start else "wb") as stream:
            for piece in pieces:
                stream.write(piece)
                done += len(piece)
                if done > self.file.size:
                    break
                self.report(done)
        if done != self.file.size:
            # The server considers this complete: it has another file, so that
            # continuing from here would never succeed.
            self._part.unlink()
            reason = tr("the file has the wrong size")
            raise _BrokenOffError(reason)


def _reason(error: Exception) -> str:
    import requests

    if isinstance(error, requests.HTTPError) and error.response is not None:
        return f"it answered {error.response.status_code} {error.response.reason}"
    if isinstance(error, requests.Timeout):
        return "no answer"
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not trusted"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    return str(error)
