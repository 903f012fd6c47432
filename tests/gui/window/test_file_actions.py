"""Opening: what takes long is told, and can be cancelled."""

import threading
from pathlib import Path

import pytest

from core.experiment import toml_form
from core.experiment.presets import load_preset
from gui.window import file_actions
from tests.gui.support.whole_window import GlassMaker


def test_what_is_read_can_be_cancelled_and_the_next_does_not_wait_for_it(
    glass: GlassMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = glass()
    slow, quick = tmp_path / "slow.toml", tmp_path / "quick.toml"
    for path, preset in ((slow, "circle"), (quick, "spiral")):
        path.write_text(toml_form.dumps(load_preset(preset).experiment))
    go_on, whole = threading.Event(), file_actions._read

    def read(path: Path, *args: object) -> object:
        if path == slow:
            go_on.wait()
        return whole(path, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(file_actions, "_read", read)
    files, jobs = window.window.files, window.window.player_bar.jobs
    try:
        files.open(slow)
        window.wait_until(jobs.isVisible)
        assert jobs._job.text() == "Reading slow.toml\N{HORIZONTAL ELLIPSIS}"
        jobs._cancel.click()
        assert not jobs.isVisible()
        files.open(quick)
        window.wait_until(lambda: window.session.experiment.data.name == "spiral")
    finally:
        go_on.set()
    window.wait_for_run(after=1)
    window.wait_until(lambda: "Opened" in window.says)
    assert window.session.experiment.data.name == "spiral"
    assert not files.is_busy
