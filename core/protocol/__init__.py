"""What crosses the border between the threads: frozen values and nothing else."""
