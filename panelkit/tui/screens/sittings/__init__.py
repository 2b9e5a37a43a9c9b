"""Capacity against demand, and what is sent out for a sitting."""
