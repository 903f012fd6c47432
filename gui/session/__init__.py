"""The state of the window: the run, the selection, and the user's interventions."""
