"""One panel a file; panels know the view, not each other."""
