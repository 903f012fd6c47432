import numpy as np
import numpy.typing as npt
import pytest
from scipy.ndimage import gaussian_filter

from gui.panels.network_picture.edges import layer_edges
from gui.panels.network_picture.edges.fan_transform import (
    HalfEdgeRaster,
    InkArray,
    PortRow,
)
from gui.panels.network_picture.edges.layer_edges import (
    LINE_WIDTH,
    LayerEdgesGeometry,
    LayerEdgesRaster,
)
from gui.panels.network_picture.edges.pooling import pooled_ink
from gui.panels.network_picture.edges.sparse_edge_raster import SparseEdgeRaster
from gui.panels.network_picture.edges.tone_map import (
    FULL,
    opacity,
    paint_ink,
    tone_table,
)
from gui.style import theme

SAMPLES = 10


def spread(count: int, height: float = 100.0) -> PortRow:
    pitch = height / count
    return PortRow(10 + pitch / 2, pitch, count)


def place_of(n_source: int, n_target: int) -> LayerEdgesGeometry:
    return LayerEdgesGeometry(
        spread(n_source), spread(n_target), 3.3, 63.8, width=80, height=120, ratio=1
    )


def random_edges(place: LayerEdgesGeometry) -> InkArray:
    rng = np.random.default_rng(0)
    shape = (place.target.count, place.source.count)
    values = rng.random(shape) ** 3 * np.where(rng.random(shape) < 0.5, 1, 1j)
    return values.astype(np.complex64)


def slow_ink(place: LayerEdgesGeometry, edges: InkArray) -> npt.NDArray[np.complex128]:
    """Counts sample points of every pixel that lie on each line."""
    first, stop = place.columns
    inner = (np.arange(SAMPLES) + 0.5) / SAMPLES
    x = (np.arange(first, stop)[:, None] + inner).ravel()
    rows = SAMPLES * np.arange(place.height)
    t = (x - place.left) / (place.right - place.left)
    ink = np.zeros((stop - first, place.height), np.complex128)
    for target, end in enumerate(place.target.positions):
        for source, start in enumerate(place.source.positions):
            middle = (1 - t) * start + t * end
            slope = (end - start) / (place.right - place.left)
            half = LINE_WIDTH * place.ratio / 2 * np.hypot(1, slope)
            # Numbers of the first sample from above on the line, and of the one below.
            begin = np.ceil((middle - half) * SAMPLES - 0.5)[:, None]
            end_at = np.floor((middle + half) * SAMPLES - 0.5)[:, None] + 1
            covered = np.minimum(end_at, rows + SAMPLES) - np.maximum(begin, rows)
            counts = np.maximum(covered, 0).reshape(len(ink), SAMPLES, place.height)
            ink += edges[target, source] * counts.sum(axis=1) / SAMPLES**2
    return ink


def difference(drawn: InkArray, slow: npt.NDArray[np.complex128], blur: float) -> float:
    """Root mean square difference over the mean ink, both blurred alike."""
    parts = [np.stack([ink.real, ink.imag]).astype(float) for ink in (drawn, slow)]
    a, b = (gaussian_filter(part, (0, blur, blur)) for part in parts)
    return float(np.sqrt(np.mean((a - b) ** 2)) / b.mean())


@pytest.mark.parametrize("sizes", [(1, 1), (3, 5), (16, 10), (50, 2)])
def test_few_edges_are_drawn_with_the_exact_area_of_their_lines(sizes: tuple[int, int]):
    place = place_of(*sizes)
    edges = random_edges(place)
    raster = LayerEdgesRaster(place)
    assert raster.exact
    assert difference(raster.draw(edges), slow_ink(place, edges), 0.5) < 0.03


@pytest.mark.parametrize("sizes", [(70, 8), (8, 70), (25, 20), (20, 20), (61, 7)])
def test_many_edges_are_drawn_with_the_ink_of_their_lines(
    sizes: tuple[int, int], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(layer_edges, "FEW_ENTRIES", 0)
    place = place_of(*sizes)
    edges = random_edges(place)
    raster = LayerEdgesRaster(place)
    assert not raster.exact
    drawn, slow = raster.draw(edges), slow_ink(place, edges)
    assert drawn.shape == slow.shape
    assert difference(drawn, slow, 1.5) < 0.08
    assert drawn.real.sum() == pytest.approx(slow.real.sum(), rel=0.01)
    assert drawn.imag.sum() == pytest.approx(slow.imag.sum(), rel=0.01)


@pytest.mark.parametrize("sizes", [(70, 8), (8, 70), (25, 20)])
def test_on_a_fine_screen_neighbouring_columns_share_the_ink_of_their_middle(
    sizes: tuple[int, int], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(layer_edges, "FEW_ENTRIES", 0)
    source, target = (spread(count, 200.0) for count in sizes)
    place = LayerEdgesGeometry(
        source, target, 6.6, 127.6, width=160, height=240, ratio=2
    )
    edges = random_edges(place)
    raster = LayerEdgesRaster(place)
    slow = slow_ink(place, edges)
    drawn = raster.draw(edges)
    assert raster.columns_per_sample == 2
    assert len(drawn) == -(-len(slow) // 2)
    wide = np.repeat(drawn, 2, axis=0)[: len(slow)]
    assert difference(wide, slow, 3.0) < 0.08
    assert drawn.real.sum() * 2 == pytest.approx(slow.real.sum(), rel=0.02)


@pytest.mark.parametrize("sizes", [(3, 5), (16, 10)])
def test_on_a_fine_screen_few_edges_are_drawn_with_the_exact_mean_of_two_columns(
    sizes: tuple[int, int],
):
    source, target = (spread(count, 200.0) for count in sizes)
    place = LayerEdgesGeometry(
        source, target, 6.6, 127.6, width=160, height=240, ratio=2
    )
    edges = random_edges(place)
    raster = LayerEdgesRaster(place)
    assert raster.exact
    slow = slow_ink(place, edges)
    pairs = slow[: len(slow) // 2 * 2].reshape(-1, 2, slow.shape[1]).mean(axis=1)
    drawn = raster.draw(edges)[: len(pairs)]
    assert difference(drawn, pairs, 0.5) < 0.03


def test_shared_columns_of_ink_fill_every_pixel_column():
    table = tone_table(dark=True)
    ink = np.linspace(0, 1, 3).astype(np.complex64)[:, None]
    pixels = np.zeros((1, 5), np.uint32)
    paint_ink(ink, 1.0, table, pixels, columns_per_sample=2)
    alone = np.zeros((1, 3), np.uint32)
    paint_ink(ink, 1.0, table, alone)
    np.testing.assert_array_equal(pixels[0], alone[0][[0, 0, 1, 1, 2]])


def test_a_fan_keeps_all_ink_in_every_pixel_column():
    along, merged = spread(90), spread(37)
    fractions = np.linspace(0.01, 0.5, 40)
    edges = np.random.default_rng(0).random((37, 90)).astype(np.complex64)
    out = np.zeros((40, 120), np.complex64)
    HalfEdgeRaster(along, merged, fractions, 120, 1.2).draw(edges, out)
    np.testing.assert_allclose(out.sum(axis=1).real, edges.real.sum(), rtol=1e-4)


def test_running_sums_and_merging_draw_the_same_fan():
    few, dense = spread(6), spread(80)
    fractions = np.linspace(0.02, 0.5, 50)
    edges = np.random.default_rng(0).random((80, 6)).astype(np.complex64)
    sums, merged = (np.zeros((50, 120), np.complex64) for _ in range(2))
    SparseEdgeRaster(few, dense, fractions, 120).draw(edges, sums)
    HalfEdgeRaster(few, dense, fractions, 120, 1.2).draw(edges, merged)
    assert difference(merged, sums.astype(np.complex128), 1.5) < 0.08


def test_edges_outside_the_picture_leave_no_ink():
    above = PortRow(-500.0, 3.0, 40)
    place = LayerEdgesGeometry(above, above, 0.0, 50.0, width=60, height=100, ratio=1)
    raster = LayerEdgesRaster(place)
    edges = np.ones((40, 40), np.complex64)
    assert np.abs(raster.draw(edges)).max() == pytest.approx(0, abs=1e-3)


def test_pooling_sums_the_signs_apart():
    values = np.array([[1, -2, 3, -4, 5], [-1, -1, 2, 2, 0]], np.float32)
    out = np.zeros((1, 3), np.complex64)
    pooled_ink(values, (2, 2), out)
    np.testing.assert_allclose(out, [[1 + 4j, 7 + 4j, 5]])


@pytest.mark.parametrize("to_a_row", [(1, 1), (3, 1), (1, 4), (3, 4)])
def test_pooling_keeps_the_sum_of_all_edges(to_a_row: tuple[int, int]):
    values = np.random.default_rng(0).normal(0, 1, (500, 301)).astype(np.float32)
    shape = (-(-500 // to_a_row[0]), -(-301 // to_a_row[1]))
    out = np.zeros(shape, np.complex64)
    pooled_ink(values, to_a_row, out)
    assert out.real.sum() == pytest.approx(values[values > 0].sum(), rel=1e-4)
    assert out.imag.sum() == pytest.approx(-values[values < 0].sum(), rel=1e-4)


def test_pooling_ends_with_a_row_of_fewer_units_in_a_part_of_its_own():
    # 170 rows of three units are one part; two units are left for the next.
    values = np.ones((512, 512), np.float32)
    out = np.zeros((171, 171), np.complex64)
    pooled_ink(values, (3, 3), out)
    assert out[0, 0] == 9
    assert out[-1, -1] == 4


def test_the_reference_ink_is_drawn_with_the_stated_opacity():
    assert opacity(2.0, 2.0) == pytest.approx(1 - np.exp(-FULL))
    table = tone_table(dark=True)
    pixels = np.zeros((1, 3), np.uint32)
    ink = np.array([[0], [2.0], [2.0j]], np.complex64)
    paint_ink(ink, 2.0, table, pixels)
    channels = [tuple(int(p) >> shift & 255 for shift in (16, 8, 0)) for p in pixels[0]]
    share = opacity(2.0, 2.0)
    colours = theme.colours(dark=True)
    plane = colours.plane
    assert channels[0] == plane
    signs = colours.positive, colours.negative
    for shown, sign in zip(channels[1:], signs, strict=True):
        mixed = np.asarray(plane) * (1 - share) + np.asarray(sign) * share
        np.testing.assert_allclose(shown, mixed, atol=3)


def test_more_ink_is_never_drawn_fainter():
    table = tone_table(dark=True)
    pixels = np.zeros((1, 400), np.uint32)
    ink = np.linspace(0, 8, 400).astype(np.complex64)[:, None]
    paint_ink(ink, 2.0, table, pixels)
    blue = (pixels[0] & 255).astype(int)
    assert (np.diff(blue) >= 0).all()
    assert len(np.unique(blue)) > 90
