"""Checkpoints: a run in a file, from which it goes on to the bit."""
