"""The frozen description of an experiment, its validation, and its TOML format."""
