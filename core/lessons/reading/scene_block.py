"""The scene of a step: what the front matter says of all, and what differs."""

from pathlib import Path
from typing import Final

from core.experiment.model import Experiment
from core.experiment.presets import load_preset, read_experiment
from core.lessons.actions import parse_selection
from core.lessons.counts import example_of
from core.lessons.expressions.names import MEASURES
from core.lessons.model import Scene
from core.lessons.places import (
    MODES,
    MOST_PANELS,
    PLANES,
    ROWS,
    STAGES,
    WORKSPACES,
)
from core.lessons.reading.fields import Fields
from core.values.errors import ExperimentError
from core.values.parameter import Parameter, Unit

SHOWN_KEYS: Final = (
    "workspace", "panels", "step", "playing", "speed", "example", "select", "mode",
    "plane", "rows", "stage", "measure",
)  # fmt: skip
KEYS: Final = ("preset", "file", "set", "weights", *SHOWN_KEYS)
FULL_SPEED: Final = "full"


def merged(defaults: dict[str, object], own: dict[str, object]) -> dict[str, object]:
    """The keys of a scene over those that all scenes of the lesson share."""
    if "preset" in own or "file" in own:
        origins = ("preset", "file", "set", "weights")
        defaults = {k: v for k, v in defaults.items() if k not in origins}
    if "workspace" in own:
        defaults = {k: v for k, v in defaults.items() if k != "panels"}
    both = defaults.get("set"), own.get("set")
    found = defaults | own
    if all(isinstance(part, dict) for part in both):
        found["set"] = both[0] | both[1]  # type: ignore[operator]
    return found


def scene_of(
    fields: Fields, folder: Path, experiment: Experiment | None = None
) -> Scene:
    """Read a scene.

    Args:
        fields: with what all scenes share.
        folder: of the lesson, where its files are.
        experiment: where it is known already; then the fields name none.

    Raises:
        LessonError: names the line.
    """
    origin = ""
    fields.allow(KEYS if experiment is None else SHOWN_KEYS)
    if experiment is None:
        experiment, origin = _experiment(fields, folder)
    workspace = fields.text("workspace", "train")
    if workspace not in WORKSPACES:
        text = f"unknown workspace {workspace!r} (choose from {', '.join(WORKSPACES)})"
        fields.place_of("workspace").refuse(text)
    return Scene(
        experiment,
        origin,
        _weights(fields, folder),
        workspace,
        _panels(fields, workspace),
        fields.whole("step", 0),
        fields.flag("playing", False),
        _speed(fields),
        _example(fields),
        _selection(fields, experiment),
        _choice(fields, "mode", MODES),
        _choice(fields, "plane", PLANES),
        _choice(fields, "rows", ROWS),
        _stage(fields, experiment),
        _choice(fields, "measure", tuple(MEASURES)),
    )


def _choice(fields: Fields, key: str, known: tuple[str, ...]) -> str:
    """One of these words, or none."""
    found = fields.text(key, "")
    if found and found not in known:
        text = f"unknown {key} {found!r} (choose from {', '.join(known)})"
        fields.place_of(key).refuse(text)
    return found


def _stage(fields: Fields, experiment: Experiment) -> tuple[str, int] | None:
    """A kind and a layer, such as "delta 3"."""
    text = fields.text("stage", "")
    if not text:
        return None
    kind, _, layer = text.partition(" ")
    is_read = kind in STAGES and layer.isascii() and layer.isdigit() and len(layer) < 4
    if not is_read:
        said = f'stage: expected such as "delta 3" (kinds: {", ".join(STAGES)})'
        return fields.place_of("stage").refuse(said)
    if experiment.data.is_read and int(layer) > experiment.spec.n_layers:
        fields.place_of("stage").refuse(f"the network has no layer {layer}")
    return kind, int(layer)


def _experiment(fields: Fields, folder: Path) -> tuple[Experiment, str]:
    preset, file = fields.text("preset", ""), fields.text("file", "")
    if bool(preset) == bool(file):
        fields.place.refuse("a scene has a preset or a file of its own")
    if preset:
        experiment = fields.read("preset", lambda: load_preset(preset).experiment)
    else:
        path = _inside(fields, "file", folder)
        experiment = fields.read("file", lambda: read_experiment(path))
    values = fields.table("set")
    for key, value in values.items():
        try:
            experiment = experiment.with_values({key: value})
        except ExperimentError:
            # Two values may only fit together: then all at once says what is wrong.
            break
    else:
        return experiment, preset or file
    return _set_at_once(fields, experiment, values), preset or file


def _set_at_once(
    fields: Fields, experiment: Experiment, values: dict[str, object]
) -> Experiment:
    try:
        return experiment.with_values(values)
    except ExperimentError as error:
        key = next((k for k in values if str(error).startswith(f"{k}:")), None)
        named = next((k for k in values if repr(k) in str(error)), "set")
        return fields.place_of(key or named).refuse(str(error))


def _inside(fields: Fields, key: str, folder: Path) -> Path:
    """A file beside the lesson's text, and nowhere else."""
    name = fields.text(key)
    path = folder / name
    try:
        is_there = Path(name).name == name and path.is_file()
    except OSError:  # no file can be called that
        is_there = False
    if not is_there:
        text = f"{key}: there is no file {name!r} in the lesson's folder"
        fields.place_of(key).refuse(text)
    return path


def _weights(fields: Fields, folder: Path) -> Path | None:
    if not fields.has("weights"):
        return None
    # Imported here: few lessons bring weights, and all forms of files come with it.
    from core.files.weights import load_weights

    path = _inside(fields, "weights", folder)
    fields.read("weights", lambda: load_weights(path))
    return path


def _panels(fields: Fields, workspace: str) -> tuple[str, ...]:
    known, panels = WORKSPACES[workspace], fields.texts("panels")
    for panel in panels:
        if panel not in known:
            text = (
                f"the workspace {workspace} has no panel {panel!r} "
                f"(choose from {', '.join(known)})"
            )
            fields.place_of("panels").refuse(text)
    if len(panels) > MOST_PANELS:
        fields.place_of("panels").refuse(f"at most {MOST_PANELS} panels")
    return panels


def _speed(fields: Fields) -> float | None:
    if fields.raw("speed") == FULL_SPEED:
        return None
    speed = fields.number("speed", 50.0)
    if speed <= 0:
        fields.place_of("speed").refuse(f'speed: {speed:g} is not above 0, or "full"')
    return speed


def _example(fields: Fields) -> tuple[str, int]:
    found = example_of(fields.text("example", "test 0"))
    if found is None:
        text = 'example: expected such as "test 0" or "train 12"'
        return fields.place_of("example").refuse(text)
    return found


def _selection(fields: Fields, experiment: Experiment) -> Unit | Parameter | None:
    text = fields.text("select", "")
    if not text:
        return None
    found = fields.read("select", lambda: parse_selection(text))
    if experiment.data.is_read and not found.is_in(experiment.spec):
        fields.place_of("select").refuse(f"the network has no {text}")
    return found
