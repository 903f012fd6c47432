"""The table of what each example of a batch asks for: rows, printing, painting."""
