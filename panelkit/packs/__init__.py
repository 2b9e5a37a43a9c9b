"""A meeting as a TOML file."""
