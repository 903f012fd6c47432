"""Gradient health: its log, and the pictures of it."""
