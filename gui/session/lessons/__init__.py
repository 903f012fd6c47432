"""A lesson in the window: where the reader is, what was done, and the scenes."""
