"""From the text of a lesson to its values."""
