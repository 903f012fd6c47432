"""Makes the pictures of the documents, and compares them with the window of today."""
