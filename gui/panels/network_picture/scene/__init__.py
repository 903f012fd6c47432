"""The contents of the network picture and their layout."""
