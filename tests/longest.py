"""Tests that take longest, so that they begin first.

A worker that takes up a test of two minutes when all else is done is waited for by nobody's
work. Begun first, the long ones run beside all the short ones, and the workers end together.
A name that no test has fails in ``tests/test_longest.py``; a long test that is missing here
costs nothing but time.
"""

from __future__ import annotations

from typing import Final

import pytest

LONGEST: Final = (
    "tests/walks/test_on_screen.py",
    "tests/walks/test_by_lines.py",
    "tests/tui/test_every_screen.py::test_rv07_no_screen_passes_a_command_to_the_terminal",
    "tests/tui/test_every_screen.py::test_rv06_every_screen_shows_words_as_they_are",
    "tests/tui/test_write_failures.py::test_rv16_what_cannot_be_written_is_said_kept_and_saved_later",
    "tests/tui/test_program.py::test_rv01_kill_9_loses_at_most_two_seconds_and_returns_to_the_same_item",
    "tests/tui/test_mask_everywhere.py::test_rv18_no_screen_shows_what_is_not_open",
    "tests/server/test_faults.py::test_rv01_on_a_server_killed_in_mid_save_100_times_loses_nothing_and_doubles_nothing",
    "tests/tui/test_lock.py::test_rv18_nothing_typed_is_lost_by_fifty_locks",
    "tests/tui/test_program.py",
    "tests/tui/test_terminal.py",
)
"""The start of a test's name, longest first."""


def place(node: str) -> int:
    """When a test begins: its place in the list; after it, all in the order they stand in."""
    return next((n for n, name in enumerate(LONGEST) if node.startswith(name)), len(LONGEST))


def longest_first(items: list[pytest.Item]) -> None:
    """Put the tests of a session in the order in which they begin."""
    items.sort(key=lambda item: place(item.nodeid))
