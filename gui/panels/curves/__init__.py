"""The data behind the curves: bounded series, decimation, smoothing, export."""
