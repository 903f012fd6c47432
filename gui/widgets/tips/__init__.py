"""Tooltips: one window for all of them, where it stands, and when it comes."""
