"""What side jobs are asked for and what they answer; no JAX."""
