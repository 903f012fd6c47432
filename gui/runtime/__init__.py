"""Workarounds for Python, Qt and the C library, and threads for the window."""
