"""The history of a run: key frames and changes from which any step is replayed."""
