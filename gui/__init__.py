"""The window of Glassbox: Qt widgets that draw what `core` computes.

Nothing here imports JAX; only `gui.session` talks to the runner thread.
"""
