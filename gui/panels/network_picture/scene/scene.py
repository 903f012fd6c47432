"""Everything that one repaint of the network picture needs, as a frozen value."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont

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
        reference: sum of |value| over a pixel that is drawn in full colour.
        is_sum: full colour is that of several edges at a pixel, not of one.
        to_a_line: edges that share one line.
        non_finite: edges that are not drawn because their value is not finite.
        missing: there are no values to draw.
        isolated: only one unit's edges are drawn in full.
    """

    layer: int
    quantity: Quantity
    edges: int
    reference: float
    is_sum: bool
    to_a_line: int
    non_finite: int
    missing: bool
    isolated: bool


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """The data for the painters.

    Attributes:
        hovered: the selection under the cursor.
        guess: the predicted class, or NO_ANSWER.
    """

    view: View
    layout: Layout
    quantity: Quantity
    dark: bool
    font: QFont
    activation_scales: tuple[ActivationScale, ...]
    bias_limits: tuple[float, ...]
    gap_scales: tuple[LayerScale, ...]
    hovered: Selection | None
    guess: int
    maps: UnitMaps | None = None

    def has_biases(self, layer: int) -> bool:
        """Whether a layer's units have biases; the input's have none."""
        return layer > 0 and self.view.spec.has_bias(layer)

    @property
    def colours(self) -> theme.Colours:
        return theme.colours(dark=self.dark)

    @property
    def ink(self) -> QColor:
        return theme.colour(self.colours.ink1)

    @property
    def faint(self) -> QColor:
        return theme.colour(self.colours.ink3)

    @property
    def plane(self) -> QColor:
        return theme.colour(self.colours.plane)
