"""Fields take any text as it is typed, and say what is wrong with it."""

import locale
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit
from pytestqt.qtbot import QtBot

from gui.launch.app import make_application
from gui.panels.experiment_form.editors import NumberBox
from gui.panels.number_lines.value_field import ValueField
from gui.style import number_format
from gui.style.number_format import MINUS
from gui.widgets.number_boxes import RealSpinBox, WholeSpinBox


@pytest.fixture(params=["C", "de_DE"])
def of_any_country(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The system's locale, in Qt and in C where the machine has it."""
    before, old = QLocale(), locale.setlocale(locale.LC_ALL)
    monkeypatch.setenv("LC_ALL", request.param)
    QLocale.setDefault(QLocale(request.param))
    try:
        locale.setlocale(locale.LC_ALL, f"{request.param}.UTF-8")
    except locale.Error:
        locale.setlocale(locale.LC_ALL, "C")
    yield
    QLocale.setDefault(before)
    locale.setlocale(locale.LC_ALL, old)


def typed(field: QLineEdit | QAbstractSpinBox, text: str, qtbot: QtBot) -> str:
    """What a field shows after a text and Enter."""
    line = field if isinstance(field, QLineEdit) else field.lineEdit()
    line.selectAll()
    line.insert(text)  # QTest types no minus sign
    line.setModified(True)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    return line.text()


def whole_box(qtbot: QtBot) -> WholeSpinBox:
    box = WholeSpinBox()
    qtbot.addWidget(box)
    box.setRange(0, 13_002)
    box.setValue(500)
    return box


@pytest.mark.usefixtures("of_any_country")
def test_a_step_field_reads_and_shows_thousands(qtbot: QtBot):
    box = whole_box(qtbot)
    assert typed(box, "13,002", qtbot) == "13,002"
    assert (box.value(), box.problem) == (13_002, "")
    assert typed(box, "1e3", qtbot) == "1,000"
    assert box.value() == 1000


@pytest.mark.usefixtures("of_any_country")
@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("12.5", "write 12 or 13"),
        ("12,5", "write 12.5"),
        ("99999999", "write 0 to 13,002"),
        ("1e400", "too large"),
        ("nan", "no finite number"),
        ("", "missing"),
    ],
)
def test_a_step_field_refuses_the_whole_text(text: str, hint: str, qtbot: QtBot):
    box = whole_box(qtbot)
    with qtbot.assertNotEmitted(box.valueChanged):
        if text:
            typed(box, text, qtbot)
        else:
            box.lineEdit().clear()
            qtbot.keyClick(box, Qt.Key.Key_Return)
    assert (box.value(), box.lineEdit().text()) == (500, "500")
    assert hint in box.problem


def test_a_suffix_is_no_part_of_the_number(qtbot: QtBot):
    box = whole_box(qtbot)
    box.setSuffix(" steps")
    assert typed(box, "1,200", qtbot) == "1,200 steps"
    assert box.value() == 1200
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.lineEdit().text() == "1,201 steps"


@pytest.mark.usefixtures("of_any_country")
def test_a_learning_rate_keeps_all_its_digits(qtbot: QtBot):
    box = RealSpinBox()
    qtbot.addWidget(box)
    box.setRange(1e-5, 100)
    assert typed(box, "0.000015", qtbot) == f"1.5e{MINUS}5"
    assert box.value() == pytest.approx(1.5e-5, rel=1e-9)
    assert typed(box, "1e-3", qtbot) == "0.001"
    typed(box, "1e-6", qtbot)
    assert "outside" in box.problem
    assert box.value() == 0.001


@pytest.mark.usefixtures("of_any_country")
def test_a_value_field_tells_what_it_refuses(qtbot: QtBot):
    field = ValueField()
    qtbot.addWidget(field)
    field.show_value("0.5")
    for text, hint in (
        ("1,5", "write 1.5"),
        ("inf", "no finite number"),
        ("1e39", "too large"),
    ):
        with qtbot.assertNotEmitted(field.value_entered):
            typed(field, text, qtbot)
        assert hint in field.problem
    with qtbot.waitSignal(field.value_entered) as entered:
        typed(field, f"{MINUS}1,000", qtbot)
    assert entered.args == [-1000.0]
    assert field.problem == ""


@pytest.mark.usefixtures("of_any_country")
def test_a_number_box_announces_a_refused_text_and_why(qtbot: QtBot):
    box = NumberBox()
    qtbot.addWidget(box)
    with qtbot.waitSignal(box.value_edited) as edited:
        typed(box, "1,5", qtbot)
    assert edited.args == ["1,5"]
    assert "write 1.5" in box.problem
    with qtbot.waitSignal(box.value_edited) as edited:
        typed(box, "1e-3", qtbot)
    assert edited.args == [0.001]
    assert box.problem == ""


@pytest.mark.parametrize("text", ["inf", "nan", "1e400", "1e308", "5e307", "", "abc"])
@pytest.mark.parametrize("step", [None, 0.05])
def test_no_arrow_key_raises(text: str, step: float | None, qtbot: QtBot):
    box = NumberBox(step=step)
    qtbot.addWidget(box)
    typed(box, text, qtbot)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp):
        qtbot.keyClick(box, key)
    assert box.lineEdit() is not None


@pytest.mark.usefixtures("of_any_country")
def test_labels_do_not_follow_the_country():
    assert number_format.count(13_002) == "13,002"
    assert number_format.plain(-0.5, 2) == f"{MINUS}0.50"
    assert number_format.percent(0.8323) == "83.23 %"


@pytest.mark.usefixtures("of_any_country")
def test_the_program_gives_qt_its_own_way_to_print():
    make_application()
    assert QLocale().toString(13_002) == "13,002"
    assert QLocale().decimalPoint() == "."
