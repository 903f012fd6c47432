"""An own picture in the place of the pad: as it was, and each step of its reading."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.data.own_picture.picture import OwnPicture
from core.data.own_picture.reading import Step
from core.values.words import tr
from gui.runtime.layout_items import nest
from gui.style import theme, tokens
from gui.style.number_format import TIMES, count
from gui.widgets.accessible.parts import Part, Role
from gui.widgets.eliding_label import ElidingLabel
from gui.widgets.plain_text import show_plainly
from gui.widgets.problem_label import ProblemLabel

NAMES = {
    "ground": tr("Ground"),
    "colour": tr("Colour"),
    "invert": tr("Invert"),
    "light": tr("Even light"),
    "threshold": tr("Threshold"),
    "specks": tr("No specks"),
    "crop": tr("Crop and fit"),
    "strokes": tr("Stroke width"),
    "centre": tr("Centre"),
}
"""The switch of each step."""
PASTED = tr("Pasted picture")
CHECKERS = tokens.length("picture_sheet.checkers")


class OriginalPicture(QWidget):
    """The picture as it was brought; squares show through where it is transparent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setMinimumSize(*tokens.lengths("picture_sheet.least"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("The picture as it was brought"))

    def show_picture(self, picture: OwnPicture) -> None:
        rows, columns, _ = picture.pixels.shape
        kind = QImage.Format.Format_RGBA8888
        data = picture.pixels.tobytes()
        self._image = QImage(data, columns, rows, 4 * columns, kind).copy()
        self.update()

    def described(self) -> Part:
        """Its size in words."""
        size = tr(
            "{width} {times} {height} pixels",
            width=self._image.width(),
            times=TIMES,
            height=self._image.height(),
        )
        return Part(self.accessibleName(), size, Role.Graphic)

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("picture_sheet.wished"))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._image.isNull():
            return
        size = self._image.size().scaled(
            self.size(), Qt.AspectRatioMode.KeepAspectRatio
        )
        place = QRect(0, 0, max(size.width(), 1), max(size.height(), 1))
        place.moveCenter(self.rect().center())
        with QPainter(self) as painter:
            if self._image.hasAlphaChannel():
                _paint_checkers(painter, place)
            smooth = place.width() < self._image.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(place, self._image)
            painter.setPen(QPen(self.palette().mid().color(), 1))
            painter.drawRect(place.adjusted(0, 0, -1, -1))


class PictureSheet(QWidget):
    """Says what was done with a picture, and lets each step be switched.

    Signals:
        switched: the name of a step, and whether it is to be taken.
        closed: the picture is to go away.
    """

    switched = Signal(str, bool)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = ElidingLabel(parent=self)
        self.title.setObjectName("heading")
        self.close_button = QPushButton(tr("Draw instead"), self)
        self.close_button.setToolTip(tr("Put the picture away and draw on the pad"))
        self.original = OriginalPicture(self)
        self.problem = ProblemLabel(self)
        self.switches: dict[str, QCheckBox] = {}
        self._said: dict[str, QLabel] = {}
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidgetResizable(True)
        self._steps = QWidget(self)
        self._rows = QGridLayout(self._steps)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setVerticalSpacing(tokens.space("xs"))
        self._rows.setColumnStretch(1, 1)
        self._area.setWidget(self._steps)
        above = QHBoxLayout()
        above.addWidget(self.title, 1)
        above.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.space("s"))
        nest(column, above)
        column.addWidget(self.original, 1)
        column.addWidget(self.problem)
        column.addWidget(self._area, 1)
        self.close_button.clicked.connect(self.closed)
        show_plainly(self)

    def show_picture(self, picture: OwnPicture) -> None:
        """Show another picture; its steps follow."""
        columns, rows = picture.size
        size = tr(
            "{columns} {times} {rows} pixels",
            columns=count(columns),
            times=TIMES,
            rows=count(rows),
        )
        self.title.setText(f"{picture.name or PASTED}, {size}")
        self.original.show_picture(picture)
        self.problem.show_problem("")

    def show_steps(self, steps: Sequence[Step], problem: str) -> None:
        """Say what was done, in order, and what is wrong."""
        self.problem.show_problem(problem[:1].upper() + problem[1:])
        keys = [step.key for step in steps]
        if keys != list(self.switches):
            self._make_rows(keys)
        for step in steps:
            switch = self.switches[step.key]
            switch.blockSignals(True)
            switch.setChecked(step.is_on)
            switch.blockSignals(False)
            switch.setAccessibleDescription(step.text)
            self._said[step.key].setText(step.text)

    def _make_rows(self, keys: Sequence[str]) -> None:
        held = next((k for k, one in self.switches.items() if one.hasFocus()), "")
        for widget in (*self.switches.values(), *self._said.values()):
            self._rows.removeWidget(widget)
            widget.deleteLater()
        self.switches, self._said = {}, {}
        top = Qt.AlignmentFlag.AlignTop
        for row, key in enumerate(keys):
            switch = QCheckBox(NAMES[key], self._steps)
            said = QLabel(self._steps)
            said.setTextFormat(Qt.TextFormat.PlainText)
            said.setWordWrap(True)
            said.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            switch.toggled.connect(lambda on, key=key: self.switched.emit(key, on))
            self._rows.addWidget(switch, row, 0, top)
            self._rows.addWidget(said, row, 1, top)
            self.switches[key], self._said[key] = switch, said
        self._rows.setRowStretch(len(keys), 1)
        if held in self.switches:
            self.switches[held].setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.original.update()


def _paint_checkers(painter: QPainter, place: QRect) -> None:
    # Light in every theme: most transparent pictures are of dark ink.
    light = theme.colours(dark=False)
    painter.fillRect(place, theme.colour(light.plane))
    grey = theme.colour(light.control)
    for top in range(place.top(), place.bottom() + 1, CHECKERS):
        odd = (top - place.top()) // CHECKERS % 2
        begin = place.left() + odd * CHECKERS
        for left in range(begin, place.right() + 1, 2 * CHECKERS):
            square = QRect(left, top, CHECKERS, CHECKERS)
            painter.fillRect(square & place, grey)
