"""The languages of the window: those in files, and two that try out the layout."""
