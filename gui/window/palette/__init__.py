"""The command palette: what can be set, looked at and done, found by typing."""
