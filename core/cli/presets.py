"""`glassbox presets`: the experiments that ship with Glassbox, and one's own."""

import argparse

from core.cli.error_boundary import OK
from core.cli.output import write_line
from core.experiment.presets import Preset, load_preset, own_presets, preset_names


def run(args: argparse.Namespace) -> int:
    """List the presets in columns; returns the exit code."""
    del args
    rows = [("NAME", "NETWORK", "DATA", "TITLE")]
    rows += [_row(load_preset(name)) for name in preset_names()]
    own = [entry.preset for entry in own_presets() if entry.name not in preset_names()]
    rows += [_row(preset) for preset in own if preset is not None]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (text.ljust(n) for text, n in zip(row, widths, strict=True))
        write_line("  ".join(cells).rstrip())
    return OK


def _row(preset: Preset) -> tuple[str, str, str, str]:
    experiment = preset.experiment
    return preset.name, str(experiment.spec), experiment.data.name, preset.title
