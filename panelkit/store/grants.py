"""What each role may do with each table of a record on a server: one table of data.

It follows ``panelkit.domain.people.MAY``: an act needs some tables, a role may some acts. The
server is told the result when a record is made or upgraded, gives it to a login whenever its
person changes, and refuses everything else whatever program asks. A test walks every role against
every table and every kind of statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from panelkit.domain.people import MAY, Act, Role
from panelkit.store.tables import ENTRY_TABLES, OF_A_CASE, OF_A_MEETING

SELECT, INSERT, UPDATE, DELETE = "SELECT", "INSERT", "UPDATE", "DELETE"
VERBS: Final = (SELECT, INSERT, UPDATE, DELETE)
"""Everything that is ever granted; TRUNCATE, REFERENCES and TRIGGER are nobody's."""

_CONTENT: Final = frozenset(ENTRY_TABLES)
_HANGING: Final = frozenset(table.name for table in (*OF_A_MEETING, *OF_A_CASE))
OF_CASES: Final = _HANGING | {
    "case",
    "meeting",
    "audit_mark",
    "screening",
    "referral",
    "escalation",
    "allocation",
    "referred_again",
}
"""Tables whose rows belong to a case: hidden with it, and gone with it when it is let go."""
_ANYBODY: Final = frozenset(
    "alembic_version person chain_key command journal care granted baseline agreed".split()
)
_READ: Final = (OF_CASES - {"access"}) | frozenset(
    "agenda template sitting disposal audit_form board at_board manual_figure published reminder "
    "spoc".split()
)
_APPENDED: Final = frozenset(
    "superseded life issued template agenda audit_form published baseline".split()
)
"""Rows that are added and never changed: no role has UPDATE on them."""

NARROW: Final = {"meeting": frozenset({"state"})}
"""Columns that no login changes by itself: a function of the server does, which says from what to
what, for whom, and not without an entry in the journal (:mod:`panelkit.store.narrow`)."""


def said(table: str, verb: str, columns: Iterable[str]) -> str:
    """A verb as the server is told of it, for a table of these ``columns``."""
    if verb != UPDATE or table not in NARROW:
        return verb
    return f"{verb} ({', '.join(sorted(set(columns) - NARROW[table]))})"


def _on(verbs: str, *tables: str | frozenset[str]) -> Iterator[tuple[str, str]]:
    for named in tables:
        for table in named.split() if isinstance(named, str) else sorted(named):
            for verb in verbs.split():
                if verb != UPDATE or table not in _APPENDED:
                    yield table, verb


_WORDS: Final = (
    "answer superseded life agenda draft disagreement span outcome standing_action", _CONTENT,
)  # fmt: skip
"""What is written in the record of a meeting."""
_FOLLOWS: Final = tuple(_on("INSERT DELETE", "falls_due"))
"""What is worked out again whenever a meeting is stored: whoever stores one, does."""
NEEDS: Final = {
    act: tuple(needs)
    for act, needs in {
        Act.ENTER: (*_on("SELECT", _ANYBODY), *_on("INSERT", "command journal care")),
        Act.READ: (
            *_on("SELECT", _READ),
            *_on("INSERT UPDATE", "desk_position here_now"), *_on("DELETE", "here_now"),
        ),
        Act.RECORD: (*_on("INSERT UPDATE", *_WORDS), *_on("UPDATE", "meeting"), *_FOLLOWS),
        Act.CLOSE: (
            *_on("INSERT UPDATE", "life span outcome retention draft request"),
            *_on("UPDATE", "meeting"), *_FOLLOWS,
        ),
        Act.DRAFT: (
            *_on("INSERT UPDATE", "written", *_WORDS), *_on("UPDATE", "meeting"), *_FOLLOWS,
        ),
        Act.ISSUE: (
            *_on("INSERT UPDATE", "issued template dispatch life written draft"),
            *_on("UPDATE", "meeting"), *_FOLLOWS,
        ),
        Act.PLAN: (
            *_on(
                "INSERT UPDATE",
                "case meeting sitting sent_out referral screening put_off retention allocation referred_again", *_WORDS,
            ),
            *_on("SELECT INSERT UPDATE DELETE", "half_read"), *_FOLLOWS,
        ),
        Act.ANSWER: _on("INSERT UPDATE", "request issued template life draft"),
        Act.CARRY: (
            *_on(
                "INSERT UPDATE",
                "case meeting sitting referral screening put_off retention hand_over written dispatch "
                "issued template request audit audit_mark audit_form lay_sheet board at_board disposal",
                *_WORDS,
            ),
            *_FOLLOWS,
        ),
        Act.AUDIT: _on("INSERT UPDATE", "audit audit_mark audit_form lay_sheet written life draft"),
        Act.OBSERVE: _on("INSERT UPDATE", "audit audit_mark audit_form lay_sheet draft"),
        Act.FIGURES: _on(
            "INSERT UPDATE", "manual_figure published span outcome board at_board template"
        ),
        Act.CHASE: _on(
            "INSERT UPDATE", "reminder reminded escalation spoc entered", *_WORDS, "meeting draft"
        ),
        Act.AGREE: _on("INSERT UPDATE", "baseline agreed"),
        Act.COPY: _on("INSERT", "care"),
        Act.PEOPLE: (
            *_on("INSERT UPDATE", "person"), *_on("SELECT INSERT UPDATE DELETE", "access"),
        ),
        Act.DISPOSE: (
            *_on("INSERT UPDATE", "retention disposal"), *_on("UPDATE", "referral screening"),
            *_on(
                "SELECT",
                "case meeting disposal retention referral screening hand_over access allocation "
                "referred_again",
            ),
            *_on("SELECT DELETE", OF_CASES),
        ),
    }.items()
}  # fmt: skip
"""For each act, the tables and verbs that its services use."""
NOT_HERE: Final = frozenset({Role.LAY_ADVISER})
"""Roles without a login on a server: a lay adviser's observations come on the sheet in Word, since
what they may see of a meeting is less than any table holds."""


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """One role, one table, one verb."""

    role: str
    table: str
    verb: str


def grants() -> tuple[Grant, ...]:
    """Every grant of every role that works on a server, in order."""
    return tuple(sorted({grant for role in Role if role not in NOT_HERE for grant in _of(role)}))


def _of(role: Role) -> Iterable[Grant]:
    for act, needs in NEEDS.items():
        # What goes with a disposal has to be seen to go: somebody who reads no case carries none out.
        if role in MAY[act] and (act is not Act.DISPOSE or role in MAY[Act.READ]):
            yield from (Grant(str(role), table, verb) for table, verb in needs)


def may(roles: Iterable[Role], table: str, verb: str) -> bool:
    """Whether somebody with these roles may do that to a table, before it is asked of which rows."""
    return any(Grant(str(role), table, verb) in _ALL for role in roles)


_ALL: Final = frozenset(grants())
