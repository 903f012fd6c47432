"""The fonts of the picture, and how much space the texts of a view need."""

from typing import Final

from PySide6.QtGui import QFont, QFontMetricsF

from core.values.words import tr
from gui.panels.network_picture.scene.layout import WIDE, Measures
from gui.session.own_units import target_figure
from gui.session.view_state import View
from gui.style import tokens
from gui.style.fonts import role_font, scale_of

MARK: Final = tokens.fine_length("text_metrics.mark")
"""Width of the mark of the true and of a wrong class."""
MARK_GAP: Final = float(tokens.space("xs"))
COLUMN_GAP: Final = float(tokens.space("row"))
"""Between class, bar and figure."""
WIDEST_FIGURE: Final = "100.0 %"


def title_font(base: QFont) -> QFont:
    """Of the names of layers: as large as a label, and strong."""
    font = QFont(base)
    font.setWeight(role_font(base, "read", strong=True).weight())
    return font


def figure_role(*, wide: bool) -> str:
    """The role of the figures beside the outputs."""
    return "value" if wide else "read"


def measures_of(view: View, font: QFont, width: float) -> Measures:
    """Sizes of a view's texts and figures in a widget with that font and width."""
    scale = scale_of(font)
    strong = QFontMetricsF(role_font(font, "read", strong=True))
    role = figure_role(wide=width > WIDE * scale)
    figures = QFontMetricsF(role_font(font, role, strong=True))
    names = [strong.horizontalAdvance(name) for name in output_labels(view)]
    inputs = [strong.horizontalAdvance(name) for name in _input_names(view)]
    figure = figures.horizontalAdvance(WIDEST_FIGURE)
    figure += (MARK + MARK_GAP + 2 * COLUMN_GAP) * scale
    return Measures(
        QFontMetricsF(font).height(),
        max(names),
        figure,
        max(inputs, default=0.0),
        scale,
    )


def output_labels(view: View) -> tuple[str, ...]:
    """The label beside each output: its class, or its name and its target."""
    dataset, target = view.run.dataset, view.example.target
    if dataset.has_classes or target is None:
        return dataset.output_names
    return tuple(
        tr(
            "{name} (target {target_figure})",
            name=name,
            target_figure=target_figure(dataset, unit, float(one)),
        )
        for unit, (name, one) in enumerate(
            zip(dataset.output_names, target, strict=True)
        )
    )


def _input_names(view: View) -> list[str]:
    """The inputs that are drawn as circles with a name each."""
    dataset, n_inputs = view.run.dataset, view.spec.n_inputs
    if dataset.image_shape is not None or n_inputs > 30:
        return []
    return [dataset.input_name(k) for k in range(n_inputs)]


def fitting_together(
    choices: list[list[str]], metrics: QFontMetricsF, rooms: list[float]
) -> list[str]:
    """For each place the same of its choices: the first form that has room in all.

    Args:
        choices: as many for each place, the longest form first.
        metrics: of the font.
        rooms: of the places.
    """
    for texts in zip(*choices, strict=True):
        widths = map(metrics.horizontalAdvance, texts)
        if all(width <= room for width, room in zip(widths, rooms, strict=True)):
            return list(texts)
    last = zip(choices, rooms, strict=True)
    return [first_fitting(texts, metrics, room) for texts, room in last]


def first_fitting(texts: list[str], metrics: QFontMetricsF, room: float) -> str:
    """The first text that has room; nothing where none has."""
    for text in texts:
        if metrics.horizontalAdvance(text) <= room:
            return text
    return ""
