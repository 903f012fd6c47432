"""The choice of the device: auto, cpu or gpu."""

from typing import Final, Protocol, runtime_checkable

import jax

from core.platform.free_memory import available_bytes
from core.platform.installation import command_for_extra
from core.values.errors import DeviceError
from core.values.words import tr

DEVICE_WISHES: Final = ("auto", "cpu", "gpu")


@runtime_checkable
class TellsMemory(Protocol):
    """What a jax.Device says of its memory."""

    @property
    def platform(self) -> str: ...

    def memory_stats(self) -> dict[str, int] | None: ...


def choose_device(wish: str = "auto") -> jax.Device:
    """The requested device; auto takes JAX's first one, a GPU if there is one.

    Raises:
        DeviceError: it is not available; the message names those that are.
    """
    if wish not in DEVICE_WISHES:
        msg = tr(
            "invalid device {wish!r} (choose from {device_wishes})",
            wish=wish,
            device_wishes=", ".join(DEVICE_WISHES),
        )
        raise DeviceError(msg)
    if wish == "auto":
        return jax.devices()[0]
    try:
        return jax.devices(wish)[0]
    except RuntimeError:
        there = ", ".join(describe(device) for device in jax.devices())
        advice = ""
        if wish == "gpu":
            advice = f"; for an NVIDIA GPU: {command_for_extra('cuda')}"
        msg = tr(
            "device {wish!r} is not available; JAX finds only {there}{advice}",
            wish=wish,
            there=there,
            advice=advice,
        )
        raise DeviceError(msg) from None


def describe(device: jax.Device) -> str:
    """A device as text: "cpu", or "gpu (NVIDIA H200)"."""
    if device.platform == "cpu":
        return "cpu"
    return f"{device.platform} ({device.device_kind})"


def own_bytes(device: TellsMemory) -> int | None:
    """Memory of the device that runs can take; None where it has none of its own."""
    return _stats(device).get("bytes_limit")


def free_bytes(device: TellsMemory) -> int:
    """Memory that a new allocation can have on the device."""
    stats = _stats(device)
    limit = stats.get("bytes_limit")
    if limit is None:
        return available_bytes()
    return max(0, limit - stats.get("bytes_in_use", 0))


def _stats(device: TellsMemory) -> dict[str, int]:
    """What the device says of its memory: nothing where that is the machine's."""
    if device.platform == "cpu":
        return {}
    return device.memory_stats() or {}
