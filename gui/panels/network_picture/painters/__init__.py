"""What paints the parts of the network picture: units, input, output, marks."""
