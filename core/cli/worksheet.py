"""The worksheet of a lesson by its key; whoever has Qt draws it."""

from core.lessons.library import lesson_of
from core.lessons.model import Lesson, Scene
from core.worksheets.make import has_own_sheet, lesson_sheet
from core.worksheets.model import Sheet


def sheet_of(key: str, seed: int) -> Sheet:
    """The sheet of a lesson; of one of the user's own, that of its first scene.

    Raises:
        LessonError: there is no such lesson, or it cannot be read.
        GlassboxError: its network cannot be made.
    """
    lesson = lesson_of(key)
    if has_own_sheet(lesson):
        return lesson_sheet(key, lesson.title, seed)
    scene = lesson.steps[0].scene
    assert scene is not None
    return _scene_sheet(lesson, scene, seed)


def _scene_sheet(lesson: Lesson, scene: Scene, seed: int) -> Sheet:
    # JAX, for a network that is trained first; sheets of ours do without.
    from core.cli.loading import check_memory, load_data
    from core.files.weights import load_weights
    from core.platform.devices import choose_device
    from core.training.run import TrainingRun, to_numpy
    from core.worksheets.network import NetworkNow, network_sheet

    check_memory(scene.experiment)
    dataset = load_data(scene.experiment.data, (), download=False)
    params = None if scene.weights is None else load_weights(scene.weights).params
    run = TrainingRun(scene.experiment, dataset, choose_device("cpu"), params)
    while run.step < scene.step and not run.is_over:
        run.advance(scene.step - run.step)
    split, index = scene.example
    examples = dataset.train if split == "train" else dataset.test
    inputs = examples.network_inputs(min(index, len(examples) - 1))
    now = NetworkNow(run.spec, to_numpy(run.params), inputs, run.step)
    return network_sheet(lesson.key, lesson.title, seed, now)
