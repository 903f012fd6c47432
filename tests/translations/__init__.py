"""The texts for translators: `python -m tests.translations LANGUAGE`."""
