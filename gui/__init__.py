"""The window of Glassbox: Qt widgets that draw what `core` computes.

Nothing here imports JAX; only `gui.session.session` talks to the runner thread.
"""

import os

# NumPy's products are small here, but the threads of its OpenBLAS go on spinning for a
# while after each one and take that time from training and drawing: at 784-2048-2048-10
# a frame takes a third longer. It has to be said before NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
