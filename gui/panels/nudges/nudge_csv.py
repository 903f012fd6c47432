"""The nudge table as CSV."""

import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import Final

from core.values.words import tr
from gui.panels.nudges.nudge_rows import NudgeValues, exact_cells
from gui.panels.nudges.row_filter import Ids
from gui.session.save_request import SaveRequest
from gui.session.table_file import table_request

HEAD: Final = ("parameter", "layer", "unit", "input", "value", "nudge", "change")
CHUNK: Final = 1000


def csv_text(values: NudgeValues, ids: Ids) -> str:
    """Rows as CSV without a header; layer counts from 1, the others from 0."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    for index in ids.tolist():
        name, *numbers = exact_cells(values, index)
        parameter = values.parameter(index)
        source = "" if parameter.source is None else parameter.source
        writer.writerow((name, parameter.layer, parameter.unit, source, *numbers))
    return stream.getvalue()


def nudges_request(values: NudgeValues, ids: Ids) -> SaveRequest:
    """To write listed rows; the values are of one step, whatever goes on."""
    return table_request(tr("Listed nudges"), "nudges", partial(_chunks, values, ids))


def _chunks(values: NudgeValues, ids: Ids) -> Iterator[bytes]:
    yield (",".join(HEAD) + "\n").encode()
    for start in range(0, len(ids), CHUNK):
        yield csv_text(values, ids[start : start + CHUNK]).encode()
