import gzip
import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from core.data import download as download_module
from core.data.download import download
from core.data.mnist_family import load_mnist_family
from core.data.mnist_files import FASHION_MNIST, MNIST, ImageSet, RemoteFile
from core.values.errors import CancelledError, DataError, MissingDataError
from tests.core.support.idx_files import idx_bytes, made_arrays

FILES = {
    f"{name}.gz": gzip.compress(idx_bytes(values), mtime=0)
    for name, values in made_arrays(n_train=400).items()
}
TOTAL = sum(len(data) for data in FILES.values())
IMAGES = "train-images-idx3-ubyte.gz"


@dataclass
class Behaviour:
    """What the server does; requests are noted as (path, asked range)."""

    requests: list[tuple[str, str]] = field(default_factory=list)
    status: int = 200
    content: bytes | None = None
    break_off_after: int | None = None
    ignores_ranges: bool = False


class MirrorServer(ThreadingHTTPServer):
    behaviour: Behaviour


class Handler(BaseHTTPRequestHandler):
    server: MirrorServer

    def do_GET(self) -> None:
        behaviour = self.server.behaviour
        asked = self.headers.get("Range", "")
        behaviour.requests.append((self.path, asked))
        if behaviour.status != 200:
            self.send_error(behaviour.status)
            return
        data = behaviour.content
        if data is None:
            data = FILES[self.path.rpartition("/")[2]]
        start = 0
        if asked and not behaviour.ignores_ranges:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            self.send_response(206)
            shown = f"bytes {start}-{len(data) - 1}/{len(data)}"
            self.send_header("Content-Range", shown)
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        self.wfile.write(data[start:][: behaviour.break_off_after])

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[MirrorServer]:
    server = MirrorServer(("127.0.0.1", 0), Handler)
    server.behaviour = Behaviour()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def made_set(*mirrors: str) -> ImageSet:
    files = tuple(
        RemoteFile(name, len(data), hashlib.sha256(data).hexdigest())
        for name, data in FILES.items()
    )
    return replace(MNIST, files=files, mirrors=mirrors)


@pytest.fixture
def mirror(server: MirrorServer, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    url = f"http://127.0.0.1:{server.server_port}/good/"
    use(monkeypatch, url)
    return url


def use(monkeypatch: pytest.MonkeyPatch, *mirrors: str) -> None:
    monkeypatch.setattr(download_module, "image_set", lambda _: made_set(*mirrors))


@pytest.mark.usefixtures("mirror")
def test_four_files_arrive_and_are_read(tmp_path: Path):
    reports: list[tuple[int, int]] = []
    folder = download(
        "mnist",
        folder=tmp_path / "new",
        progress=lambda done, total: reports.append((done, total)),
    )
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == FILES
    assert len(load_mnist_family("mnist", path=str(folder)).train) == 400
    assert reports[0] == (0, TOTAL)
    assert reports[-1] == (TOTAL, TOTAL)
    assert reports == sorted(reports)


@pytest.mark.usefixtures("mirror")
def test_files_that_are_there_are_not_fetched_again(
    tmp_path: Path, server: MirrorServer
):
    (tmp_path / IMAGES).write_bytes(FILES[IMAGES])
    download("mnist", folder=tmp_path)
    assert len(server.behaviour.requests) == 3


@pytest.mark.usefixtures("mirror")
def test_a_damaged_file_is_replaced(tmp_path: Path):
    (tmp_path / IMAGES).write_bytes(b"damaged")
    download("mnist", folder=tmp_path)
    assert (tmp_path / IMAGES).read_bytes() == FILES[IMAGES]


@pytest.mark.usefixtures("mirror")
def test_a_cancelled_download_goes_on_where_it_stopped(
    tmp_path: Path, server: MirrorServer
):
    def cancel(done: int, _total: int) -> None:
        if done > 100_000:
            raise CancelledError

    with pytest.raises(CancelledError):
        download("mnist", folder=tmp_path, progress=cancel)
    part = tmp_path / f"{IMAGES}.part"
    arrived = part.stat().st_size
    assert 100_000 < arrived < len(FILES[IMAGES])
    assert [path.name for path in tmp_path.iterdir()] == [part.name]
    server.behaviour.requests.clear()
    download("mnist", folder=tmp_path)
    assert server.behaviour.requests[0] == (f"/good/{IMAGES}", f"bytes={arrived}-")
    assert (tmp_path / IMAGES).read_bytes() == FILES[IMAGES]
    assert not part.exists()


@pytest.mark.usefixtures("mirror")
def test_a_broken_connection_keeps_what_arrived(tmp_path: Path, server: MirrorServer):
    server.behaviour.break_off_after = 150_000
    with pytest.raises(DataError, match="was interrupted"):
        download("mnist", folder=tmp_path)
    assert (tmp_path / f"{IMAGES}.part").stat().st_size > 0
    server.behaviour.break_off_after = None
    download("mnist", folder=tmp_path)
    assert server.behaviour.requests[1][1].startswith("bytes=")
    assert (tmp_path / IMAGES).read_bytes() == FILES[IMAGES]


@pytest.mark.usefixtures("mirror")
def test_a_server_that_begins_again_is_understood(tmp_path: Path, server: MirrorServer):
    server.behaviour.ignores_ranges = True
    (tmp_path / f"{IMAGES}.part").write_bytes(FILES[IMAGES][:5000])
    download("mnist", folder=tmp_path)
    assert (tmp_path / IMAGES).read_bytes() == FILES[IMAGES]


@pytest.mark.usefixtures("mirror")
@pytest.mark.parametrize("size", [5000, len(FILES[IMAGES]), len(FILES[IMAGES]) + 9])
def test_a_wrong_part_is_thrown_away_and_fetched_anew(tmp_path: Path, size: int):
    (tmp_path / f"{IMAGES}.part").write_bytes(b"x" * size)
    download("mnist", folder=tmp_path)
    assert (tmp_path / IMAGES).read_bytes() == FILES[IMAGES]


def test_the_next_mirror_is_asked_when_one_fails(
    tmp_path: Path, server: MirrorServer, mirror: str, monkeypatch: pytest.MonkeyPatch
):
    use(monkeypatch, "http://127.0.0.1:9/dead/", mirror)
    download("mnist", folder=tmp_path)
    assert len(server.behaviour.requests) == 4


@pytest.mark.usefixtures("mirror")
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html>sign in</html>", "wrong size"),
        (b"x" * len(FILES[IMAGES]), "checksum"),
        (b"x" * 2 * len(FILES[IMAGES]), "wrong size"),
    ],
)
def test_other_content_never_gets_the_files_name(
    tmp_path: Path, server: MirrorServer, content: bytes, reason: str
):
    server.behaviour.content = content
    with pytest.raises(DataError, match=reason):
        download("mnist", folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("mirror")
def test_a_server_error_is_told_with_the_mirrors_name(
    tmp_path: Path, server: MirrorServer
):
    server.behaviour.status = 403
    with pytest.raises(DataError, match=r"127\.0\.0\.1:\d+: it answered 403"):
        download("mnist", folder=tmp_path)


@pytest.mark.usefixtures("mirror")
def test_no_network_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    use(monkeypatch, "http://127.0.0.1:9/", "http://no-such-host.invalid/")
    with pytest.raises(MissingDataError) as caught:
        download("mnist", folder=tmp_path)
    message = str(caught.value)
    assert "MNIST could not be downloaded" in message
    assert "no-such-host.invalid: no connection" in message
    assert "check the network connection" in message
    assert "open their folder (for a command: --data)" in message


@pytest.mark.usefixtures("mirror")
def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataError, match="cannot be written") as caught:
        download("mnist", folder=tmp_path / "file" / "mnist")
    assert str(tmp_path / "file" / "mnist") in str(caught.value)


def test_both_sets_name_four_files_with_checksums_and_mirrors():
    for entry in (MNIST, FASHION_MNIST):
        assert [file.name for file in entry.files] == list(FILES)
        assert all(len(bytes.fromhex(file.sha256)) == 32 for file in entry.files)
        assert len(entry.mirrors) == 3
        assert len(entry.class_names) == 10
    assert MNIST.download_size == 11_594_722
    assert FASHION_MNIST.download_size == 30_878_645
