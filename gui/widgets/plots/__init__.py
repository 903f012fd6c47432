"""Plots with the project's drawing rules.

Only the curves are drawn by pyqtgraph, which takes long to import.
"""
