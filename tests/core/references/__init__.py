"""The same trainings written a second time, in plain NumPy and with PyTorch."""
