"""An experiment is copied as text and pasted with Ctrl+V, or plainly refused."""

from PySide6.QtWidgets import QApplication

from core.values.parameter import Parameter
from tests.gui.support.whole_window import GlassMaker


def test_what_was_copied_as_text_is_pasted_with_what_the_window_showed(
    glass: GlassMaker,
):
    window = glass()
    session, actions = window.session, window.window.actions_by_key
    session.take_steps(4)
    window.rest_at(4)
    session.select(Parameter(1, 0, 1))
    actions["copy_text"].trigger()
    line = QApplication.clipboard().text()
    assert line.startswith("glassbox:1:")
    copied, workspace = session.experiment, window.window.layouts.current

    session.edit(copied.with_values({"data.name": "spiral"}))
    session.select(None)
    window.window.show_workspace("train" if workspace != "train" else "playground")
    window.wait_until(lambda: window.view.run.dataset.name == "spiral")
    QApplication.clipboard().setText(f"\n {line[:70]}\n{line[70:]}\n")
    actions["paste"].trigger()
    window.wait_until(lambda: window.view.selection == Parameter(1, 0, 1))

    assert session.experiment == copied
    assert (window.step, window.window.layouts.current) == (4, workspace)
    session.document.undo_stack.undo()
    window.wait_until(lambda: window.view.run.dataset.name == "spiral")

    QApplication.clipboard().setText(line[:-3])
    actions["paste"].trigger()
    assert "Not pasted: the text is not whole" in window.window.message_bar.text
    assert window.view.run.dataset.name == "spiral"
