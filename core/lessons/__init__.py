"""Lessons: texts with live numbers, scenes, questions and tasks, read from folders."""
