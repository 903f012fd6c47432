"""The way a run has come: key frames and changes from which any step is replayed."""
