"""The experiment as a document: what is in force, what is typed, and one undo."""
