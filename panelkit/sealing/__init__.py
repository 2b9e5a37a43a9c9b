"""What makes keys of passphrases: one place for records and for files that are handed over.

Nothing of it is our own cryptography: it comes from the ``cryptography`` library.
"""
