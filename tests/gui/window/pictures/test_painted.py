"""Pictures for files: as large as asked for, and of real lines and text."""

import base64
import re
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.panels.network_picture.network_panel import NetworkPanel
from gui.style import theme
from gui.style.look import Look, Wanted
from gui.style.picture_pass import EMBEDDED_RATIO, PicturePass, for_file
from gui.widgets.plots.curve_plot import CurvePlot
from gui.window.pictures.painted import (
    MOST_PIXELS,
    PictureError,
    as_image,
    as_pdf,
    as_svg,
    problem_of,
)
from gui.window.pictures.svg_text import with_plain_strokes
from tests.gui.support.network_pictures import pixels_of, shown_panel
from tests.gui.support.sample_views import sample_view

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def panel(qtbot: QtBot) -> NetworkPanel:
    return shown_panel(qtbot)


@pytest.fixture
def deep_panel(qtbot: QtBot) -> NetworkPanel:
    """More edges than a file holds as lines."""
    return shown_panel(qtbot, sample_view(hidden=(30,)))


def texts_of(svg: bytes) -> set[str]:
    tree = ElementTree.fromstring(svg)
    return {(one.text or "").strip() for one in tree.iter(f"{SVG}text")}


def count_of(svg: bytes, name: str) -> int:
    return len(list(ElementTree.fromstring(svg).iter(f"{SVG}{name}")))


def drawing_of(pdf: bytes) -> bytes:
    """What the page of a PDF file draws, and whatever else can be unpacked."""
    found = b""
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found += zlib.decompressobj().decompress(stream)
        except zlib.error:
            found += stream
    return found


@pytest.mark.parametrize("scale", [1, 3])
def test_a_png_has_the_size_of_the_panel_times_the_scale(
    panel: NetworkPanel, scale: int
) -> None:
    image = as_image(panel, PicturePass(scale))
    assert image.size() == panel.size() * scale
    assert not image.hasAlphaChannel()


def test_a_larger_picture_shows_the_same_in_finer_pixels(panel: NetworkPanel) -> None:
    panel.canvas.clearFocus()
    screen = pixels_of(panel.grab().toImage()).astype(int)
    large = as_image(panel, PicturePass(2)).scaled(panel.size())
    assert np.abs(pixels_of(large) - screen).mean() < 6


def test_a_transparent_picture_has_no_ground_and_all_its_ink(
    panel: NetworkPanel,
) -> None:
    image = as_image(panel, PicturePass(1, is_transparent=True))
    alphas = np.array(
        [image.pixelColor(x, y).alpha() for x in range(0, 900, 9) for y in (2, 320)]
    )
    assert (alphas == 0).sum() > 50
    assert alphas.max() > 200
    # On the plane it is the picture that has one.
    plane = theme.colour(theme.colours_of(panel).plane)
    on_plane = QImage(panel.canvas.size(), QImage.Format.Format_RGB32)
    on_plane.fill(plane)
    with QPainter(on_plane) as painter:
        alone = as_image(panel.canvas, PicturePass(1, is_transparent=True))
        painter.drawImage(0, 0, alone)
    opaque = pixels_of(as_image(panel.canvas, PicturePass(1))).astype(int)
    assert np.abs(pixels_of(on_plane) - opaque).max() < 12


def test_an_svg_holds_its_words_as_text_and_each_edge_as_a_line(qtbot: QtBot) -> None:
    view = sample_view(hidden=(4,))
    panel = shown_panel(qtbot, view)
    one = PicturePass(is_vector=True)
    svg = as_svg(panel, one, "network, step 300")
    assert {"Hidden 1", "Output", "Input"} <= texts_of(svg)
    drawn = count_of(svg, "polyline") + count_of(svg, "line")
    last = view.params[-1][0]
    assert drawn >= last.size
    assert one.remarks == []
    assert b"network, step 300" in svg


def test_more_edges_than_a_file_holds_are_a_picture_and_it_says_so(
    deep_panel: NetworkPanel,
) -> None:
    one = PicturePass(is_vector=True)
    svg = as_svg(deep_panel, one, "")
    edges = sum(w.size for w, _ in sample_view(hidden=(30,)).params)
    assert one.remarks == [
        f"{edges:,} edges are an embedded picture; up to 20,000 are lines"
    ]
    data = re.findall(rb"base64,([^\"]+)", svg)
    images = [QImage.fromData(base64.b64decode(one)) for one in data]
    finest = EMBEDDED_RATIO * deep_panel.canvas.width()
    assert max(image.width() for image in images) == finest


@pytest.fixture
def inter(qapp: object) -> Iterator[None]:
    """The program's own font, with its figures of one width."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    font, palette = app.font(), app.palette()
    Look(app).use(Wanted("light"))
    yield
    app.setStyleSheet("")
    app.setFont(font)
    app.setPalette(palette)


@pytest.mark.usefixtures("inter")
def test_the_figures_of_a_pdf_can_be_searched_for(qtbot: QtBot) -> None:
    label = QLabel("\N{MINUS SIGN}12.34 %")
    qtbot.addWidget(label)
    label.show()
    pdf = as_pdf(label, PicturePass(is_vector=True), "label")
    assert pdf.startswith(b"%PDF-")
    maps = b"".join(re.findall(rb"begincmap.*?endcmap", pdf, re.DOTALL))
    codes = {int(code, 16) for code in re.findall(rb"<([0-9A-F]{4})>", maps)}
    assert {ord(one) for one in label.text().replace(" ", "")} <= codes
    assert not [code for code in codes if 0xE000 <= code < 0xF900]


def test_a_pdf_draws_lines_and_text(qtbot: QtBot) -> None:
    view = sample_view(hidden=(4,))
    panel = shown_panel(qtbot, view)
    drawn = drawing_of(as_pdf(panel, PicturePass(is_vector=True), ""))
    assert len(re.findall(rb"\bTj\b", drawn)) > 20
    assert len(re.findall(rb"\bl\s+S\b|\bl\b", drawn)) >= view.params[-1][0].size


def test_what_is_scrolled_out_of_sight_is_not_seen_in_a_vector_file(
    qtbot: QtBot,
) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    outer.resize(100, 40)
    inside = QLabel("in sight", outer)
    inside.move(5, 5)
    far = QLabel("far away", outer)
    far.move(5, 300)
    outer.show()
    svg = as_svg(outer, PicturePass(is_vector=True), "")
    assert texts_of(svg) == {"in sight"}
    assert b"clipPath" in svg


def test_curves_of_an_svg_need_no_program_that_knows_fixed_widths(
    qtbot: QtBot,
) -> None:
    plot = CurvePlot("Loss", "Loss")
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    plot.plot([0.0, 1.0, 2.0], [0.0, 900.0, 100.0])
    plot.show()
    svg = as_svg(plot, PicturePass(is_vector=True), "")
    assert b"non-scaling-stroke" not in svg
    points = [
        [
            float(number)
            for pair in line.get("points", "").split()
            for number in pair.split(",")
        ]
        for line in ElementTree.fromstring(svg).iter(f"{SVG}polyline")
    ]
    # Of the picture, and no longer of the curve.
    assert points
    assert max(max(one) for one in points if one) <= 310


def test_a_line_of_fixed_width_is_written_as_it_lies_in_the_picture() -> None:
    line = (
        '<polyline fill="none" vector-effect="non-scaling-stroke" points="1,2 3,4 "/>'
    )
    group = f'<g stroke="#000" transform="matrix(10,0,0,-5,7,100)" x="">{line}</g>'
    plain = with_plain_strokes(group)
    assert 'points="17,90 37,80 "' in plain
    assert "matrix" not in plain
    assert "vector-effect" not in plain


def test_a_picture_beyond_the_memory_is_refused_with_its_number() -> None:
    assert problem_of(QSize(1000, 1000), 8) == ""
    said = problem_of(QSize(3840, 2160), 8)
    assert "30,720" in said
    assert "530,841,600 pixels" in said
    assert f"{MOST_PIXELS:,}" in said
    assert said.endswith("3x fits")


def test_a_picture_that_is_too_large_is_not_begun(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(3840, 2160)
    with pytest.raises(PictureError, match="530,841,600"):
        as_image(widget, PicturePass(8))
    assert for_file() is None
