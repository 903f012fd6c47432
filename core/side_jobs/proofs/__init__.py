"""Proofs of derivatives: autodiff, the explicit pass and central differences."""
