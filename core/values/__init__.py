"""Plain values that everything else uses: sizes, parameters, errors."""
