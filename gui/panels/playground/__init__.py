"""What a network makes of every point of a line or plane, and where its points lie."""
