"""Free memory, of the machine, of a container and of a device."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from core.platform import devices, free_memory
from core.platform.free_memory import available_bytes, container_bytes

GB = 1_000_000_000


def test_what_is_available_is_no_more_than_the_machine_has() -> None:
    assert 0 <= available_bytes() <= psutil.virtual_memory().total


def test_free_memory_is_known_where_linux_does_not_tell_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(*_: object, **__: object) -> str:
        raise OSError

    monkeypatch.setattr(
        psutil, "virtual_memory", lambda: SimpleNamespace(available=5 * GB)
    )
    monkeypatch.setattr(Path, "read_text", none)
    monkeypatch.setattr(os, "sysconf", none, raising=False)
    assert available_bytes() == 5 * GB


def test_a_smaller_limit_of_a_container_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(free_memory, "container_bytes", lambda: [3 * GB, 7])
    assert available_bytes() == 7
    monkeypatch.setattr(free_memory, "container_bytes", lambda: [10**18])
    assert 7 < available_bytes() < 10**18


def write_group(folder: Path, **values: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in values.items():
        (folder / name.replace("__", ".")).write_text(f"{value}\n")


def own_groups(folder: Path, text: str) -> Path:
    path = folder / "cgroup"
    path.write_text(text)
    return path


def test_the_second_version_leaves_what_is_not_used_and_counts_the_cache_as_free(
    tmp_path: Path,
) -> None:
    groups = tmp_path / "groups"
    write_group(groups / "app", memory__max="1000", memory__current="400")
    (groups / "app" / "memory.stat").write_text("anon 300\ninactive_file 100\n")
    assert container_bytes(own_groups(tmp_path, "0::/app\n"), groups) == [700]


def test_a_limit_of_a_group_above_counts_too(tmp_path: Path) -> None:
    groups = tmp_path / "groups"
    write_group(groups / "all", memory__max="500", memory__current="450")
    write_group(groups / "all" / "app", memory__max="max", memory__current="400")
    assert container_bytes(own_groups(tmp_path, "0::/all/app\n"), groups) == [50]


def test_a_group_that_is_seen_from_within_stands_at_the_top(tmp_path: Path) -> None:
    groups = tmp_path / "groups"
    write_group(groups, memory__max="900", memory__current="300")
    own = own_groups(tmp_path, "0::/host/only/path\n")
    assert container_bytes(own, groups) == [600]


def test_the_first_version_is_read_too(tmp_path: Path) -> None:
    groups = tmp_path / "groups"
    write_group(
        groups / "memory" / "app",
        memory__limit_in_bytes="2000",
        memory__usage_in_bytes="1500",
    )
    (groups / "memory" / "app" / "memory.stat").write_text("total_inactive_file 500\n")
    text = "5:cpu,cpuacct:/app\n4:memory:/app\n1:name=systemd:/app\n"
    assert container_bytes(own_groups(tmp_path, text), groups) == [1000]


def test_without_groups_there_is_no_limit(tmp_path: Path) -> None:
    assert container_bytes(tmp_path / "nothing", tmp_path) == []
    assert container_bytes(own_groups(tmp_path, "0::/\n"), tmp_path / "no") == []


class PretendedDevice:
    """A GPU of which there is none here."""

    platform = "gpu"

    def __init__(self, stats: dict[str, int] | None) -> None:
        self._stats = stats

    def memory_stats(self) -> dict[str, int] | None:
        return self._stats


def test_a_device_with_memory_of_its_own_is_asked() -> None:
    device: Any = PretendedDevice({"bytes_limit": 100, "bytes_in_use": 30})
    assert devices.own_bytes(device) == 100
    assert devices.free_bytes(device) == 70


def test_a_device_that_does_not_tell_is_taken_to_share_the_machines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(devices, "available_bytes", lambda: 5)
    device: Any = PretendedDevice(None)
    assert devices.own_bytes(device) is None
    assert devices.free_bytes(device) == 5
    assert devices.own_bytes(devices.choose_device("cpu")) is None
    assert devices.free_bytes(devices.choose_device("cpu")) == 5
