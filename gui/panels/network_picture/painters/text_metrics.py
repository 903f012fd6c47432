"""How much space the texts and figures of a view need."""

from PySide6.QtGui import QFont, QFontMetricsF

from gui.panels.network_picture.painters.output_painter import MARK, output_labels
from gui.panels.network_picture.scene.layout import Measures
from gui.session.view_state import View
from gui.style import theme


def measures_of(view: View, font: QFont) -> Measures:
    """Sizes of a view's texts and figures in a widget with that font."""
    metrics = QFontMetricsF(theme.figures_font(font, scale=1.15, bold=True))
    names = [metrics.horizontalAdvance(name) for name in output_labels(view)]
    inputs = [metrics.horizontalAdvance(name) for name in _input_names(view)]
    figure = metrics.horizontalAdvance("100.0 %") + MARK + 22
    return Measures(metrics.height(), max(names), figure, max(inputs, default=0.0))


def _input_names(view: View) -> list[str]:
    """The inputs that are drawn as circles with a name each."""
    dataset, n_inputs = view.run.dataset, view.spec.n_inputs
    if dataset.image_shape is not None or n_inputs > 30:
        return []
    return [dataset.input_name(k) for k in range(n_inputs)]
