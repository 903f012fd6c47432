"""The dialog of the settings: each acts at once; and the keys of all actions."""
