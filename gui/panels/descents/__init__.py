"""Pictures of the full gradient beside a batch's, and of where both lead."""
