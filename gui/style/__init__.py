"""How the window looks and prints: colours, number formats, labels."""
