"""What the runner reads for visible panels besides the parameters."""
