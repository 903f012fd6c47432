"""Every unit's own response over the plane, as a small picture in place of its circle.

The pictures are made in another thread, from the same run over the plane that the
plane's own picture is coloured from.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage

from core.arrays import FloatArray
from core.network.numpy.activations.table import ACTIVATIONS
from gui.panels.network_picture.scene.activation_scale import (
    UNBOUNDED,
    ActivationScale,
    ActivationScales,
)
from gui.panels.network_picture.scene.layout import Layout
from gui.runtime.worker import Keeps, Same, Worker
from gui.session.responses import (
    MEMORY,
    SLOWEST_PACE,
    ResponseRequest,
    side_for,
)
from gui.session.view_state import View
from gui.style.in_force import in_force

Pixels = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class LayerMaps:
    """The pictures of one layer's units, one below the other.

    Attributes:
        pixels: (units * side, side) 0xffRRGGBB.
        side: pixels of a picture's side.
        scale: what the colours mean.
    """

    pixels: Pixels
    side: int
    scale: ActivationScale

    def image(self, ratio: float) -> QImage:
        """All of them, for a screen of so many device pixels in a logical one."""
        height, width = self.pixels.shape
        form = QImage.Format.Format_RGB32
        image = QImage(self.pixels.data, width, height, 4 * width, form)
        image.setDevicePixelRatio(ratio)
        return image

    def place(self, unit: int) -> QRectF:
        """Position of a unit's picture in the image."""
        return QRectF(0, unit * self.side, self.side, self.side)


@dataclass(frozen=True, slots=True, eq=False)
class UnitMaps:
    """The pictures of all layers that have some, of one network."""

    request: ResponseRequest
    layers: tuple[LayerMaps | None, ...]

    def of(self, layer: int) -> LayerMaps | None:
        return self.layers[layer] if layer < len(self.layers) else None


def has_maps(view: View) -> bool:
    """Whether the inputs of a view are points of a plane."""
    space = view.run.dataset.space
    return space is not None and space.n_coordinates == 2


class UnitMapSource(QObject):
    """Keeps the newest pictures and has those that are asked for made.

    Signals:
        maps_drawn: `maps` is new.
    """

    maps_drawn = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.maps: UnitMaps | None = None
        self._scales = ActivationScales()
        self._worker = Worker(self, Keeps.NEWEST)

    @property
    def is_settled(self) -> bool:
        return self._worker.is_idle

    def reset(self) -> None:
        """Forget the pictures: another run begins."""
        self.maps = None
        self._scales = ActivationScales()
        self._worker.forget()

    def want(self, view: View, layout: Layout, *, ratio: float, dark: bool) -> None:
        """Request the pictures of a view, if its units have any in this layout."""
        space = view.run.dataset.space
        columns = [c for c in layout.columns if c.style == "maps"]
        if space is None or not columns:
            return
        playing = view.snapshot.playing
        side = side_for(view.spec, playing=playing)
        request = ResponseRequest(view.spec, view.params, space.features, 2, side)
        sides = tuple(
            round(2 * c.radius * ratio) if c.style == "maps" else 0
            for c in layout.columns
        )
        key = (Same(view.params), side, sides, in_force(dark=dark), playing)
        job = _Drawing(request, sides, self._scales, dark=dark, playing=playing)
        pause = SLOWEST_PACE if playing else 0.0
        self._worker.want(key, job, self._on_job_done, longest_pause=pause)

    def _on_job_done(self, maps: UnitMaps) -> None:
        self.maps = maps
        self.maps_drawn.emit()


class _Drawing:
    """A job for the other thread; the scales are used there alone."""

    def __init__(
        self,
        request: ResponseRequest,
        sides: tuple[int, ...],
        scales: ActivationScales,
        *,
        dark: bool,
        playing: bool,
    ) -> None:
        self._request = request
        self._sides = sides
        self._scales = scales
        self._dark = dark
        self._playing = playing

    def __call__(self) -> UnitMaps:
        responses = MEMORY.respond(self._request)
        bounds = [UNBOUNDED]
        bounds += [ACTIVATIONS[n].range for n in self._request.spec.activations]
        layers: list[LayerMaps | None] = []
        for layer, (values, side) in enumerate(
            zip(responses.layers, self._sides, strict=True)
        ):
            if values is None or side == 0:
                layers.append(None)
                continue
            if layer == 0:
                # Inputs differ in size, e.g. x1 and its square.
                sizes: FloatArray = np.abs(values).max(axis=(1, 2), keepdims=True)
                values = values / sizes
            # Of all points: a smaller picture of the same unit has the same scale.
            scale = self._scales.of(
                layer, bounds[layer], values, dark=self._dark, playing=self._playing
            )
            layers.append(_coloured(_reduced(values, side), scale))
        return UnitMaps(self._request, tuple(layers))


def _reduced(values: FloatArray, smaller: int) -> FloatArray:
    """The nearest point for each pixel of the screen: scaling costs the main thread."""
    side = values.shape[1]
    nearest = ((np.arange(smaller) + 0.5) * (side / smaller)).astype(np.intp)
    return values[:, nearest[:, None], nearest]


def _coloured(values: FloatArray, scale: ActivationScale) -> LayerMaps:
    table = scale.table.astype(np.uint32)
    colours = 0xFF000000 | table[:, 0] << 16 | table[:, 1] << 8 | table[:, 2]
    codes = scale.codes(values).astype(np.uint8)
    pixels = colours.astype(np.uint32)[codes]
    units, side, _ = values.shape
    return LayerMaps(pixels.reshape(units * side, side), side, scale)
