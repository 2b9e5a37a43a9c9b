"""What differs between areas, as data."""
