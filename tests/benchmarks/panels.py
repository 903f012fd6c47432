"""Milliseconds of an update and of a scroll of the panels that show most.

Run as `python -m tests.benchmarks.panels [--json FILE]`, offscreen. The weight images
of 2,048 units, the table of 5.8 million nudges and the curves of 10 million steps are
given new values for each frame, then scrolled; a figure is the time that the main
thread is kept, painting included. What is done on other threads is waited for before
the next frame and not in the figure.
"""

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gui  # noqa: F401, I001  (it settles NumPy's threads before NumPy is there)
import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from core.protocol.messages import Metrics
from core.arrays import HostParams
from gui.launch.app import make_application
from gui.session.metrics_log import MetricsLog
from gui.panels.base import Panel
from gui.panels.curves.curves_panel import CurvesPanel
from gui.panels.nudges.nudges_panel import NudgesPanel
from gui.panels.weight_images.weight_images_panel import WeightImagesPanel
from gui.session.view_state import View
from tests.benchmarks.frames import percentiles
from tests.benchmarks.report import Row, print_table, write_json
from tests.gui.support.sample_views import sample_view

FRAMES: Final = 40
SETTLING_SECONDS: Final = 0.15
STEPS: Final = 10_000_000
NEW_LOSSES: Final = np.linspace(0.2, 0.3, 1000, dtype=np.float32)
COLUMNS: Final = ("panel", "content", "what", "ms_p50", "ms_p99")


def scaled(params: HostParams, factor: float) -> HostParams:
    return tuple((w * np.float32(factor), b * np.float32(factor)) for w, b in params)


def moved(view: View, frame: int) -> View:
    """The view after another step: every weight and nudge is new."""
    factor = 1 + 0.02 * np.sin(frame)
    old = view.snapshot
    assert old.gradient is not None
    snapshot = replace(
        old,
        step=old.step + frame,
        params=scaled(old.params, factor),
        gradient=scaled(old.gradient, factor),
    )
    return replace(view, snapshot=snapshot)


def settle() -> None:
    """Let the other threads finish and their results be taken over."""
    end = time.perf_counter() + SETTLING_SECONDS
    while time.perf_counter() < end:
        QApplication.processEvents()
        time.sleep(0.002)


def painted(panel: Panel) -> None:
    """Paint the panel as the screen does."""
    image = QImage(panel.size(), QImage.Format.Format_RGB32)
    panel.render(image, QPoint(0, 0))


def time_frames(act: Callable[[int], object], panel: Panel) -> tuple[float, float]:
    act(0)
    painted(panel)
    settle()
    seconds = []
    for frame in range(1, FRAMES + 1):
        begun = time.perf_counter()
        act(frame)
        painted(panel)
        seconds.append(time.perf_counter() - begun)
        settle()
    return percentiles(seconds)


def wheel(area: QWidget, frame: int) -> None:
    """A notch down, and up again."""
    notch = QPoint(0, -120 if frame % 40 < 20 else 120)
    at = QPointF(area.rect().center())
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        at,
        area.mapToGlobal(at),
        QPoint(),
        notch,
        *none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(area, event)


def scrolled_part(panel: Panel) -> QWidget:
    """The viewport of the largest scroll area."""
    areas = panel.findChildren(QAbstractScrollArea)
    largest = max(areas, key=lambda area: area.width() * area.height())
    return largest.viewport()


def measure_panel(panel: Panel, view: View, content: str) -> list[Row]:
    panel.resize(900, 600)
    panel.show()
    panel.set_view(view)
    settle()
    settle()
    views = [moved(view, frame) for frame in range(2)]

    def update(frame: int) -> None:
        log = view.run.metrics
        log.add_batches(Metrics(1, len(log.batch_losses) + 1, NEW_LOSSES, NEW_LOSSES))
        panel.set_view(views[frame % 2])

    figures = {"update": time_frames(update, panel)}
    if not isinstance(panel, CurvesPanel):
        area = scrolled_part(panel)
        figures["scroll"] = time_frames(lambda k: wheel(area, k), panel)
    panel.close()
    return [
        {
            "panel": panel.entry.title,
            "content": content,
            "what": what,
            "ms_p50": p50,
            "ms_p99": p99,
        }
        for what, (p50, p99) in figures.items()
    ]


def long_run(view: View) -> View:
    """The view with the curves of many steps behind it."""
    log = MetricsLog()
    chance = np.random.default_rng(0)
    part = STEPS // 20
    for first in range(1, STEPS, part):
        losses = (1 / np.sqrt(first / part + 1) + chance.normal(0, 0.1, part)).astype(
            np.float32
        )
        log.add_batches(Metrics(1, first, losses, np.clip(1 - losses, 0, 1)))
    run = replace(view.run, metrics=log)
    return replace(view, run=run, snapshot=replace(view.snapshot, step=STEPS))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the rows to this file")
    args = parser.parse_args()
    app = make_application()
    wide = sample_view((2048, 2048))
    rows = measure_panel(WeightImagesPanel(), wide, "2,048 units")
    rows += measure_panel(NudgesPanel(), wide, "5.8 million rows")
    rows += measure_panel(CurvesPanel(), long_run(sample_view()), "10 million steps")
    print_table(rows, COLUMNS)
    if args.json:
        write_json(args.json, rows)
    app.processEvents()


if __name__ == "__main__":
    main()
