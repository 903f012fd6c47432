"""What crosses the border between the threads: only frozen values."""
