"""From a picture to what a network for digits receives, step by step.

Every step says what it did, and can be switched off (or on, where it was not needed).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from PIL import Image, ImageOps

from core.arrays import FloatArray
from core.data.normalise import SIDE, as_levels, fit_box, normalise, stroke_width
from core.data.own_picture.light import border, is_dark_ink, paper_under, smooth_paper
from core.data.own_picture.picture import OwnPicture
from core.values.shares import percent_text
from core.values.words import plural, tr

NO_INK: Final = tr("no ink found")
TIMES: Final = " \N{MULTIPLICATION SIGN} "

_LEAST_CONTRAST: Final = 0.1
"""Of black to white: what differs less from the paper is grain."""
_GRAIN: Final = 6.0
"""Deviations of the paper's grain that ink lies above."""
_FAINT, _FULL = 0.3, 0.75
"""Shares of the ink's contrast that become 0 and 1: edges stay soft between them."""
_EVEN: Final = 0.02
_DARKEST_PAPER: Final = 0.05
_LEAST_INK: Final = 1e-4
"""Share of the picture's pixels that a stroke has at least."""
_FEWEST: Final = 8
"""Pixels that a stroke has in the smallest picture."""
_SPECK: Final = 0.02
"""Share of the largest stroke's pixels below which a spot is a speck."""
_STROKE: Final = 0.1
"""Share of the largest spot's pixels from which on a spot may be the ink itself."""
_GREY_WEIGHTS: Final = np.array([0.299, 0.587, 0.114], np.float32)
_COLOURED: Final = 0.08
_OF_LIKE_LIGHTNESS: Final = 0.3
"""Share of a difference in colour that must be one in lightness for grey to show it."""


class Step(NamedTuple):
    """One step of the reading.

    Attributes:
        key: its name.
        is_on: whether it was taken.
        text: what it did; what it would do where it was not taken.
    """

    key: str
    is_on: bool
    text: str


class Received(NamedTuple):
    """What a network receives of a picture.

    Attributes:
        image: (rows, columns) from 0 to 1; all zeros where there is no ink.
        steps: in their order.
        problem: why there is nothing to see; empty where there is.
    """

    image: FloatArray
    steps: tuple[Step, ...]
    problem: str = ""


@dataclass(slots=True)
class _Steps:
    """The steps so far; mutable while a picture is read."""

    choices: Mapping[str, bool]
    taken: list[Step] = field(default_factory=list)

    def take(self, key: str, on: str, off: str, *, usual: bool = True) -> bool:
        """Whether a step is taken, which is written down."""
        is_on = self.choices.get(key, usual)
        self.taken.append(Step(key, is_on, on if is_on else off))
        return is_on

    def say(self, text: str) -> None:
        """What the newest step came to."""
        self.taken[-1] = self.taken[-1]._replace(text=text)


def receive(
    picture: OwnPicture,
    shape: tuple[int, int] = (SIDE, SIDE),
    choices: Mapping[str, bool] | None = None,
) -> Received:
    """Read a picture of ink on paper.

    Args:
        picture: of any size, in colour or grey.
        shape: rows and columns that the network receives.
        choices: steps that are to be taken or not, whatever is usual.
    """
    steps = _Steps(choices or {})
    grey = _grey(_on_ground(picture, steps), steps)
    ink = _specks_left_out(_thresholded(_contrast(grey, steps), steps), steps)
    if not ink.any():
        reason = tr("{no_ink}: nothing stands out from the paper", no_ink=NO_INK)
        return Received(np.zeros(shape, np.float32), tuple(steps.taken), reason)
    return Received(_placed(ink, shape, steps), tuple(steps.taken))


def shrunk(
    picture: OwnPicture, shape: tuple[int, int], *, coloured: bool
) -> FloatArray:
    """The whole picture, made smaller and nothing else, from 0 to 1.

    Args:
        picture: transparent pixels are white, as in files of examples.
        shape: rows and columns of the result, which the picture fills.
        coloured: whether to keep its colours; else (rows, columns) are grey.
    """
    colours = picture.pixels[..., :3].astype(np.float32) / np.float32(255)
    opacity = picture.pixels[..., 3:].astype(np.float32) / np.float32(255)
    shown = as_levels(colours * opacity + (1 - opacity))
    image = Image.fromarray(shown)
    image = image if coloured else image.convert("L")
    small = ImageOps.fit(image, (shape[1], shape[0]), Image.Resampling.BOX)
    shades: FloatArray = np.asarray(small, np.float32) / np.float32(255)
    return shades


# --- the steps --------------------------------------------------------------------


def _on_ground(picture: OwnPicture, steps: _Steps) -> FloatArray:
    """(rows, columns, 3) from 0 to 1; what is transparent shows what is below it."""
    pixels = picture.pixels.astype(np.float32) / np.float32(255)
    colours, opacity = pixels[..., :3], pixels[..., 3:]
    if opacity.min() == 1:
        return colours
    weight = opacity[..., 0]
    total = float(weight.sum())
    lightness = float((colours @ _GREY_WEIGHTS * weight).sum()) / max(total, 1e-6)
    dark = lightness > 0.5 and total > 0
    name = "black" if dark else "white"
    on = tr(
        "Transparent pixels are shown on {name}, from which the ink stands out",
        name=name,
    )
    off = tr("Transparent pixels are shown on white")
    ground = 0.0 if steps.take("ground", on, off) and dark else 1.0
    shown: FloatArray = colours * opacity + np.float32(ground) * (1 - opacity)
    return shown


def _grey(colours: FloatArray, steps: _Steps) -> FloatArray:
    """Lightness, or where ink and paper are alike in it the difference in colour."""
    grey: FloatArray = colours @ _GREY_WEIGHTS
    if float(np.ptp(colours, axis=2).max()) < _COLOURED:
        return grey
    paper = np.median(np.stack([border(c) for c in colours.transpose(2, 0, 1)]), axis=1)
    apart = colours - paper.astype(np.float32)
    weight = (apart**2).sum(axis=2)
    mean = (weight[..., None] * apart).sum(axis=(0, 1)) / max(float(weight.sum()), 1e-6)
    size = float(np.linalg.norm(mean))
    lightness = float(mean @ _GREY_WEIGHTS)
    alike = size > _LEAST_CONTRAST and abs(lightness) < _OF_LIKE_LIGHTNESS * size
    on = tr("Ink and paper are told apart by their colour")
    off = tr("Colours become grey by their lightness")
    if not steps.take("colour", on, off, usual=alike) or size == 0:
        return grey
    along = apart @ (mean / np.float32(size)) / np.float32(np.sqrt(3))
    signed = along if lightness > 0 else -along
    ground = np.float32(paper @ _GREY_WEIGHTS)
    told: FloatArray = np.clip(ground + signed, 0, 1)
    if float(np.ptp(told)) < _LEAST_CONTRAST:
        # The paper is as light or as dark as can be on that side.
        told = np.clip(np.float32(0.5) + signed, 0, 1)
    return told


def _contrast(grey: FloatArray, steps: _Steps) -> FloatArray:
    """How far each pixel stands out from the paper on the ink's side, 0 to 1."""
    smooth = smooth_paper(grey)
    dark = steps.take(
        "invert",
        tr("Inverted: the ink is darker than the paper"),
        tr("Not inverted: the ink is lighter than the paper"),
        usual=is_dark_ink(grey, smooth),
    )
    local = paper_under(grey, smooth, dark_ink=dark)
    uneven = float(np.ptp(local))
    on = tr(
        "Light made even: the paper's grey differed by {uneven}",
        uneven=percent_text(uneven, 0),
    )
    is_even = steps.take("light", on, tr("The light is left as it falls"))
    if is_even and uneven < _EVEN:
        steps.say(tr("Light made even: it was even already"))
    paper = local if is_even else np.float32(np.median(border(grey)))
    if dark:
        # As light is reflected: ink in the shade is as black a share of its paper.
        darkest = np.float32(_DARKEST_PAPER)
        share = (paper - grey) / np.maximum(paper, darkest)
        out: FloatArray = share.astype(np.float32)
    else:
        out = (grey - paper).astype(np.float32)
    return np.clip(out, 0, 1)


def _thresholded(contrast: FloatArray, steps: _Steps) -> FloatArray:
    """Ink from 0 to 1, paper 0."""
    centre = float(np.median(contrast))
    grain = 1.4826 * float(np.median(np.abs(contrast - centre)))
    least = max(_LEAST_CONTRAST, centre + _GRAIN * grain)
    candidates = contrast[contrast > least]
    off = tr("No threshold: shades stay shades")
    if not len(candidates):
        above = tr(
            "{nothing} above {least} contrast",
            nothing=NO_INK.capitalize(),
            least=percent_text(least, 0),
        )
        steps.take("threshold", above, off)
        return np.zeros_like(contrast)
    level = float(np.median(candidates[candidates >= np.median(candidates)]))
    low, high = max(_FAINT * level, least / 2), _FULL * level
    on = tr(
        "Threshold: what stands out by less than {low} is paper",
        low=percent_text((low + high) / 2, 0),
    )
    if not steps.take("threshold", on, off):
        return contrast
    ink: FloatArray = (contrast - np.float32(low)) / np.float32(high - low)
    return np.clip(ink, 0, 1)


def _specks_left_out(ink: FloatArray, steps: _Steps) -> FloatArray:
    from scipy import ndimage

    labels, count = ndimage.label(ink > 0, np.ones((3, 3)))
    areas = np.bincount(labels.ravel(), ink.ravel(), minlength=count + 1)[1:]
    if not count or areas.max() < max(_LEAST_INK * ink.size, _FEWEST):
        # Nothing but grain.
        return np.zeros_like(ink)
    at_edge = np.isin(np.arange(count) + 1, border(labels))
    if not (areas[~at_edge] > _STROKE * areas.max()).any():
        at_edge[:] = False
    specks = (areas < _SPECK * areas[~at_edge].max()) & ~at_edge
    named = _named(int(specks.sum()), int(at_edge.sum()))
    on = tr("Left out: {named}", named=named) if named else tr("No specks to leave out")
    off = tr("Kept: {named}", named=named) if named else on
    if not steps.take("specks", on, off):
        return ink
    out = np.concatenate([[False], specks | at_edge])[labels]
    return np.where(out, np.float32(0), ink)


def _named(specks: int, spots: int) -> str:
    """How many specks there are, and spots at the edge; empty where there are none."""
    inner = plural(specks, "{n} speck", "{n} specks", n=f"{specks:,}")
    outer = plural(
        spots, "{n} spot at the edge", "{n} spots at the edge", n=f"{spots:,}"
    )
    if specks and spots:
        return tr("{specks} and {spots}", specks=inner, spots=outer)
    return inner if specks else outer if spots else ""


def _placed(ink: FloatArray, shape: tuple[int, int], steps: _Steps) -> FloatArray:
    """Cropped and fitted, its strokes as broad as MNIST's, and centred."""
    rows, columns = shape
    found = fit_box(ink)
    assert found is not None
    left, top, right, bottom = found
    box = round(min(shape) * 20 / SIDE)
    on = tr(
        "Cropped to the ink, {right}{times}{bottom} pixels, and fitted "
        "into {box}{times}{box}",
        right=right - left,
        times=TIMES,
        bottom=bottom - top,
        box=box,
    )
    off = tr(
        "The whole picture is fitted into {columns}{times}{rows}",
        columns=columns,
        times=TIMES,
        rows=rows,
    )
    if not steps.take("crop", on, off):
        return _whole(ink, shape)
    plain = normalise(ink, shape, strokes=False, centre=False)
    broad = normalise(ink, shape, centre=False)
    before, after = stroke_width(plain), stroke_width(broad)
    changed = not np.array_equal(plain, broad)
    on = (
        tr(
            "Strokes redrawn {after:.1f} pixels broad instead of {before:.1f}",
            after=after,
            before=before,
        )
        if changed
        else tr(
            "Strokes kept {before:.1f} pixels broad, as they usually are", before=before
        )
    )
    strokes = steps.take(
        "strokes", on, tr("Strokes kept {before:.1f} pixels broad", before=before)
    )
    on = tr("The middle of its mass moved to the middle")
    centre = steps.take("centre", on, tr("The middle of its box in the middle"))
    return normalise(ink, shape, strokes=strokes, centre=centre)


def _whole(ink: FloatArray, shape: tuple[int, int]) -> FloatArray:
    size = shape[1], shape[0]
    padded = ImageOps.pad(Image.fromarray(as_levels(ink)), size)
    image: FloatArray = np.asarray(padded, np.float32) / np.float32(255)
    return image
