"""The window without a user: screenshots, and a run where there is no display."""
