"""A slider over the steps of a run, whose handle jumps to a click."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from core.values.words import tr


class TimeSlider(QSlider):
    """Horizontal; a click anywhere moves the handle there and begins a drag."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Step of the run"))
        self.setToolTip(
            tr(
                "Go to any step of the run: drag, click, or use the arrow keys, Page "
                "Up and Down, Home and End. Training pauses."
            )
        )

    def set_end(self, end: int) -> None:
        """The last step of the run."""
        if end != self.maximum():
            self.setMaximum(end)
            self.setPageStep(max(1, end // 20))

    def _value_at(self, x: float) -> int:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        control = QStyle.ComplexControl.CC_Slider
        groove = self.style().subControlRect(
            control, option, QStyle.SubControl.SC_SliderGroove, self
        )
        handle = self.style().subControlRect(
            control, option, QStyle.SubControl.SC_SliderHandle, self
        )
        offset = round(x) - groove.left() - handle.width() // 2
        return QStyle.sliderValueFromPosition(
            self.minimum(), self.maximum(), offset, groove.width() - handle.width()
        )

    def _handle_is_at(self, event: QMouseEvent) -> bool:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider,
            option,
            QStyle.SubControl.SC_SliderHandle,
            self,
        )
        return handle.contains(event.position().toPoint())

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        left = ev.button() == Qt.MouseButton.LeftButton
        if left and not self._handle_is_at(ev):
            # Now the handle is under the mouse, and Qt begins to drag it.
            self.setValue(self._value_at(ev.position().x()))
        super().mousePressEvent(ev)
