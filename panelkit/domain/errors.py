"""One family of errors, each written for the person at the desk.

PanelkitError
├── NotFound            no such case, meeting, file or entry
├── Refused             a rule of the work forbids it (Category 3 at Level 1, ...)
│   ├── PenElsewhere    the meeting is handed over: another desk writes in it
│   └── NotAllowed      the role of whoever works does not allow it
├── BadInput            a file or a value that cannot be read; names the place
├── StaleRecord         somebody else changed the same field meanwhile
│   └── StoredAfterAll  what was done last is in the record; only its answer was lost
├── NotSaved            the record could not be written; what was typed is kept
│   └── Unanswered      a server did not say whether it was
└── CannotWrite         a document could not be written; nothing half-written is left
"""

from __future__ import annotations

from typing import ClassVar


class PanelkitError(Exception):
    """Something the person at the desk can act on. Never holds case text."""

    title: ClassVar[str] = "That did not work"
    """A few words for the head of a dialog."""

    exit_code: ClassVar[int] = 2
    """What the command line returns: 2 is the person's mistake, 1 is "the answer is no"."""

    def __init__(self, message: str, *, remedy: str = "", title: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.heading = title or self.title

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, on one line."""
        return " ".join(part for part in (self.message, self.remedy) if part)


class NotFound(PanelkitError):
    """No such case, meeting, file or entry."""

    title = "Not found"


class Refused(PanelkitError):
    """A rule of the work forbids it."""

    title = "Not possible"


class PenElsewhere(Refused):
    """The meeting was handed over to another desk and is read-only here."""

    title = "Read-only here"


class NotAllowed(Refused):
    """No role of whoever opened the record allows it."""

    title = "Not yours to do"


class BadInput(PanelkitError):
    """A file or a value that cannot be read."""

    title = "Could not be read"


class StaleRecord(PanelkitError):
    """Somebody else changed the same field since it was shown.

    ``theirs`` and ``mine`` are both texts, so that a person can choose; they are
    attributes and never part of the message, which may reach a log.
    """

    title = "Changed by somebody else"

    def __init__(self, message: str, *, place: str, theirs: str = "", mine: str = "") -> None:
        super().__init__(message, remedy="Both texts are shown; choose one or combine them.")
        self.place = place
        self.theirs = theirs
        self.mine = mine


class StoredAfterAll(StaleRecord):
    """An act whose answer was lost is in the record: it is not done again unseen."""

    def __init__(self) -> None:
        super().__init__("What you did last was stored after all, once.", place="command")
        self.remedy = "It is shown as it is now; what you did just now was not done."


class NotSaved(PanelkitError):
    """The record could not be written. What was typed stays on screen."""

    title = "Not saved"


class Unanswered(NotSaved):
    """A server did not say whether it was stored. The next act finds out: it is done once."""


class CannotWrite(PanelkitError):
    """A document could not be written; nothing half-written is left behind."""

    title = "Could not be written"
