"""Makes a Scene from a View, with scales that remember their previous range."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from core.arrays import FloatArray
from core.network.numpy.activations.table import ACTIVATIONS
from gui.panels.network_picture.edges.edge_request import DrawnEdges
from gui.panels.network_picture.scene.activation_scale import (
    UNBOUNDED,
    ActivationScale,
    ActivationScales,
    image_scale,
)
from gui.panels.network_picture.scene.layout import Layout
from gui.panels.network_picture.scene.quantity import Quantity, bias_values
from gui.panels.network_picture.scene.scene import LayerScale, Scene
from gui.panels.network_picture.scene.unit_maps import UnitMaps
from gui.session.selection import Selection
from gui.session.view_state import View
from gui.style import theme
from gui.style.signed_scale import SteadyScale, largest_size, moment


class SceneSource:
    """Owns the scales of activations and biases; `maps` are the units' pictures."""

    def __init__(self) -> None:
        self._activations = ActivationScales()
        self._biases: list[SteadyScale] = []
        self._are_nudges = False
        self.maps: UnitMaps | None = None

    def reset(self) -> None:
        """Forget the scales of another run."""
        self._activations.reset()
        self._biases = []

    def scene(
        self,
        view: View,
        layout: Layout,
        edges: DrawnEdges | None,
        *,
        quantity: Quantity,
        widget: QWidget,
        hovered: Selection | None,
    ) -> Scene:
        """The scene of this view."""
        dark = theme.is_dark(widget.palette())
        layers = range(1, view.spec.n_layers + 1)
        biases = tuple(bias_values(view, quantity, layer) for layer in layers)
        return Scene(
            view,
            layout,
            quantity,
            dark,
            widget.font(),
            self._activation_scales(view, dark=dark),
            biases,
            self._bias_limits(view, biases, quantity),
            _gap_scales(edges),
            hovered,
            view.trace.predicted,
            self.maps,
        )

    def _activation_scales(
        self, view: View, *, dark: bool
    ) -> tuple[ActivationScale, ...]:
        """Scales of the responses over the plane if shown, else of the example."""
        return tuple(
            self._activation_scale(view, layer, dark=dark)
            for layer in range(view.spec.n_layers + 1)
        )

    def _activation_scale(
        self, view: View, layer: int, *, dark: bool
    ) -> ActivationScale:
        shown = None if self.maps is None else self.maps.of(layer)
        if shown is not None:
            return shown.scale
        if layer == 0 and view.run.dataset.image_shape is not None:
            return image_scale(dark=dark)
        bounds = UNBOUNDED
        if layer > 0:
            bounds = ACTIVATIONS[view.spec.activations[layer - 1]].range
        values, playing = view.trace.layer(layer), view.snapshot.playing
        return self._activations.of(layer, bounds, values, dark=dark, playing=playing)

    def _bias_limits(
        self,
        view: View,
        biases: Sequence[FloatArray | None],
        quantity: Quantity,
    ) -> tuple[float, ...]:
        are_nudges = quantity == "nudges"
        if are_nudges != self._are_nudges or len(self._biases) != view.spec.n_layers:
            self._are_nudges = are_nudges
            self._biases = [SteadyScale() for _ in range(view.spec.n_layers)]
        now = moment(playing=view.snapshot.playing)
        return tuple(
            scale.update(0.0 if of is None else largest_size(of), now)
            for scale, of in zip(self._biases, biases, strict=True)
        )


def _gap_scales(drawn: DrawnEdges | None) -> tuple[LayerScale, ...]:
    """Scales of the edges that are shown; empty before the first ones."""
    if drawn is None:
        return ()
    request = drawn.request
    scales = []
    for k, gap in enumerate(drawn.gaps):
        layer = k + 1
        source, target = request.layout.gap(layer)
        scales.append(
            LayerScale(
                layer,
                request.quantity,
                source.count * target.count,
                gap.limit,
                source.to_a_row * target.to_a_row,
                gap.non_finite,
                request.quantity == "nudges" and request.view.snapshot.gradient is None,
            )
        )
    return tuple(scales)
