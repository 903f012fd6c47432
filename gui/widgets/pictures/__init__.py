"""Image widgets: tiles, weight images, colour scales."""
