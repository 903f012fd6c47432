"""Worksheets from the window: how many, and which numbers."""
