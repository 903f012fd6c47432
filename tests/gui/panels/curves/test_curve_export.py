"""The curves as a table: what its cells hold."""

import numpy as np
import pytest

from core.protocol.messages import Metrics
from gui.panels.curves.curve_export import CurveTable
from gui.session.metrics_log import MetricsLog


@pytest.mark.parametrize("steps", [3, 2**20 + 3])
def test_no_accuracy_is_an_empty_cell_of_the_csv(steps: int) -> None:
    log = MetricsLog()
    losses, none = np.ones(steps, np.float32), np.full(steps, np.nan, np.float32)
    log.add_batches(Metrics(1, 1, losses, none))
    text = "".join(CurveTable.of(log).csv_chunks())
    assert "nan" not in text
    header, first = (line.split(",") for line in text.splitlines()[:2])
    cells = dict(zip(header, first, strict=True))
    empty = {name for name, cell in cells.items() if not cell}
    assert {name for name in header if "accuracy" in name} <= empty
