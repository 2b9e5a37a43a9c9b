"""Tests of the documents layer."""
