"""Films of a run: a panel at one recorded step after the other."""
