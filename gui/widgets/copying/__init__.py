"""Copying what is shown: one way for numbers, rows, tables and pictures."""
