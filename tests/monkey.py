"""A monkey at the window: real keys and clicks at random, and how long it blocks.

    python -m tests.monkey --preset optimizers --seconds 120 --seed 1

It changes workspaces, plays at full speed, goes back and forth in time, edits layers,
clicks into panels and turns the wheel, goes through lessons and in and out of lecture
mode, all drawn from a seed. A thread looks how long
the event loop of the main thread did not turn; where that is too long, it notes what
the main thread was doing and what the monkey had done last. The report names the
longest times. Waiting for a core that other programs keep does not count. Not collected
by pytest: it takes as long as it is given.
"""

import argparse
import faulthandler
import os
import random
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QWidget

from core.experiment.presets import load_preset
from core.lessons.library import all_lessons
from gui.launch.app import (
    Opening,
    close_window,
    make_application,
    make_panels_ahead,
    open_window,
)
from gui.window.main_window import MainWindow
from gui.window.player.speed import SPEEDS
from gui.window.window_settings import WindowSettings
from gui.window.workspaces import WORKSPACES

TOO_LONG: Final = 0.25
LOOK_SECONDS: Final = 0.02
BEAT_MILLISECONDS: Final = 10
CLOSE_MILLISECONDS: Final = 300
KEYS: Final = (
    Qt.Key.Key_Space,
    Qt.Key.Key_Right,
    Qt.Key.Key_Left,
    Qt.Key.Key_R,
    Qt.Key.Key_N,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Plus,
)
WITH_CONTROL: Final = (Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_B, Qt.Key.Key_Right)


@dataclass(frozen=True, slots=True)
class Block:
    """A time in which the event loop did not turn.

    Attributes:
        busy: how much of it the main thread itself was at work.
        queued: how long it waited for a core; the rest it waited for Python's lock,
            or slept.
        after: what the monkey had done last.
        where: the main thread's place in the program, halfway through.
    """

    seconds: float
    busy: float
    queued: float
    after: str
    where: str


@dataclass(eq=False)
class Watch:
    """Mutable: sees from a thread of its own how long the main thread is silent."""

    last_beat: float = field(default_factory=time.perf_counter)
    doing: str = "start"
    blocks: list[Block] = field(default_factory=list)
    longest: float = 0.0
    _seen: str = ""
    _worked: float = 0.0
    _queued: float = 0.0
    _ends: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        self.last_beat = time.perf_counter()
        self._worked, self._queued = time.thread_time(), _queued_seconds()
        self._main = threading.get_ident()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def beat(self) -> None:
        """The event loop has turned."""
        now = time.perf_counter()
        silent = now - self.last_beat
        worked, queued = time.thread_time(), _queued_seconds()
        own = silent - (queued - self._queued)
        self.longest = max(self.longest, own)
        if own > TOO_LONG:
            times = silent, worked - self._worked, queued - self._queued
            self.blocks.append(Block(*times, self.doing, self._seen or "not seen"))
        self.last_beat, self._seen = now, ""
        self._worked, self._queued = worked, queued

    def end(self) -> None:
        self._ends.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ends.wait(LOOK_SECONDS):
            silent = time.perf_counter() - self.last_beat
            if silent > TOO_LONG / 2 and not self._seen:
                frame = sys._current_frames().get(self._main)
                self._seen = _place(traceback.extract_stack(frame)) if frame else ""


def _queued_seconds() -> float:
    """How long this thread has waited for a core so far, where Linux tells."""
    place = Path("/proc/thread-self/schedstat")
    return int(place.read_text().split()[1]) / 1e9 if place.exists() else 0.0


def _place(stack: Sequence[traceback.FrameSummary]) -> str:
    """The innermost calls of the program's own files."""
    own = [
        call for call in stack if "/gui/" in call.filename or "/core/" in call.filename
    ]
    calls = (f"{Path(c.filename).name}:{c.lineno} {c.name}" for c in own[-4:])
    return " > ".join(calls) or f"{stack[-1].filename}:{stack[-1].lineno}"


class Monkey:
    """Plays one random thing after the other."""

    def __init__(self, window: MainWindow, seed: int, watch: Watch) -> None:
        self._window = window
        self._random = random.Random(seed)
        self._watch = watch
        self.done: Counter[str] = Counter()
        self._acts: dict[Callable[[], str], int] = {
            self._press: 6,
            self._press_with_control: 3,
            self._change_workspace: 5,
            self._click: 8,
            self._turn_wheel: 4,
            self._seek: 3,
            self._edit: 2,
            self._choose_preset: 1,
            self._resize: 1,
            self._set_speed: 1,
            self._go_through_a_lesson: 2,
            self._change_look: 1,
        }

    def act(self) -> None:
        """Do one thing, with the weights of the table."""
        acts, weights = zip(*self._acts.items(), strict=True)
        (act,) = self._random.choices(acts, weights)
        self._watch.doing = act.__name__
        text = act()
        self._watch.doing = text
        self.done[act.__name__] += 1
        _close_what_waits()

    def _press(self) -> str:
        key = self._random.choice(KEYS)
        QTest.keyClick(QApplication.focusWidget() or self._window, key)
        return f"key {key.name}"

    def _press_with_control(self) -> str:
        key = self._random.choice(WITH_CONTROL)
        target = QApplication.focusWidget() or self._window
        QTest.keyClick(target, key, Qt.KeyboardModifier.ControlModifier)
        return f"Ctrl+{key.name}"

    def _change_workspace(self) -> str:
        key = self._random.choice(WORKSPACES).key
        self._window.show_workspace(key)
        return f"workspace {key}"

    def _widget_somewhere(self) -> tuple[QWidget, QPoint] | None:
        panels = [p for p in self._window.panels.values() if p.isVisible()]
        if not panels:
            return None
        panel = self._random.choice(panels)
        if panel.width() < 3 or panel.height() < 3:
            return None
        x = self._random.randrange(1, panel.width() - 1)
        y = self._random.randrange(1, panel.height() - 1)
        child = panel.childAt(x, y) or panel
        if isinstance(child, QMenu | QComboBox):
            return None
        return child, child.mapFrom(panel, QPoint(x, y))

    def _click(self) -> str:
        found = self._widget_somewhere()
        if found is None:
            return "no click"
        widget, place = found
        QTest.mouseMove(widget, place)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
        return f"click on {type(widget).__name__} {widget.objectName()}"

    def _turn_wheel(self) -> str:
        found = self._widget_somewhere()
        if found is None:
            return "no wheel"
        widget, place = found
        turn = QPoint(0, self._random.choice((-120, 120, 480)))
        event = QWheelEvent(
            QPointF(place),
            QPointF(widget.mapToGlobal(place)),
            QPoint(),
            turn,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)
        return f"wheel on {type(widget).__name__}"

    def _seek(self) -> str:
        view = self._window.session.view
        if view is None:
            return "no seek"
        step = self._random.randint(0, max(1, view.snapshot.end))
        self._window.session.go_to_step(step)
        return f"seek {step}"

    def _edit(self) -> str:
        key, value = self._random.choice(
            (
                ("training.learning_rate", self._random.choice((0.001, 0.03, 0.5))),
                ("training.batch_size", self._random.choice((1, 10, 64))),
                ("network.hidden", self._random.choice(([4], [8, 8], [32, 16], [600]))),
                ("training.optimizer", self._random.choice(("sgd", "adam"))),
                ("network.activation", self._random.choice(("tanh", "relu"))),
            )
        )
        self._window.session.document.edit({key: value})
        return f"edit {key} = {value}"

    def _choose_preset(self) -> str:
        name = self._random.choice(("xor", "circle", "digits", "optimizers"))
        document = self._window.session.document
        document.choose_preset(name, load_preset(name).experiment)
        return f"preset {name}"

    def _resize(self) -> str:
        width, height = self._random.choice(((1280, 720), (1920, 1080), (1024, 768)))
        self._window.resize(width, height)
        return f"size {width}x{height}"

    def _set_speed(self) -> str:
        self._window.speed.set_position(len(SPEEDS) - 1)
        return "full speed"

    def _go_through_a_lesson(self) -> str:
        lessons = self._window.lessons
        if lessons.session.lesson is None:
            key = self._random.choice(all_lessons()).key
            lessons.open_key(key)
            return f"lesson {key}"
        act = self._random.choice((lessons.session.go_on, lessons.close))
        act()
        return f"lesson: {act.__name__}"

    def _change_look(self) -> str:
        key = self._random.choice(("lecture_mode", "lecture_mode", "menu_bar"))
        self._window.actions_by_key[key].trigger()
        return key


def _close_what_waits() -> None:
    """Menus, and dialogs with an event loop of their own, would wait for a person."""
    for waiting in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
        if waiting is not None:
            waiting.close()


def play(preset: str, seconds: float, seed: int) -> Watch:
    """Let the monkey play; returns what was seen of the main thread."""
    app = make_application()
    watch = Watch()
    with tempfile.TemporaryDirectory(prefix="glassbox-monkey-") as folder:
        settings = WindowSettings(Path(folder) / "window.ini")
        settings.set_text("speed", str(len(SPEEDS) - 1))
        window = open_window(app, Opening(load_preset(preset).experiment), settings)
        make_panels_ahead(window)
        _let_pass(app, 3.0)  # what is imported at the start is measured elsewhere
        beat = QTimer(window, interval=BEAT_MILLISECONDS)
        beat.timeout.connect(watch.beat)
        beat.start()
        closer = QTimer(window, interval=CLOSE_MILLISECONDS)
        closer.timeout.connect(_close_what_waits)
        closer.start()
        monkey = Monkey(window, seed, watch)
        watch.begin()
        end = time.monotonic() + seconds
        while time.monotonic() < end and window.isVisible():
            monkey.act()
            _let_pass(app, monkey._random.choice((0.0, 0.02, 0.05, 0.3)))
        watch.end()
        beat.stop()
        closer.stop()
        assert close_window(window), "the runner did not end"
    sys.stdout.write(f"{sum(monkey.done.values())} acts: {dict(monkey.done)}\n")
    return watch


def _let_pass(app: QApplication, seconds: float) -> None:
    clock = QElapsedTimer()
    clock.start()
    while True:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if clock.elapsed() >= 1000 * seconds:
            return
        time.sleep(0.002)


def main(arguments: Sequence[str] | None = None) -> int:
    """Play and report; 1 where the window has blocked for too long."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", default="optimizers")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    faulthandler.dump_traceback_later(options.seconds + 60, exit=True)
    watch = play(options.preset, options.seconds, options.seed)
    sys.stdout.write(f"longest silence {1000 * watch.longest:.0f} ms\n")
    for block in sorted(watch.blocks, key=lambda block: -block.seconds)[:20]:
        times = f"{1000 * block.seconds:6.0f} ms ({1000 * block.busy:.0f} at work, "
        times += f"{1000 * block.queued:.0f} without a core)"
        sys.stdout.write(f"{times} after {block.after}: {block.where}\n")
    return 1 if watch.blocks else 0


if __name__ == "__main__":
    sys.exit(main())
