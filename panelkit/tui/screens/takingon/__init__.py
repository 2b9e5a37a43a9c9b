"""A live case taken on from its last Word minutes: which file, line by line, one line corrected."""
