"""What somebody may do is asked before it is done: every verb of every service names its act.

    @acting(Act.RECORD, close=Act.CLOSE, load=Act.READ)
    class Chairing: ...

The acts and roles are one table (``domain.people.MAY``). Where identity is only claimed, in a
record without passphrases, nothing is refused: a claim proves nothing, and the screen says so.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, Final, TypeVar

from panelkit.domain.errors import NotAllowed
from panelkit.domain.people import Act, Person, may_words
from panelkit.store.record import Record

_C = TypeVar("_C", bound=type)
_FREE: Final = frozenset({"by", "today", "needs_record"})
"""Verbs that read nothing of the record."""


def must_may(record: Record | None, act: Act) -> None:
    """Raises NotAllowed where whoever opened the record may not."""
    person = record.me_lately if record is not None else None
    if record is not None and person is not None and not person.may(act):
        person = record.me_anew()  # a role that was just given is not refused
    if person is not None and not person.may(act):
        raise NotAllowed(refusal(person, act), remedy="Ask an administrator of the record.")


def refusal(person: Person, act: Act) -> str:
    """Why not, in words."""
    return (
        f"{person.name}, {person.role_words}, may not {act.label}. That is for: {may_words(act)}."
    )


def acting(default: Act, **others: Act) -> Callable[[_C], _C]:
    """Each public verb of a class asks for its act first; ``others`` are those with one of their
    own. A class that is built on another has its own acts for what it inherits as well.
    """

    def of(cls: _C) -> _C:
        public = {
            name: found
            for name, found in inspect.getmembers(cls, inspect.isfunction)
            if not name.startswith("_") and name not in _FREE
        }
        missing = others.keys() - public.keys()
        if missing:
            msg = f"{cls.__name__} has no {', '.join(sorted(missing))}"
            raise ValueError(msg)
        cls.ACTS = {name: others.get(name, default) for name in public}  # type: ignore[attr-defined]
        for name in public:
            own = cls.__dict__.get(name)
            if own is not None:
                setattr(cls, name, _asking(own, name))
        return cls

    return of


def _asking(verb: Callable[..., Any], name: str) -> Callable[..., Any]:
    @functools.wraps(verb)
    def asked(self: Any, /, *args: Any, **said: Any) -> Any:
        # ``_record`` is None where a service works on a pack: then there is nobody to ask.
        record = self._record if hasattr(self, "_record") else self.record
        act = type(self).ACTS[name]
        must_may(record, act)
        try:
            return verb(self, *args, **said)
        except NotAllowed:
            # The server refused what was allowed as far as was known: where it is for a role that was
            # taken away meanwhile, that is what is said.
            if record is not None and record.is_on_server:
                record.me_anew()
                must_may(record, act)
            raise

    return asked
