"""A planned meeting cancelled or postponed on screen; why an emergency panel was called."""
