"""The gradient of all examples beside that of a batch, and where each leads."""
