"""Several experiments trained side by side, step by step together."""
