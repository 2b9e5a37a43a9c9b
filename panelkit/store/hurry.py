"""Whether somebody waits meanwhile, so that nobody waits long; see :mod:`panelkit.store.reach`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

_HURRIED: ContextVar[bool] = ContextVar("hurried", default=False)
_PATIENT: ContextVar[bool] = ContextVar("patient", default=False)
_WATCHED: ContextVar[int] = ContextVar("watched", default=0)
"""Which thread draws the screen; a worker's context is a copy of it, and its thread another."""
P = ParamSpec("P")
R = TypeVar("R")


def is_hurried() -> bool:
    """Whether somebody types."""
    return _HURRIED.get() and not _PATIENT.get()


def is_patient() -> bool:
    """Whether a thread of its own does this, for which nobody waits."""
    return _PATIENT.get()


def is_watched() -> bool:
    """Whether somebody looks at a screen that stands still as long as this takes."""
    return is_hurried() or _WATCHED.get() == threading.get_ident()


def watched() -> None:
    """From now on this thread draws a screen."""
    _WATCHED.set(threading.get_ident())


@contextmanager
def patient() -> Iterator[None]:
    """A thread of its own does this, and nobody waits for it, whatever it calls."""
    before = _PATIENT.set(True)
    try:
        yield
    finally:
        _PATIENT.reset(before)


@contextmanager
def hurried() -> Iterator[None]:
    """Somebody is typing meanwhile."""
    before = _HURRIED.set(True)
    try:
        yield
    finally:
        _HURRIED.reset(before)


def in_a_hurry(step: Callable[P, R]) -> Callable[P, R]:
    """The same for everything that a function does."""

    @wraps(step)
    def hurrying(*args: P.args, **said: P.kwargs) -> R:
        with hurried():
            return step(*args, **said)

    return hurrying
