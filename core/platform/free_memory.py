"""Memory that a new allocation can have: the machine's, within container limits."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

_OWN_GROUPS: Final = Path("/proc/self/cgroup")
_ALL_GROUPS: Final = Path("/sys/fs/cgroup")


class _Names(NamedTuple):
    """The files of a memory group, which differ between the two versions of Linux's.

    Attributes:
        cache: in `memory.stat`: what is given back when somebody needs it.
    """

    limit: str
    used: str
    cache: str


_V1: Final = _Names(
    "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"
)
_V2: Final = _Names("memory.max", "memory.current", "inactive_file")


def available_bytes() -> int:
    """What can be allocated now without swapping."""
    import psutil  # here: 18 ms of a start that does not need it yet

    machine = int(psutil.virtual_memory().available)
    return min([machine, *container_bytes()])


def container_bytes(
    own_groups: Path = _OWN_GROUPS, all_groups: Path = _ALL_GROUPS
) -> list[int]:
    """What each limit that this process is under leaves; empty without any."""
    left = (
        _left_in(folder, names) for folder, names in _groups(own_groups, all_groups)
    )
    return [value for value in left if value is not None]


def _groups(own_groups: Path, all_groups: Path) -> Iterator[tuple[Path, _Names]]:
    """The groups that this process is in, each with those above it."""
    try:
        lines = own_groups.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        lines = []
    for line in lines:
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if controllers == "":
            yield from _with_those_above(all_groups, path, _V2)
        elif "memory" in controllers.split(","):
            yield from _with_those_above(all_groups / "memory", path, _V1)


def _with_those_above(
    top: Path, path: str, names: _Names
) -> Iterator[tuple[Path, _Names]]:
    # Within a container the path may be the host's; the limit then stands at the top.
    folder = top / path.lstrip("/")
    for group in (folder, *folder.parents):
        if group == top or top in group.parents:
            yield group, names


def _left_in(folder: Path, names: _Names) -> int | None:
    try:
        limit = int((folder / names.limit).read_text(encoding="ascii"))
        used = int((folder / names.used).read_text(encoding="ascii"))
    except (OSError, ValueError):  # no such group, or no limit, which is written "max"
        return None
    return max(0, limit - max(0, used - _cache_in(folder, names)))


def _cache_in(folder: Path, names: _Names) -> int:
    try:
        for line in (folder / "memory.stat").read_text(encoding="ascii").splitlines():
            name, _, value = line.partition(" ")
            if name == names.cache:
                return int(value)
    except (OSError, ValueError):
        pass
    return 0
