"""Lessons in the window: the bar at its side, scenes, keys, and what is pointed at."""
