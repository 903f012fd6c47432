"""What a visible panel may ask the runner to read beside the parameters."""
