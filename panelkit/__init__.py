"""panelkit runs MAPPA Level 2 and Level 3 panels and writes their minutes."""

__version__ = "0.1.0"
