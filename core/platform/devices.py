"""The choice of the device: auto, cpu or gpu."""

from typing import Final

import jax

from core.values.errors import DeviceError

DEVICE_WISHES: Final = ("auto", "cpu", "gpu")


def choose_device(wish: str = "auto") -> jax.Device:
    """The requested device; auto takes JAX's first one, a GPU if there is one.

    Raises:
        DeviceError: it is not available; the message names those that are.
    """
    if wish not in DEVICE_WISHES:
        msg = f"invalid device {wish!r} (choose from {', '.join(DEVICE_WISHES)})"
        raise DeviceError(msg)
    if wish == "auto":
        return jax.devices()[0]
    try:
        return jax.devices(wish)[0]
    except RuntimeError:
        there = ", ".join(describe(device) for device in jax.devices())
        advice = ""
        if wish == "gpu":
            advice = (
                "; for an NVIDIA GPU install the extra: pip install 'glassbox[cuda]'"
            )
        msg = f"device {wish!r} is not available; JAX finds only {there}{advice}"
        raise DeviceError(msg) from None


def describe(device: jax.Device) -> str:
    """A device as text: "cpu", or "gpu (NVIDIA H200)"."""
    if device.platform == "cpu":
        return "cpu"
    return f"{device.platform} ({device.device_kind})"
