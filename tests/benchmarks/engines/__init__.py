"""Programs that take the same training steps, to compare their speed.

Each module has `make(problem)`, which gives a function that takes a number of steps
and returns when they are done.
"""
