"""What the user has set for the window: one frozen value, kept in a file."""
