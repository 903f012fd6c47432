"""Source texts of the scripts and notebooks that are exported."""
