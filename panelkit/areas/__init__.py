"""What differs between areas, as data: read with ``loader``."""
