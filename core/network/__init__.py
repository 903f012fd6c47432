"""The fully connected network: a part in NumPy, and the part in JAX that trains."""
