"""Optimisers on a surface: what the race panel is made of."""
