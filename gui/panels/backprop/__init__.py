"""The backward pass of one example laid open: stages, their tables, and formulas."""
