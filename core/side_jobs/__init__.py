"""Work besides training, done in short parts between two chunks of steps."""
