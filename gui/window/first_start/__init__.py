"""The first minute: what the program is, where to begin, and three hints."""
