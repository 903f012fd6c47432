"""Surfaces over a plane: their contours, their shape in space, and paths on them."""
