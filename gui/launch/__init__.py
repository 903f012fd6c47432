"""The start of the program: with a window, without a display, as a command."""
