"""What the window tells its user: one bar, and one list of all that was told."""
