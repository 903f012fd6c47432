"""The computing half of Glassbox: networks, training, data and files, without Qt.

Importing this package or its light modules (experiment, snapshot, messages,
network_spec, data.dataset) does not import JAX.
"""

__version__ = "0.1.0"
