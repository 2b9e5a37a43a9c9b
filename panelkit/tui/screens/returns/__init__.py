"""Returns of organisations before a meeting, on screen."""
