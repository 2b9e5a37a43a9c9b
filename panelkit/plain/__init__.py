"""A meeting led line after line: for screen readers, braille displays and scripts."""
