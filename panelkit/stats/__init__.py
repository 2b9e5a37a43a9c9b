"""Figures worked out from plain rows: nothing here knows where they are stored or shown."""
