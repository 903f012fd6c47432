"""What the number lines panel is made of."""
