"""Practising: apart from every record, and told item by item."""
