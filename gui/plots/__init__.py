"""Thin pyqtgraph wrappers that own the drawing rules of the project."""

import pyqtgraph as pg

pg.setConfigOptions(imageAxisOrder="row-major", antialias=False)
