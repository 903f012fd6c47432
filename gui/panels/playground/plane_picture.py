"""The network's output at every point of the plane, as pixels and lines."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtGui import QPainterPath

from core.arrays import FloatArray
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.answers import NO_ANSWER, answers, of_no, other_target
from core.network.numpy.array_functions import NUMPY
from gui.session.responses import MEMORY, ResponseRequest, Responses
from gui.style.colours import Pixels, region_table
from gui.style.signed_scale import code_colours, codes_of, largest_size, round_up
from gui.widgets.plots.contour import Segments, zero_lines

Classes = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class PlaneRequest:
    """A requested picture.

    Attributes:
        discrete: classes without their confidence; signs of a regression.
        regression: the output is a number, not a class.
        limit: of the signed scale of a regression at least, e.g. of its targets.
    """

    response: ResponseRequest
    dark: bool
    discrete: bool
    regression: bool = False
    limit: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class PlanePicture:
    """A finished picture.

    Attributes:
        pixels: (side, side) 0xffRRGGBB.
        lines: pieces of the boundary between classes, or where the output is 0.
        limit: of the signed scale, for a regression.
    """

    request: PlaneRequest
    responses: Responses
    pixels: Pixels
    lines: Segments
    path: QPainterPath
    limit: float


def draw_plane(request: PlaneRequest) -> PlanePicture:
    """Evaluate the network over the plane and colour it; runs in another thread."""
    responses = MEMORY.respond(request.response)
    output = responses.output
    if request.regression:
        return _draw_numbers(request, responses, output[0])
    activation = request.response.spec.activations[-1]
    classes, confidence = read_classes(output, responses.z, activation)
    answered = classes != NO_ANSWER
    if request.discrete:
        confidence = answered.astype(np.float32)
    strength = np.rint(255 * np.nan_to_num(confidence)).astype(np.uint8)
    table = region_table(dark=request.dark)
    pixels = table[classes % len(table), strength]
    lines = boundaries(responses.z)
    return PlanePicture(request, responses, pixels, lines, path_of(lines), 1.0)


def _draw_numbers(
    request: PlaneRequest, responses: Responses, values: FloatArray
) -> PlanePicture:
    limit = round_up(max(largest_size(values), request.limit))
    shown = np.sign(values) * limit if request.discrete else values
    codes = codes_of(shown.astype(np.float32), limit)
    pixels = code_colours(dark=request.dark)[codes]
    lines = zero_lines(values)
    return PlanePicture(request, responses, pixels, lines, path_of(lines), limit)


def path_of(lines: Segments) -> QPainterPath:
    """Pieces as a path, made from the whole array at once."""
    ends = lines.reshape(-1, 2)
    path: QPainterPath = pg.arrayToQPath(ends[:, 0], ends[:, 1], connect="pairs")
    return path


def read_classes(
    output: FloatArray, z: FloatArray, activation: str
) -> tuple[Classes, FloatArray]:
    """The class that is answered at each point, and the network's confidence.

    One output alone is compared with what it says for the other class.

    Returns:
        Class numbers, or NO_ANSWER, and by how much its output leads the next one, 0 to
        1: 1 is as far apart as their targets. Without an answer it is 0, so that the
        plane shows the colour of no class.
    """
    record = ACTIVATIONS[activation]
    apart = 1 - other_target(record, len(output))
    with np.errstate(all="ignore"):
        if len(output) == 1:
            lead = np.abs(output[0] - of_no(record, output[0]))
        elif len(output) == 2:
            lead = np.abs(output[1] - output[0])
        else:
            ordered = np.partition(output, len(output) - 2, axis=0)
            lead = ordered[-1] - ordered[-2]
        classes = answers(NUMPY, record, np.moveaxis(z, 0, -1)).astype(np.intp)
        lead = np.where(classes == NO_ANSWER, 0, lead)
    return classes, np.clip(lead / apart, 0, 1)


def boundaries(z: FloatArray) -> Segments:
    """The lines along which another output's z becomes the largest, or the only 0."""
    with np.errstate(all="ignore"):
        if len(z) == 1:
            return zero_lines(z[0])
        if len(z) == 2:
            return zero_lines(z[1] - z[0])
        pieces = []
        for k in range(len(z)):
            others = np.max(np.delete(z, k, axis=0), axis=0)
            pieces.append(zero_lines(z[k] - others))
    return np.concatenate(pieces)
