"""Several runs in one plot."""
