"""A run in a folder: written while it trains, read at any time."""
