"""The headers of the columns: each example's picture, or its place among the others."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from core.arrays import ByteArray
from core.data.dataset import Dataset
from core.protocol.snapshot import BatchRecord
from core.values.words import tr
from gui.session.example_name import name_at_start
from gui.session.own_units import own_target
from gui.style import theme, tokens
from gui.style.colours import class_colour
from gui.style.lengths import grown
from gui.style.number_format import general, short
from gui.widgets.pictures.grey_image import grey_levels, pixel_qimage


class ExampleHeaders:
    """Thumbnails of one batch, made once."""

    def __init__(self, dataset: Dataset, batch: BatchRecord) -> None:
        self._dataset = dataset
        self._batch = batch
        self._levels: ByteArray | None = None
        if dataset.image_shape is not None:
            self._levels = grey_levels(dataset.pictures(batch.inputs))
        with np.errstate(all="ignore"):
            self._reach = float(np.max(np.abs(batch.inputs[:, :2]), initial=1e-9))

    def name(self, place: int) -> str:
        """The example's true class, or its target."""
        if self._batch.targets is not None:
            value = float(self._batch.targets[place][0])
            if self._dataset.has_own_units:
                return own_target(self._dataset, 0, value)
            return short(value)
        return self._dataset.class_names[int(self._batch.labels[place])]

    def is_right(self, place: int) -> bool | None:
        """Whether the network knows it, after the step where that is taken."""
        batch = self._batch
        if not self._dataset.has_classes or batch.targets is not None:
            return None
        said = batch.predicted_after
        if said is None:
            said = batch.predicted_before
        return bool(said[place] == batch.labels[place])

    def tip(self, place: int) -> str:
        """The example's index, and its loss before and after the step."""
        batch = self._batch
        text = tr(
            "{example}, {value} {name}\nloss before the step {losses_before}",
            example=name_at_start("training", int(batch.indices[place])),
            value=tr("class") if batch.targets is None else tr("target"),
            name=self.name(place),
            losses_before=general(float(batch.losses_before[place]), 6),
        )
        if batch.losses_after is not None:
            text += tr(
                ", after it {losses_after}",
                losses_after=general(float(batch.losses_after[place]), 6),
            )
        if batch.losses_thinned is not None:
            text += tr(
                "\nin the step, with dropout {share}, {loss}: of that one are the "
                "requests",
                share=short(batch.training.dropout),
                loss=general(float(batch.losses_thinned[place]), 6),
            )
        return tr("{text}\nClick to run it through the network", text=text)

    def paint(self, painter: QPainter, box: QRectF, place: int, *, dark: bool) -> None:
        """Paint the image; for other data a point at the first two inputs."""
        painter.save()
        if self._levels is not None:
            image: QImage = pixel_qimage(self._levels[place], dark=dark)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
            painter.drawImage(box, image)
        else:
            self._paint_point(painter, box, place, dark=dark)
        painter.restore()

    def _paint_point(
        self, painter: QPainter, box: QRectF, place: int, *, dark: bool
    ) -> None:
        inputs = self._batch.inputs[place]
        x = float(inputs[0]) / self._reach
        y = float(inputs[1]) / self._reach if len(inputs) > 1 else 0.0
        middle = box.center()
        half = 0.42 * box.width()
        # Without classes the label is -1.
        label = max(0, int(self._batch.labels[place]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawLine(
            QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y())
        )
        painter.drawLine(
            QPointF(middle.x(), box.top()), QPointF(middle.x(), box.bottom())
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(class_colour(label, dark=dark)))
        at = QPointF(middle.x() + half * x, middle.y() - half * y)
        painter.drawEllipse(
            at, grown(painter, tokens.dot("point")), grown(painter, tokens.dot("point"))
        )
