"""Training as pure functions: state, step, batches, evaluation."""
