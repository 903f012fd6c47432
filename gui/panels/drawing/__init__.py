"""The pad to draw digits on."""
