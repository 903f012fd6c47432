"""Derivatives proved: autodiff, the explicit pass and central differences."""
