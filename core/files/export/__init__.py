"""Networks written in the forms of other programs, read back and compared."""
