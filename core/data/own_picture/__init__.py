"""A picture of the user's own, as a network for images receives it."""
