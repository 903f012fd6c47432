"""Milliseconds of a frame of the network picture with every edge, weights changing.

Run as `python -m tests.benchmarks.frames [--json FILE]`. A frame is everything from new
weights to finished pixels: forward pass of the shown example, edges, units, type. The
plain renderers draw the same edges alone, as lines with QPainter, and with matplotlib's
LineCollection where matplotlib is installed.
"""

import argparse
import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gui  # noqa: F401, I001  (it settles NumPy's threads before NumPy is there)
import numpy as np
from PySide6.QtCore import QEventLoop, QLineF, QPoint
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication

from core.arrays import HostParams
from core.protocol.snapshot import Snapshot
from gui.style import theme
from gui.launch.app import make_application
from gui.panels.network_picture.canvas import NetworkCanvas
from gui.panels.network_picture.scene.layout import Layout
from gui.session.view_state import View, resolve
from tests.gui.support.sample_views import sample_view

NETWORKS = ((16, 16), (128,), (512, 512), (2048, 2048))
SIZES = ((1200, 800, 1), (1200, 800, 2))
FRAMES = 40
PLAIN_LIMIT_SECONDS = 20.0
BUCKETS = 32
MATPLOTLIB = importlib.util.find_spec("matplotlib") is not None

Row = dict[str, object]
Renderer = Callable[[View], None]


def moved(view: View, frame: int) -> View:
    """The view after another step: every weight is a new array."""
    factor = np.float32(1 + 0.02 * np.sin(frame))
    params: HostParams = tuple((w * factor, b * factor) for w, b in view.params)
    old = view.snapshot
    snapshot = Snapshot(old.run_id, old.step + frame, old.steps_per_epoch, params)
    return resolve(view.run, snapshot, view.example)


def percentiles(seconds: list[float]) -> tuple[float, float]:
    p50, p99 = np.percentile(np.asarray(seconds) * 1e3, [50, 99])
    return round(float(p50), 2), round(float(p99), 2)


def time_frames(draw: Callable[[View], None], views: list[View]) -> list[float]:
    """Seconds of each frame after one to warm up; stops when it takes too long."""
    draw(views[-1])
    seconds: list[float] = []
    for view in views:
        start = time.perf_counter()
        draw(view)
        seconds.append(time.perf_counter() - start)
        if sum(seconds) > PLAIN_LIMIT_SECONDS and len(seconds) >= 3:
            break
    return seconds


def glassbox_renderer(width: int, height: int, ratio: int) -> Renderer:
    canvas = NetworkCanvas()
    canvas.devicePixelRatioF = lambda: float(ratio)  # type: ignore[method-assign]
    canvas.resize(width, height)
    canvas.show()
    # It is painted below, into a picture of the wished resolution, and only there.
    canvas.setUpdatesEnabled(False)
    image = QImage(width * ratio, height * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)

    def draw(view: View) -> None:
        canvas.set_view(
            resolve(view.run, view.snapshot, view.example, selection=view.selection)
        )
        while not canvas.is_settled:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        canvas.render(image, QPoint(0, 0))

    return draw


def plain_renderer(width: int, height: int, ratio: int, *, antialias: bool) -> Renderer:
    """Lines with one pen for each of a few colours, largest last."""
    canvas = NetworkCanvas()
    canvas.resize(width, height)
    image = QImage(width * ratio, height * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    lines: list[list[QLineF]] = []

    def draw(view: View) -> None:
        canvas.set_view(view)
        layout = canvas.layout_shown
        assert layout is not None
        if not lines:
            lines.extend(_gap_lines(layout, k + 1) for k in range(view.spec.n_layers))
        image.fill(QColor(*theme.colours(dark=False).plane))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, antialias)
        for gap, (weights, _) in zip(lines, view.params, strict=True):
            _draw_bucketed(painter, gap, weights.ravel(), antialias=antialias)
        painter.end()

    return draw


def matplotlib_renderer(width: int, height: int, ratio: int) -> Renderer:
    """One LineCollection a gap, with a colour of its own for each edge."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.collections import LineCollection
    from matplotlib.figure import Figure

    placed = NetworkCanvas()
    placed.resize(width, height)
    figure = Figure((width / 100, height / 100), dpi=100 * ratio)
    agg = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    collections: list[LineCollection] = []

    def draw(view: View) -> None:
        placed.set_view(view)
        layout = placed.layout_shown
        assert layout is not None
        if not collections:
            for layer in range(1, len(layout.columns)):
                lines = _gap_lines(layout, layer)
                ends = [[(a.x1(), a.y1()), (a.x2(), a.y2())] for a in lines]
                # Lines are 1.6 of 100 dots an inch wide, as in the network picture.
                collection = LineCollection(ends, linewidths=1.6 * 72 / 100)
                axes.add_collection(collection)
                collections.append(collection)
        for collection, (weights, _) in zip(collections, view.params, strict=True):
            collection.set_color(_colours(weights.ravel()))
        agg.draw()

    return draw


def _colours(values: np.ndarray) -> np.ndarray:
    """(edges, 4) from 0 to 1: the sign's colour, as opaque as the value is large."""
    positive = (values > 0)[:, None]
    rgb = (
        np.where(
            positive,
            theme.colours(dark=False).positive,
            theme.colours(dark=False).negative,
        )
        / 255
    )
    size = np.abs(values) / np.abs(values).max()
    return np.column_stack([rgb, size])


def renderers_for(
    edges: int, width: int, height: int, ratio: int
) -> dict[str, Renderer]:
    """The network picture, and the others where a frame takes less than a minute."""
    chosen = {"glassbox": glassbox_renderer(width, height, ratio)}
    few = edges <= 12_960
    if few or (edges <= 110_000 and ratio == 1):
        plain = plain_renderer(width, height, ratio, antialias=False)
        chosen["QPainter opaque"] = plain
        if MATPLOTLIB:
            chosen["matplotlib LineCollection"] = matplotlib_renderer(
                width, height, ratio
            )
    if few:
        smooth = plain_renderer(width, height, ratio, antialias=True)
        chosen["QPainter translucent"] = smooth
    return chosen


def _gap_lines(layout: Layout, layer: int) -> list[QLineF]:
    source, target = layout.gap(layer)
    return [
        QLineF(source.right, source.y_of(i), target.left, target.y_of(j))
        for j in range(target.count)
        for i in range(source.count)
    ]


def _draw_bucketed(
    painter: QPainter, lines: list[QLineF], values: np.ndarray, *, antialias: bool
) -> None:
    size = np.abs(values) / np.abs(values).max()
    bucket = np.minimum((size * BUCKETS).astype(int), BUCKETS - 1)
    plane = np.asarray(theme.colours(dark=False).plane, float)
    for k in range(BUCKETS):
        share = (k + 0.5) / BUCKETS
        for positive in (True, False):
            rgb = (
                theme.colours(dark=False).positive
                if positive
                else theme.colours(dark=False).negative
            )
            chosen = np.flatnonzero((bucket == k) & ((values > 0) == positive))
            if antialias:
                colour = QColor(*rgb, max(1, round(share * 255)))
            else:
                mixed = plane + share * (np.asarray(rgb) - plane)
                colour = QColor(*np.rint(mixed).astype(int).tolist())
            painter.setPen(QPen(colour, 1))
            painter.drawLines([lines[i] for i in chosen])


def measure() -> list[Row]:
    rows: list[Row] = []
    for hidden in NETWORKS:
        base = sample_view(hidden)
        views = [moved(base, frame) for frame in range(FRAMES)]
        edges = sum(a * b for a, b in base.spec.weight_shapes)
        for width, height, ratio in SIZES:
            renderers = renderers_for(edges, width, height, ratio)
            for name, draw in renderers.items():
                p50, p99 = percentiles(time_frames(draw, views))
                size = f"{width}x{height}" + (f" @{ratio}x" if ratio > 1 else "")
                rows.append(
                    {
                        "network": str(base.spec),
                        "edges": edges,
                        "renderer": name,
                        "size": size,
                        "ms_p50": p50,
                        "ms_p99": p99,
                    }
                )
                print(
                    f"{base.spec!s:18} {edges:>10,} {name:26} {size:14} "
                    f"{p50:9.2f} {p99:9.2f}",
                    flush=True,
                )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the rows to this file")
    arguments = parser.parse_args()
    application = make_application()
    if not MATPLOTLIB:
        sys.stderr.write("matplotlib is not installed: left out\n")
    print(
        f"{'network':18} {'edges':>10} {'renderer':26} {'size':14} "
        f"{'p50 ms':>9} {'p99 ms':>9}"
    )
    rows = measure()
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n")
    application.processEvents()


if __name__ == "__main__":
    main()
