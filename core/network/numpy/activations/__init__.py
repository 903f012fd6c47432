"""Activation functions: one record each, with formula, slope and texts."""
