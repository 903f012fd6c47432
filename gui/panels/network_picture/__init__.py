"""The picture of the whole network: columns of units and every edge between them."""
