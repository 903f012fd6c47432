"""Titles, formulas and explanations of optimisers and losses; no JAX."""
