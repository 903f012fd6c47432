"""The panel of lessons: a step with its texts, tasks and questions, or the list."""
