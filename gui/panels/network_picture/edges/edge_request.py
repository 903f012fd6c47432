"""A request for a picture of the edges, and the finished picture.

A request goes to the thread that draws, a picture comes back: frozen values, so that
neither thread waits for the other.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.values.parameter import Unit
from gui.panels.network_picture.scene.layout import Layout
from gui.panels.network_picture.scene.quantity import Quantity
from gui.session.selection import is_weight
from gui.session.view_state import View
from gui.style import tokens
from gui.style.in_force import InForce

Pixels = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class EdgeRequest:
    """A requested picture.

    Attributes:
        ratio: device pixels in a logical one.
        look: in which it is to be drawn.
    """

    view: View
    quantity: Quantity
    layout: Layout
    ratio: float
    look: InForce

    @property
    def dark(self) -> bool:
        """Whether the theme is dark."""
        return self.look.dark

    @property
    def focus(self) -> Unit | None:
        """The selected unit, whose edges stay bright."""
        chosen = self.view.selection
        return chosen if isinstance(chosen, Unit) else None

    @property
    def strength(self) -> float:
        """Of all edges: those beside a selected edge are fainter."""
        is_beside = is_weight(self.view.selection)
        return tokens.opacity("dimmed_edges_edge") if is_beside else 1.0

    @property
    def playing(self) -> bool:
        """Whether training is running."""
        return self.view.snapshot.playing

    @property
    def cores_busy(self) -> bool:
        """Whether training wants the cores more than the picture does."""
        return self.view.snapshot.cores_busy

    @property
    def values(self) -> tuple[object, ...]:
        """The sources of the edges' values; compared by identity."""
        view = self.view
        if self.quantity == "nudges":
            return (view.snapshot.gradient,)
        if self.quantity == "weights":
            return view.params
        layers = range(view.spec.n_layers)
        return (view.params, *(view.trace.layer(k) for k in layers))

    def same_place(self, other: "EdgeRequest | None") -> bool:
        """Whether both pictures have the same columns on the same grid."""
        return other is not None and (
            (self.layout, self.ratio) == (other.layout, other.ratio)
        )

    def same_values(self, other: "EdgeRequest | None") -> bool:
        """Whether the edges have the same values."""
        if other is None or self.quantity != other.quantity:
            return False
        mine, theirs = self.values, other.values
        return len(mine) == len(theirs) and all(
            a is b for a, b in zip(mine, theirs, strict=True)
        )

    def same(self, other: "EdgeRequest | None") -> bool:
        """Whether both pictures are the same."""
        return (
            other is not None
            and self.same_values(other)
            and self.same_place(other)
            and (self.focus, self.look) == (other.focus, other.look)
            and self.strength == other.strength
            # While training needs the cores, a part may have been left out.
            and self.cores_busy == other.cores_busy
        )


@dataclass(frozen=True, slots=True)
class LayerInk:
    """The numbers for the scale of one gap.

    Attributes:
        limit: |value| of an edge that is drawn in full colour.
        non_finite: edges whose value is not finite, which are not drawn.
    """

    limit: float
    non_finite: int


@dataclass(frozen=True, slots=True, eq=False)
class DrawnEdges:
    """A finished picture.

    Attributes:
        request: what it shows.
        pixels: (rows, columns) 0xffRRGGBB of the whole widget, in device pixels.
        gaps: one for each computed layer.
        seconds: what it took to draw.
        steps: the earliest and the latest step that a part of it shows; while busy
            only some parts are redrawn.
    """

    request: EdgeRequest
    pixels: Pixels
    gaps: tuple[LayerInk, ...]
    seconds: float
    steps: tuple[int, int]

    @property
    def is_mixed(self) -> bool:
        """Whether it shows different steps in different places."""
        return self.steps[0] != self.steps[1]
