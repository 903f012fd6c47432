"""Plain values that everything else is said in: sizes, parameters, errors."""
