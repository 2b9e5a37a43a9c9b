"""Documents: a typed tree, and what writes it as Word, as text, and to disk."""
