"""Which device computes: auto, cpu or gpu."""

from typing import Final

import jax

from core.values.errors import DeviceError

DEVICE_WISHES: Final = ("auto", "cpu", "gpu")


def choose_device(wish: str = "auto") -> jax.Device:
    """The device for a wish; auto takes JAX's first one, a GPU where there is one.

    Raises:
        DeviceError: it is not there; the message names what is.
    """
    if wish not in DEVICE_WISHES:
        msg = f"device: {wish!r} is not possible; allowed is {', '.join(DEVICE_WISHES)}"
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
        msg = f"device {wish!r} is missing; JAX finds only {there}{advice}"
        raise DeviceError(msg) from None


def describe(device: jax.Device) -> str:
    """A device in words: "cpu", or "gpu (NVIDIA H200)"."""
    if device.platform == "cpu":
        return "cpu"
    return f"{device.platform} ({device.device_kind})"
