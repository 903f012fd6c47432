"""The one file of tokens: that it can be read, and that nothing goes round it."""

import ast
import re
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from gui.style import fonts, theme, tokens
from gui.style.sheet import filled_sheet
from gui.style.signed_scale import ZERO_CODE, code_colours
from gui.window.actions import ACTIONS
from gui.window.workspaces import WORKSPACES
from tests.gui.style.lengths import lengths_of

ROOT = Path(__file__).parents[3]
SOURCES = sorted(
    path
    for path in (ROOT / "gui").rglob("*.py")
    if ROOT / "gui" / "style" not in path.parents
)
TEXTS = ("ink1", "ink2", "ink3", "accent", "right", "warning", "wrong")
TEXTS_OF_SIGNS = ("positive_text", "negative_text")
MARKS = ("selection", "positive", "negative", "curve_train", "curve_test")
HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}(?:[0-9a-fA-F]{2})?\b|\brgba?\(")
SIZE = re.compile(r"font-size:\s*\d|\b\d+(?:\.\d+)?pt\b")
SIZED = ("setPointSize", "setPointSizeF", "setPixelSize")


def luminance(rgb: theme.Rgb) -> float:
    """Of WCAG 2.1."""
    share = np.asarray(rgb) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(one: theme.Rgb, other: theme.Rgb) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("dark", [True, False])
def test_every_text_is_readable_on_every_ground_where_it_stands(dark: bool) -> None:
    colours = theme.colours(dark=dark)
    pairs = [*product((*TEXTS, *TEXTS_OF_SIGNS), ("plane", "chrome"))]
    pairs += [*product(("ink1", "ink2"), ("control", "raised"))]
    pairs += [("ink3", "control"), ("ink1", "pressed"), ("on_accent", "accent")]
    pairs += [("ink1", "selection_row"), ("ink2", "selection_row")]
    weak = {
        pair: round(contrast(*map(colours.named, pair)), 2)
        for pair in pairs
        if contrast(*map(colours.named, pair)) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("dark", [True, False])
def test_every_mark_is_seen_on_its_plane(dark: bool) -> None:
    colours = theme.colours(dark=dark)
    marks = [colours.named(name) for name in MARKS]
    marks += [*colours.classes[:2], *colours.series]
    weak = [rgb for rgb in marks if contrast(rgb, colours.plane) < 3]
    assert weak == []


@pytest.mark.parametrize("dark", [True, False])
def test_zero_has_the_colour_of_the_plane(dark: bool) -> None:
    plane = theme.colours(dark=dark).plane
    assert int(code_colours(dark=dark)[ZERO_CODE]) & 0xFFFFFF == int.from_bytes(plane)


@pytest.mark.parametrize("dark", [True, False])
def test_maps_of_quantities_rise_evenly_from_zero_to_full_ink(dark: bool) -> None:
    for table in (theme.activation_table(dark=dark), theme.image_table(dark=dark)):
        light = [luminance(tuple(rgb)) for rgb in table.tolist()]
        steps = np.diff(light if dark else light[::-1])
        assert (steps >= 0).all()
        assert abs(light[-1] - light[0]) > 0.9


def test_both_themes_name_the_same_tokens() -> None:
    assert set(tokens.values()["dark"]) == set(tokens.values()["light"])


def test_every_optimiser_has_a_colour_and_a_dash_of_its_own() -> None:
    places = [theme.series_of(name) for name in tokens.values()["optimiser"]]
    assert sorted(places) == list(range(len(theme.on_map().series)))
    assert len(tokens.values()["dashes"]["series"]) == len(places)


def test_every_name_in_the_style_sheet_is_filled_in(qapp: QApplication) -> None:
    images = {"chevron": "a.svg", "check": "b.svg"}
    for dark in (True, False):
        sheet = filled_sheet(dark=dark, scale=1, images=images)
        assert "@" not in sheet
        assert "/*" not in sheet
    large = filled_sheet(dark=True, scale=1.5, images=images)
    assert "border-radius: 9px" in large
    assert "min-height: 36px" in large


def strings_of(path: Path) -> list[tuple[int, str]]:
    """The texts of a module that are no descriptions of its parts."""
    tree = ast.parse(path.read_text())
    described = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in described
    ]


def numbers(nodes: list[ast.expr]) -> list[float]:
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    ]


def literals_of(path: Path) -> list[str]:
    """Colours and sizes of type that a module has by itself."""
    found = [
        f"{line}: {text!r}"
        for line, text in strings_of(path)
        if HEX.search(text) or SIZE.search(text)
    ]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            if name == "QColor" and len(numbers(node.args)) >= 3:
                found.append(f"{node.lineno}: {ast.unparse(node)}")
            if name in SIZED and numbers(node.args):
                found.append(f"{node.lineno}: {ast.unparse(node)}")
        if isinstance(node, ast.Tuple) and len(node.elts) == 3:
            channels = [n for n in numbers(node.elts) if isinstance(n, int)]
            if len(channels) == 3 and 50 < max(channels) < 256:
                found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


def test_no_colour_and_no_size_of_type_stands_outside_the_tokens() -> None:
    found = {
        str(path.relative_to(ROOT)): literals
        for path in SOURCES
        if (literals := literals_of(path))
    }
    assert found == {}


def test_a_literal_colour_or_size_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "literal.py"
    for line in (
        'INK = "#1c1e24"',
        "INK = (28, 130, 36)",
        "pen(QColor(28, 30, 36))",
        "font.setPointSizeF(9.5)",
        'style = "font-size: 9pt"',
    ):
        path.write_text(f"{line}\n")
        assert literals_of(path), line


NO_LENGTHS = {
    "gui/launch/command_line.py": ("MAX_SIDE",),
    "gui/panels/compare/member_plot.py": ("ROOM",),
    "gui/panels/descents/descent_picture.py": ("_WIDEST",),
    "gui/panels/drawing/ink_canvas.py": ("SIDE",),
    "gui/panels/network_picture/edges/layer_edges.py": ("CELL",),
    "gui/panels/network_picture/edges/sparse_edge_raster.py": (
        "fractions * dense.spacing * dense.count + 2",
    ),
    "gui/panels/network_picture/scene/layout.py": ("FIRST_GAP",),
    "gui/panels/number_lines/line_stack.py": ("_ROW_LINES",),
    "gui/widgets/fitted_text.py": ("MOST_LINES",),
    "gui/widgets/pictures/atlas_geometry.py": (
        "int((self.scrolled[0] + self.room[0]) * scale) + 2",
    ),
    "gui/widgets/plots/surface_view.py": ("DIAGONAL",),
    "gui/window/pictures/painted.py": ("MOST_PIXELS",),
}
"""What looks like a length: pixels of files, ink and rasters, factors and counts."""
PAPER = ROOT / "gui" / "widgets" / "worksheets"
"""Measured in points of a printed sheet, and not of the window."""


def test_no_length_stands_outside_the_tokens() -> None:
    found = {}
    for path in SOURCES:
        place = str(path.relative_to(ROOT))
        free = NO_LENGTHS.get(place, ())
        own = [
            one
            for one in lengths_of(path)
            if not {one.split()[1], one.partition(": ")[2]} & {*free}
        ]
        if own and PAPER not in path.parents:
            found[place] = own
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "area = QRectF(x + 4, y, wide, high)",
        "area = place.adjusted(2, 2, -2, -2)",
        "button.setFixedWidth(84)",
        "button.setFixedWidth(round(84 * scale_of(font)))",
        "_GAP: Final = 5.0",
        "GAP = 5",
        "pen = QPen(ink, 1.5)",
        "painter.drawEllipse(place, 2.5, 2.5)",
        "row.setContentsMargins(12, 6, 8, 6)",
        "SIZE = QSize(980, 600)",
        "DEEP = 7\narea = QRectF(0, DEEP, wide, high)",
        "below = metrics.height() + 6",
        "left = metrics.horizontalAdvance(text) + 10",
        "room = self.width() - left - 8",
        "widest = max(metrics.horizontalAdvance(t) for t in texts) + 12",
        "wide = int((widest + 8) * ratio)",
        "x += width + (12 if len(name) > 2 else 6)",
        "margin += 6",
        "wide = max(80.0, box.left())",
        "side = max(int(min(room_x, room_y)), 40)",
        "pad = 8 * scale",
        "plate.moveRight(min(plate.right(), box.right() - 4))",
        "for rgb, width in ((plane, 4.5), (ink, 1)):\n    draw(rgb, width)",
        "LINE = 2.0\nfor rgb, width in ((plane, LINE), (ink, 1)):\n    pass",
        "TOP = 46.0\nroom = height - TOP * scale",
    ],
)
def test_a_literal_length_would_be_found(tmp_path: Path, line: str) -> None:
    path = tmp_path / "literal.py"
    path.write_text(f"{line}\n")
    assert lengths_of(path)


@pytest.mark.parametrize(
    "line",
    [
        "area = QRectF(0, y - height / 2, 2 * wide + 1, 5 * line)",
        "area = box.adjusted(0.5, 0.5, -0.5, -0.5)",
        "pen = QPen(theme.colour(ink, 60), 1)",
        "MOST_STEPS: Final = 200",
        "row.setSpacing(tokens.space('xs'))",
        "grid.addWidget(problem, line + 2, 0)",
        "edges = layer.edges[row : row + 2]",
        "most = max(2, int(box.height() / (1.6 * height)))",
        "room = self.width() - 2 * left - tokens.space('s')",
        "last = len(sizes) - 2",
        "width = 3 * round(own_width * scale) + gap",
    ],
)
def test_a_number_that_is_no_length_is_let_through(tmp_path: Path, line: str) -> None:
    path = tmp_path / "literal.py"
    path.write_text(f"{line}\n")
    assert lengths_of(path) == []


def named_in_the_code() -> set[str]:
    asked = re.compile(r"tokens\.(?:fine_)?lengths?\(\s*\"([\w.]+)\"")
    return {name for path in SOURCES for name in asked.findall(path.read_text())}


def test_every_length_of_the_tokens_is_used_and_every_one_used_is_there() -> None:
    table = tokens.values()["length"]
    there = {f"{part}.{key}" for part, own in table.items() for key in own}
    assert there == named_in_the_code()


def test_every_icon_is_bundled_and_no_other() -> None:
    folder = ROOT / "assets" / "icons"
    bundled = {path.stem for path in folder.glob("*.svg")}
    table = tokens.values()["icon"]
    named = {*table["workspace"].values(), *table["action"].values()}
    assert bundled == named
    assert "ISC" in (folder / "Lucide-LICENSE.txt").read_text()
    assert {workspace.key for workspace in WORKSPACES} == set(table["workspace"])
    assert {spec.icon for spec in ACTIONS if spec.icon} <= set(table["action"])


def test_the_bundled_font_is_used_in_three_weights(qapp: QApplication) -> None:
    font = fonts.label_font(1.0)
    assert QFontInfo(font).family() == "Inter"
    widths = []
    for weight in (400, 500, 600):
        font.setWeight(QFont.Weight(weight))
        metrics = QFontMetricsF(font)
        widths.append(metrics.horizontalAdvance("Learning rate"))
        assert metrics.horizontalAdvance("111.1") == metrics.horizontalAdvance("000.0")
    assert widths == sorted(set(widths))
    licence = ROOT / "assets" / "fonts" / "Inter-LICENSE.txt"
    assert "SIL Open Font License" in licence.read_text()


def test_the_font_of_a_role_grows_with_the_scale(qapp: QApplication) -> None:
    for scale in (1.0, 1.5):
        base = fonts.label_font(scale)
        assert fonts.scale_of(base) == pytest.approx(scale)
        value = fonts.role_font(base, "value", strong=True)
        expected = base.pointSizeF() * 13 / 10
        assert value.pointSizeF() == pytest.approx(expected)
        assert value.weight() == 600
