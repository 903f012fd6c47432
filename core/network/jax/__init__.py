"""The network in JAX: what is compiled and trained."""
