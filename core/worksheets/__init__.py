"""Printable sheets: numbers to be computed by hand, with their answers."""
