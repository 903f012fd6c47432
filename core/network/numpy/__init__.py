"""The network in NumPy: values, costs and derivatives of single examples."""
