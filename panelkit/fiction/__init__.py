"""Invented areas, cases and minutes, for tests, demonstration and measuring.

Who lives in it and what is said stands in ``world.toml`` and ``words.toml``; what happens to
whom follows from a seed. Nobody and nothing in it is real.
"""
