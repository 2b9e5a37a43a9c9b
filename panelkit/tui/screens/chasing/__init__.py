"""Screens for what is chased between meetings."""
