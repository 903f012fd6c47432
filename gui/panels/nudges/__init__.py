"""The table of nudges: rows of all parameters, their words, order and filter."""
