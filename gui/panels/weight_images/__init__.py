"""Units as pictures of their weights, and one unit opened large."""
