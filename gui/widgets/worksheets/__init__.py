"""Worksheets of the core, drawn on paper."""
