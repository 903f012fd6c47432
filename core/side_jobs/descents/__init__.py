"""The gradient of all examples and of a batch, and descent along each."""
