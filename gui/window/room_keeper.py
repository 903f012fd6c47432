"""Docks keep their lengths whatever became of their room in the meantime.

Where a window gets smaller, or something is shown beside its docks, Qt takes their
lengths from whichever has some to spare, and when there is room again gives it to
others. So the lengths are kept here: those that the user has made, or none while the
layout is the workspace's own, whose lengths follow from the room.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from gui.window.dock import PanelDock
from gui.window.dock_lengths import Lengths, room_of


class RoomKeeper(QObject):
    """Watches the room of the docks, and what the user does to their lengths.

    Attributes:
        lengths: that the user has made; None while the layout is not the user's.
        holds: whether nothing is watched, since the docks are not in their places.
    """

    def __init__(
        self,
        window: QMainWindow,
        docks: Mapping[str, PanelDock],
        on_new_room: Callable[[], None],
    ) -> None:
        """Make it.

        Args:
            window: with the docks, owner.
            docks: by the keys of their panels.
            on_new_room: called when the room has changed.
        """
        super().__init__(window)
        self._window = window
        self._docks = docks
        self._on_new_room = on_new_room
        self._room = QSize()
        self._is_dragged = False
        self._is_moved = False
        self._is_resized = False
        self._is_busy = False
        self.lengths: Lengths | None = None
        self.holds = True
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.look)
        for dock in docks.values():
            dock.resized.connect(self._on_dock_resized)
            dock.released.connect(self._on_dock_released)
            dock.dockLocationChanged.connect(self._on_dock_moved)
            dock.topLevelChanged.connect(self._on_dock_moved)
            dock.toggleViewAction().toggled.connect(self._on_dock_moved)

    def begin(self, lengths: Lengths | None) -> None:
        """Watch the layout that is shown from now on."""
        self.lengths = lengths
        self.holds = False
        self.settle()

    def settle(self) -> None:
        """What has become of the docks until now was no user's doing."""
        self._is_busy = True
        layout = self._window.layout()
        assert layout is not None
        layout.activate()
        self._room = room_of(self._docks)
        self._is_dragged = self._is_moved = self._is_busy = False
        self._is_resized = False
        self._later.stop()

    def note(self) -> None:
        """Keep the lengths as they are."""
        self.lengths = Lengths.now(self._docks) or self.lengths

    def look(self) -> None:
        """See what has become of the docks: other room or needs, or a user's layout."""
        self._later.stop()
        room = room_of(self._docks)
        if self.holds or not self._window.isVisible() or room.isEmpty():
            return
        is_same, is_resized = room == self._room, self._is_resized
        self._room, self._is_resized = room, False
        is_users = self._is_dragged or (self._is_moved and self._is_room_of_lengths)
        if is_same and is_users:
            self.note()
        elif not is_same or (is_resized and not self._is_moved):
            # Within the same room, what a panel needs at least has changed.
            self._on_new_room()
            self.settle()
        self._is_dragged = self._is_moved = False

    @property
    def _is_room_of_lengths(self) -> bool:
        return self.lengths is None or self.lengths.room == self._room.toTuple()

    def _on_dock_resized(self) -> None:
        if self._is_busy or self.holds:
            return
        left = Qt.MouseButton.LeftButton
        self._is_dragged |= bool(QApplication.mouseButtons() & left)
        self._is_resized = True
        self._later.start(0)

    def _on_dock_released(self) -> None:
        if not self._is_busy and not self.holds:
            self._is_resized = True
            self._later.start(0)

    def _on_dock_moved(self) -> None:
        if not self._is_busy and not self.holds:
            self._is_moved = True
            self._later.start(0)
