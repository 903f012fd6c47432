"""What the proof panel is made of."""
