"""The heart of the window: the run, the selection, and what the user does to them."""
