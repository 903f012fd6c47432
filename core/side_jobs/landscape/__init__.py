"""The loss over a plane through the weights, and the path of training in it."""
