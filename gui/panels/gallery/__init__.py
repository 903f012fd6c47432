"""Galleries of examples: thumbnails, filters, readings."""
