"""The edges between layers, drawn by a thread of their own."""
