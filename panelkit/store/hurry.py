"""Whether somebody types meanwhile, so that nobody waits long; see :mod:`panelkit.store.reach`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

_HURRIED: ContextVar[bool] = ContextVar("hurried", default=False)
P = ParamSpec("P")
R = TypeVar("R")


def is_hurried() -> bool:
    """Whether somebody does."""
    return _HURRIED.get()


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
