"""Who gets a key: the field that is typed in, a picture, or the training."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QPushButton

from core.experiment.presets import load_preset, preset_names
from core.values.parameter import Unit
from tests.gui.support.whole_window import GlassMaker

XOR = load_preset("xor").experiment


def test_typing_in_a_text_field_does_not_steer_the_training(glass: GlassMaker) -> None:
    window = glass("digits", workspace="step")
    window.wait_until(lambda: window.view.snapshot.gradient is not None)
    line = window.panel("nudges").filter_bar.text_line
    window.focus(line)
    speed = window.window.speed.position
    window.type("row 1 + n-r")
    window.press(Qt.Key.Key_Left)
    window.press(Qt.Key.Key_Right)
    assert line.text() == "row 1 + n-r"
    assert (window.run_id, window.step) == (1, 0)
    assert window.window.speed.position == speed
    assert not window.session.playing


def test_typing_in_a_number_field_does_not_steer_the_training(
    glass: GlassMaker,
) -> None:
    window = glass()
    form = window.panel("experiment")
    field = next(
        box for box in form.findChildren(QLabel) if "Learning" in box.text()
    ).buddy()
    window.focus(field)
    window.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.type("5e-2")
    window.press(Qt.Key.Key_Left)
    window.press(Qt.Key.Key_Right)
    window.press(Qt.Key.Key_Return)
    wanted = XOR.with_values({"training.learning_rate": 0.05})
    window.wait_until(lambda: window.view.run.experiment == wanted)
    assert (window.run_id, window.step) == (1, 0)


def test_arrows_walk_through_the_network_picture_while_it_has_the_focus(
    glass: GlassMaker,
) -> None:
    window = glass()
    canvas = window.panel("network").canvas
    window.focus(canvas)
    window.session.select(Unit(1, 3))
    window.press(Qt.Key.Key_Down)
    assert window.view.selection == Unit(1, 4)
    window.press(Qt.Key.Key_Right)
    assert window.view.selection is not None
    assert window.view.selection.layer == 2
    steps: list[int] = []
    window.window.actions_by_key["step_batch"].triggered.connect(
        lambda: steps.append(window.step)
    )
    window.press(Qt.Key.Key_Right)
    assert steps == []
    window.press(Qt.Key.Key_Escape)
    assert window.view.selection is None
    window.press(Qt.Key.Key_Escape)
    window.press(Qt.Key.Key_Right)
    assert steps == [0]
    window.rest_at(1)


def test_arrows_walk_through_the_weight_images_while_they_have_the_focus(
    glass: GlassMaker,
) -> None:
    window = glass("digits")
    window.session.select(Unit(1, 3))
    window.focus(window.panel("weight_images").atlas)
    window.press(Qt.Key.Key_Right)
    assert window.view.selection == Unit(1, 4)
    assert window.step == 0


def test_up_and_down_walk_through_the_nudges_and_right_steps(glass: GlassMaker) -> None:
    window = glass("digits", workspace="step")
    window.wait_until(lambda: window.view.snapshot.gradient is not None)
    table = window.panel("nudges").table
    window.wait_until(lambda: len(window.panel("nudges").model.ids) == 13_002)
    window.focus(table)
    window.press(Qt.Key.Key_Down)
    first = window.view.selection
    assert first is not None
    window.press(Qt.Key.Key_Down)
    assert window.view.selection not in (None, first)
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)


def test_space_presses_a_button_that_tab_has_reached(glass: GlassMaker) -> None:
    window = glass()
    nudges = window.window.docks["network"].header.findChildren(QPushButton)[1]
    window.focus(nudges)
    window.press(Qt.Key.Key_Space)
    assert window.panel("network").quantity == "nudges"
    assert not window.session.playing


def test_space_plays_after_a_click_on_a_button(glass: GlassMaker) -> None:
    window = glass()
    for button in window.panel("curves").findChildren(QPushButton):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    window.press(Qt.Key.Key_Space)
    assert window.session.playing


def test_letters_in_a_choice_reset_instead_of_choosing(glass: GlassMaker) -> None:
    window = glass()
    box = window.panel("experiment").findChild(QComboBox, "training.optimizer")
    window.focus(box)
    chosen = box.currentIndex()
    window.press(Qt.Key.Key_R)
    window.wait_for_run(after=1)
    assert box.currentIndex() == chosen


def test_a_preset_is_chosen_from_the_menu_by_keys_alone(glass: GlassMaker) -> None:
    window = glass()
    (menu,) = [
        m for m in window.window.findChildren(QMenu) if m.title() == "Start p&reset"
    ]
    menu.popup(window.window.pos())
    for _ in range(len(preset_names())):
        QTest.keyClick(menu, Qt.Key.Key_Down)
        active = menu.activeAction()
        assert active is not None
        if active.text() == "Disc and ring (circle)":
            break
    QTest.keyClick(menu, Qt.Key.Key_Return)
    window.wait_for_run(after=1)
    assert window.session.experiment == load_preset("circle").experiment
