"""What stands across the window above the panels: a question and its answer."""
