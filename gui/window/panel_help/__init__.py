"""The "?" of each panel: what it is, its formula, and the lesson that explains it."""
