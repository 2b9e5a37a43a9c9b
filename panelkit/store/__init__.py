"""The record in SQLite: the only place that knows SQL."""
