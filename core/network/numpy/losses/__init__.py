"""Losses of one example: one record each, with formula, derivative and texts."""
