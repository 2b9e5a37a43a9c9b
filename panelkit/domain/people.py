"""People, their roles, and what each role may do: one table of data.

The table ``MAY`` is asked by the services before anything is done, printed in the manual, and
walked by tests. Roles are settable by nobody: who has which is. A role stops mistakes and leaves
evidence; it does not stop somebody who holds a key from reading the file with another program.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from panelkit.domain.vocabulary import Term


class Role(Term):
    """What somebody is to panelkit. One person may have several."""

    CHAIR = "chair", "Chair"
    MINUTE_TAKER = "minute_taker", "Minute taker"
    COORDINATOR = "coordinator", "Co-ordinator"
    READER = "reader", "Reader"
    LAY_ADVISER = "lay_adviser", "Lay adviser"
    ADMINISTRATOR = "administrator", "Administrator"


class Act(Term):
    """A kind of thing that somebody does."""

    ENTER = "enter", "open the record and change their own passphrase"
    READ = "read", "read meetings: minutes, gaps, history, documents that were issued"
    RECORD = "record", "write in the record of a meeting, and run it"
    CLOSE = "close", "close and reopen a meeting, approve minutes"
    DRAFT = "draft", "edit the draft, send it to the chair, take Word edits back"
    ISSUE = "issue", "issue and amend minutes, write and register copies"
    PLAN = "plan", "make cases, meetings and sittings"
    ANSWER = "answer", "answer requests from outside"
    CARRY = "carry", "take meetings out and in: packs and hand-overs"
    AUDIT = "audit", "audit minutes and chairing, write letters"
    OBSERVE = "observe", "observe a meeting: the lay adviser's sheet"
    FIGURES = "figures", "key figures, annual tables, trends and the board's page"
    CHASE = "chase", "remind organisations, escalate, say what was entered in ViSOR or MAPPS"
    AGREE = "agree", "accept changes of guidance and forms, or keep what was"
    COPY = "copy", "make copies of the record, look at them, check the record"
    PEOPLE = "people", "add and remove people, give roles, bar from a case"
    DISPOSE = "dispose", "propose and agree a disposal; two people, never one"


_R: Final = Role
MAY: Final = MappingProxyType(
    {
        Act.ENTER: frozenset(Role),
        Act.READ: frozenset({_R.CHAIR, _R.MINUTE_TAKER, _R.COORDINATOR, _R.READER}),
        Act.RECORD: frozenset({_R.CHAIR, _R.MINUTE_TAKER}),
        Act.CLOSE: frozenset({_R.CHAIR}),
        Act.DRAFT: frozenset({_R.CHAIR, _R.MINUTE_TAKER}),
        Act.ISSUE: frozenset({_R.CHAIR, _R.MINUTE_TAKER, _R.COORDINATOR}),
        Act.PLAN: frozenset({_R.CHAIR, _R.MINUTE_TAKER, _R.COORDINATOR}),
        Act.ANSWER: frozenset({_R.CHAIR, _R.MINUTE_TAKER, _R.COORDINATOR}),
        Act.CARRY: frozenset({_R.CHAIR, _R.MINUTE_TAKER, _R.COORDINATOR}),
        Act.AUDIT: frozenset({_R.COORDINATOR}),
        Act.OBSERVE: frozenset({_R.LAY_ADVISER, _R.COORDINATOR}),
        Act.FIGURES: frozenset({_R.COORDINATOR}),
        Act.CHASE: frozenset({_R.CHAIR, _R.MINUTE_TAKER, _R.COORDINATOR}),
        Act.AGREE: frozenset({_R.COORDINATOR}),
        Act.COPY: frozenset({_R.CHAIR, _R.MINUTE_TAKER, _R.COORDINATOR, _R.ADMINISTRATOR}),
        Act.PEOPLE: frozenset({_R.ADMINISTRATOR}),
        Act.DISPOSE: frozenset({_R.COORDINATOR, _R.ADMINISTRATOR}),
    }
)
"""For each act, the roles that may. Who approves *these* minutes is still their chair alone."""


class Access(Term):
    """What is said of one person and one case."""

    MEMBER = "member", "may open it; where there are members, nobody else may"
    BARRED = "barred", "may not open it, whatever the role"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works with the record."""

    id: str
    name: str
    roles: frozenset[Role]
    mark: str = ""
    """Hash of the public half of their key slot; blank for somebody without."""
    removed: bool = False
    is_recovery: bool = False
    """Whether it is nobody, but the sealed way in for when a passphrase is forgotten."""
    login: str = ""
    """What a server calls them; blank for somebody who opens records in files only."""
    revision: int = 1

    def may(self, act: Act) -> bool:
        """Whether one of the roles allows it."""
        return not self.removed and bool(self.roles & MAY[act])

    @property
    def role_words(self) -> str:
        """Their roles as people read them, in the order of the table."""
        return ", ".join(role.label.lower() for role in Role if role in self.roles) or "no role"


def roles_named(names: Iterable[str]) -> frozenset[Role]:
    """Roles by their value or label. Raises ValueError for another word."""
    known = {word: role for role in Role for word in (str(role), role.label.casefold())}
    known |= {word.replace("_", " "): role for word, role in known.items()}
    known["coordinator"] = Role.COORDINATOR
    found = set()
    for name in names:
        role = known.get(" ".join(name.replace("-", " ").split()).casefold()) or known.get(name)
        if role is None:
            raise ValueError(name)
        found.add(role)
    return frozenset(found)


def may_words(act: Act) -> str:
    """Who may do it, as people read it."""
    return ", ".join(role.label.lower() for role in Role if role in MAY[act])
