"""What painted pictures tell assistive technology, and when.

A picture has a method `described` that gives a tree of `Part`s. Nothing calls it until
a screen reader asks, so painting costs the same with and without one.
"""
