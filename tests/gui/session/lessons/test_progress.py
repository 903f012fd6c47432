"""A damaged file of the lessons' progress costs the progress and nothing else."""

from pathlib import Path

import pytest

from gui.session.lessons.progress import Progress


def report(step: str = "0", answers: str = "{}") -> str:
    lesson = f'{{"step": {step}, "furthest": 0, "done": false, "answers": {answers}}}'
    return f'{{"version": 1, "lessons": {{"one-unit": {lesson}}}}}'


def test_what_was_saved_is_known_again(tmp_path: Path) -> None:
    path = tmp_path / "lessons.json"
    progress = Progress(path)
    progress.of("one-unit").answers[2] = 0.5
    progress.save()
    found = Progress(path).known("one-unit")
    assert found is not None
    assert found.answers == {2: 0.5}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"lessons": 3}',
        report(step="-1"),
        report(step='"2"'),
        report(step="9" * 5000),
        report(answers='{"1": ' + "9" * 400 + "}"),
        report(answers='{"x": 1}'),
        report(answers="[]"),
    ],
    ids=range(10),
)
def test_a_damaged_file_begins_anew(
    text: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "lessons.json"
    path.write_text(text)
    assert Progress(path).known("one-unit") is None
    assert "it begins anew" in caplog.text
