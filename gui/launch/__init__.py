"""How the program starts: with a window, without a display, as a command."""
