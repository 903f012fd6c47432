"""What optimisers, losses and schedules are called and do, for people; no JAX."""
