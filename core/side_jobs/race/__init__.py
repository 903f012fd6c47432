"""Optimisers side by side on a surface over the plane."""
