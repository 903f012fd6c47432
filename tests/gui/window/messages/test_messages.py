"""Messages: they stay until they are read, are listed, copied and announced."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.window.messages import message_bar as bars
from gui.window.messages.message_bar import MessageBar
from gui.window.messages.message_list import MessageList
from gui.window.messages.message_log import MOST_KEPT, Kind, Message, MessageLog


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[MessageBar]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(900, 200)
    bar = MessageBar(parent)
    parent.show()
    yield bar
    parent.hide()


def press(bar: MessageBar, text: str) -> None:
    (button,) = [
        b for b in bar.findChildren(QPushButton) if b.text() == text and b.isVisible()
    ]
    button.click()


def test_an_error_is_seen_until_it_is_closed_whatever_else_is_told(
    bar: MessageBar,
) -> None:
    bar.show_error("torn")
    bar.show_notice("odd")
    bar.show_success("saved")
    assert bar.text == "saved"
    bar.begin_run()
    # The notice was of the run before, the success has had its time.
    assert bar.text == "torn"
    bar.begin_run()
    assert bar.isVisible()
    press(bar, "Close")
    assert not bar.isVisible()
    assert bar.log.unread == ()
    assert [m.text for m in bar.log.messages] == ["torn", "odd", "saved"]


def test_closing_one_shows_the_one_before_and_the_rest_is_counted(
    bar: MessageBar,
) -> None:
    bar.show_error("first")
    bar.show_error("second")
    lists = []
    bar.list_requested.connect(lambda: lists.append(1))
    press(bar, "1 more")
    assert lists == [1]
    press(bar, "Close")
    assert bar.text == "first"
    (first, _) = bar.log.messages
    # Not as if it had failed once more just now.
    assert bar._text.text().startswith(f"Earlier, at {first.clock}: ")
    bar.show_error("first again")
    assert bar._text.text() == "first again"


def test_the_same_again_is_one_message_that_counts(bar: MessageBar) -> None:
    for _ in range(3):
        bar.show_error("torn", details="here")
    (message,) = bar.log.messages
    assert message.times == 3
    assert bar.log.unread == (message,)
    assert bar._text.text().endswith("torn (3 times)")
    bar.show_error("torn", details="there")
    assert len(bar.log.messages) == 2


def test_a_long_log_forgets_what_was_read_and_keeps_what_was_not() -> None:
    log = MessageLog()
    log.add(Message(Kind.ERROR, "unread"))
    for k in range(MOST_KEPT + 5):
        log.read(log.add(Message(Kind.NOTICE, str(k))))
    assert len(log.messages) == MOST_KEPT
    assert log.messages[0].text == "unread"


def test_the_list_has_all_of_them_and_copies_them_whole(
    bar: MessageBar, qtbot: QtBot
) -> None:
    bar.show_notice("odd")
    bar.show_error("torn", details="line 1")
    dialog = MessageList(bar.log, bar)
    dialog.show()
    cells = [
        [dialog.table.item(row, column).text() for column in (1, 2)]
        for row in range(dialog.table.rowCount())
    ]
    assert cells == [["Error", "torn"], ["Notice", "odd"]]
    assert dialog.whole.toPlainText() == "torn\n\nline 1"
    dialog.copy.click()
    assert QApplication.clipboard().text() == "torn\n\nline 1"
    dialog.copy_all.click()
    first, second = QApplication.clipboard().text().split("\n", 1)
    assert first.endswith("Notice: odd")
    assert second.endswith("Error: torn\n\nline 1")
    dialog.close()
    assert bar.log.unread == ()


def test_each_is_announced_and_an_error_at_once(
    bar: MessageBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    class Listener:
        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:  # noqa: N802
            told.append((event.message(), event.politeness()))

    monkeypatch.setattr(bars, "QAccessible", Listener)
    bar.show_success("saved")
    bar.show_error("torn")
    politeness = QAccessible.AnnouncementPoliteness
    assert told == [
        ("Done: saved", politeness.Polite),
        ("Error: torn", politeness.Assertive),
    ]


def test_what_is_true_no_longer_is_taken_away_and_stays_in_the_list(
    bar: MessageBar,
) -> None:
    bar.show_error("torn")
    bar.show_notice("at step 3", about="place")
    bar.forget("another matter")
    assert bar.text == "at step 3"
    bar.forget("place")
    assert bar.text == "torn"
    assert [m.text for m in bar.log.messages] == ["torn", "at step 3"]


def test_how_often_a_preset_was_chosen_is_not_counted(bar: MessageBar) -> None:
    for _ in range(2):
        bar.show_information("Worked example")
        bar.begin_run()
    bar.show_information("Worked example")
    assert bar._text.text() == "Worked example"


def test_news_leaves_by_itself_and_is_not_called_done(
    bar: MessageBar,
) -> None:
    bar.show_error("torn")
    bar.show_news("Step 363")
    assert bar.log.messages[-1].kind is Kind.INFORMATION
    assert bar.text == "Step 363"
    bar.begin_run()
    assert bar.text == "torn"
    assert [m.text for m in bar.log.unread] == ["torn"]
