"""A meeting as a TOML file: read with ``reader``, written with ``writer``."""
