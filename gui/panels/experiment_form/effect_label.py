"""What a change in a section does, at the right of its heading."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.values.words import tr
from gui.style import icons, theme, tokens
from gui.style.fonts import scale_of

_GLYPH = tokens.length("effect_label.glyph")
_GAP = tokens.space("tight")


class EffectLabel(QWidget):
    """A quiet word, with an arrow where training begins anew."""

    def __init__(self, *, restarts: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._restarts = restarts
        self.text = tr("restarts") if restarts else tr("at once")
        tip = (
            tr("restart training")
            if restarts
            else tr("act at once; training continues")
        )
        self.setToolTip(tr("Changes here {tip}", tip=tip))
        self.setAccessibleName(tr("Changes here {tip}", tip=tip))
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Fixed, policy.Fixed)

    def _lead(self) -> int:
        """Room for the arrow."""
        scale = scale_of(self.font())
        return round((_GLYPH + _GAP) * scale) if self._restarts else 0

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text)
        return QSize(self._lead() + width, metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink, lead = theme.colours_of(self).ink3, self._lead()
        with QPainter(self) as painter:
            if lead:
                side = round(_GLYPH * scale_of(self.font()))
                name = tokens.icon_name("action", "restarts")
                top = (self.height() - side) / 2
                painter.drawPixmap(QPointF(0, top), icons.pixmap(name, ink, side))
            painter.setPen(theme.colour(ink))
            room = self.rect().adjusted(lead, 0, 0, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
