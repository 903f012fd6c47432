"""One folder for each feature; panels know the view, not each other."""
