"""A file that is no network as a whole offers its parts in the window."""

from pathlib import Path

import numpy as np

from tests.gui.support.whole_window import GlassMaker


def write_larger_network(path: Path) -> None:
    """A convolution, then 2-6-2, which fits points in the plane, then 2-4-2."""
    random = np.random.default_rng(2)
    shapes = {
        "conv.weight": (4, 1, 3, 3),
        "head.0.weight": (6, 2),
        "head.0.bias": (6,),
        "head.2.weight": (2, 6),
        "head.2.bias": (2,),
        "second.0.weight": (4, 2),
        "second.0.bias": (4,),
        "second.2.weight": (2, 4),
        "second.2.bias": (2,),
    }
    tensors = {n: random.normal(size=s).astype(np.float32) for n, s in shapes.items()}
    np.savez(path, **tensors)


def test_the_part_that_is_chosen_opens(glass: GlassMaker, tmp_path: Path) -> None:
    path = tmp_path / "larger.npz"
    write_larger_network(path)
    window = glass()
    run = window.run_id
    window.drop(path)
    window.wait_until(lambda: "parts of it open by themselves" in window.says)
    assert "which is a convolution" in window.says
    assert "--part" not in window.says
    button = window.window.message_bar._offer_button
    assert button.text() == "Choose part…"
    button.click()
    dialog = window.window.openings.parts.dialog
    assert dialog is not None
    titles = [dialog.field.itemText(k) for k in range(dialog.field.count())]
    assert titles == ["head.0 → head.2 (2-6-2)", "second.0 → second.2 (2-4-2)"]
    dialog.field.setCurrentIndex(1)
    dialog.take()
    window.wait_for_run(after=run)
    assert window.view.spec.layer_sizes == (2, 4, 2)
    window.wait_until(lambda: window.window.openings.parts.dialog is None)
