"""A scene as a lesson of one step, as "Save scene" writes it."""

import dataclasses
from typing import Final

import tomli_w

from core.experiment.model import Experiment
from core.experiment.presets import load_preset, preset_names
from core.experiment.rules import SECTIONS
from core.lessons.model import Scene
from core.lessons.places import MOST_PANELS
from core.values.parameter import Parameter, Unit

FRONT: Final = '+++\ntitle = "My lesson"\nminutes = 5\n+++\n\n## The first step'
WAY: Final = (
    "Write here what is to be seen. File, Open shows this lesson; each further heading "
    "is a step more. To have it in the list of lessons, call it lesson.md, in a folder "
    "of its own where your own lessons are."
)


def scene_text(scene: Scene) -> str:
    """A lesson of one step with this scene: it opens as it is."""
    return f"{FRONT}\n\n{WAY}\n\n```scene\n{tomli_w.dumps(_table(scene))}```\n"


def selection_text(selection: Unit | Parameter) -> str:
    """A unit or a parameter as scenes write it: "w(1,0,3)"."""
    places: tuple[int, ...] = (selection.layer, selection.unit)
    if isinstance(selection, Unit):
        name = "unit"
    else:
        name = selection.symbol
        places += () if selection.source is None else (selection.source,)
    return f"{name}({','.join(map(str, places))})"


def _table(scene: Scene) -> dict[str, object]:
    preset, values = nearest_preset(scene.experiment)
    # Plain keys come before tables in TOML.
    shown = {"preset": preset} | shown_table(scene)
    return shown | ({"set": values} if values else {})


def shown_table(scene: Scene) -> dict[str, object]:
    """What a scene says beside its experiment."""
    table: dict[str, object] = {
        "workspace": scene.workspace,
        # More than a scene may name are all of the workspace.
        "panels": list(scene.panels) if len(scene.panels) <= MOST_PANELS else [],
        "step": scene.step,
        "playing": scene.playing,
        "speed": "full" if scene.speed is None else scene.speed,
        "example": f"{scene.example[0]} {scene.example[1]}",
    }
    if scene.selection is not None:
        table["select"] = selection_text(scene.selection)
    if scene.stage is not None:
        table["stage"] = f"{scene.stage[0]} {scene.stage[1]}"
    plain = ("mode", "plane", "rows", "measure")
    return table | {k: v for k in plain if (v := getattr(scene, k))}


def nearest_preset(experiment: Experiment) -> tuple[str, dict[str, object]]:
    """The preset from which fewest keys differ, and these with their values."""
    found = {
        name: _differing(load_preset(name).experiment, experiment)
        for name in preset_names()
    }
    # TOML has no word for a key that is left out.
    whole = [name for name in found if None not in found[name].values()]
    name = min(whole, key=lambda key: len(found[key]))
    return name, found[name]


def _differing(preset: Experiment, wanted: Experiment) -> dict[str, object]:
    before, after = dataclasses.asdict(preset), dataclasses.asdict(wanted)
    return {
        f"{section}.{key}": after[section][key]
        for section, rules in SECTIONS.items()
        for key in rules
        if before[section][key] != after[section][key]
    }
