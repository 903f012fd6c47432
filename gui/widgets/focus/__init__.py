"""Who has the focus, where Tab leads, and who gets a key."""
