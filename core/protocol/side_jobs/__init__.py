"""Requests and results of side jobs; no JAX."""
