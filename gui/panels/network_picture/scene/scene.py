"""Everything that one repaint of the network picture needs, as a frozen value."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont

from core.arrays import FloatArray
from gui.panels.network_picture.scene.activation_scale import ActivationScale
from gui.panels.network_picture.scene.layout import Layout
from gui.panels.network_picture.scene.quantity import Quantity
from gui.panels.network_picture.scene.unit_maps import UnitMaps
from gui.session.selection import Selection
from gui.session.view_state import View
from gui.style import theme


@dataclass(frozen=True, slots=True)
class LayerScale:
    """The contents of the scale below a gap.

    Attributes:
        layer: the computed layer that the edges lead to.
        quantity: what the edges that are drawn show.
        edges: how many edges the gap has.
        limit: |value| of an edge that is drawn in full colour.
        to_a_line: edges that share one line.
        non_finite: edges that are not drawn because their value is not finite.
        missing: there are no values to draw.
    """

    layer: int
    quantity: Quantity
    edges: int
    limit: float
    to_a_line: int
    non_finite: int
    missing: bool


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """The data for the painters.

    Attributes:
        hovered: the selection under the cursor.
        bias_values: of each computed layer, what the marks of its biases show.
        bias_limits: |value| that fills such a mark, of each computed layer.
        guess: the predicted class, or NO_ANSWER.
    """

    view: View
    layout: Layout
    quantity: Quantity
    dark: bool
    font: QFont
    activation_scales: tuple[ActivationScale, ...]
    bias_values: tuple[FloatArray | None, ...]
    bias_limits: tuple[float, ...]
    gap_scales: tuple[LayerScale, ...]
    hovered: Selection | None
    guess: int
    maps: UnitMaps | None = None

    def has_biases(self, layer: int) -> bool:
        """Whether a layer's biases have marks; the input has no biases."""
        if layer == 0 or not self.view.spec.has_bias(layer):
            return False
        return self.bias_values[layer - 1] is not None

    def biases_of(self, layer: int) -> FloatArray:
        """(n_out,) what the marks of a layer show, for which it `has_biases`."""
        values = self.bias_values[layer - 1]
        assert values is not None
        return values

    @property
    def colours(self) -> theme.Colours:
        return theme.colours(dark=self.dark)

    @property
    def scale(self) -> float:
        """Of lengths and strokes; 1 is 100 %."""
        return self.layout.scale

    @property
    def ink(self) -> QColor:
        return theme.colour(self.colours.ink1)

    @property
    def soft(self) -> QColor:
        return theme.colour(self.colours.ink2)

    @property
    def faint(self) -> QColor:
        return theme.colour(self.colours.ink3)

    @property
    def plane(self) -> QColor:
        return theme.colour(self.colours.plane)
