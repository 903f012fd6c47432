"""The dialog for own data: what was understood of a file, and how it is to be read."""
