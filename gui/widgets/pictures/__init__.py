"""Small pictures: tiles, weight images, colour scales."""
