"""Which kind of list a table holds, told by its column headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from panelkit.documents.foreign.topics import plain


@dataclass(frozen=True, slots=True)
class Listing:
    """A kind of list that minutes hold as a table."""

    kind: str
    columns: dict[str, tuple[str, ...]]
    """What each column is called; the first name that fits counts."""
    needs: tuple[tuple[str, ...], ...]
    """Of each group at least one column must be there."""


def _columns(**names: str) -> dict[str, tuple[str, ...]]:
    return {key: tuple(name.strip() for name in said.split(",")) for key, said in names.items()}


_NUMBER: Final = "no, number, ref, item no, action no, reference"

LISTINGS: Final[tuple[Listing, ...]] = (
    Listing(
        "discussion",
        _columns(
            action="action, actions, action by, action points, actions agreed, action owner",
            discussion="discussion, notes, minutes, minute, summary of discussion, discussion points, key points, points discussed, issues discussed, discussion notes, detail, details, comments",
            item="item, agenda item, topic, subject, heading, section",
            number=_NUMBER,
        ),
        (("action",), ("discussion",)),
    ),
    Listing(
        "actions",
        _columns(
            number=_NUMBER,
            due="due, due date, by when, when, deadline, date due, timescale, target date, completion date, date for completion, complete by, timeframe, target, finish by, done by, deliver by, review date, date",
            owner="owner, by whom, who, responsible, person responsible, lead, action owner, responsibility, assigned to, allocated to, action by, lead person, named person, lead officer, responsible person, owned by, who will do this, person, for action by, named lead",
            organisation="agency, organisation, lead agency, service",
            outcome="outcome, update, progress, result, comments",
            status="status, completed, complete, done, completed y n, open closed",
            why="why, reason, purpose, risk addressed, risk, rationale",
            action="action, actions, action required, action agreed, agreed action, task, tasks, to do, action point, what, action to be taken, actions agreed, agreed actions",
        ),
        (("action",), ("owner", "due", "outcome", "status", "organisation")),
    ),
    Listing(
        "attendance",
        _columns(
            name="name, attendee, attendees, member, invitee, names, person",
            role="role, title, job title, position, grade, designation, rank, post, role grade, job role",
            organisation="agency, organisation, organization, representing, from, service, department, team, agency organisation, company",
            status="attended, present, attendance, present apologies, status, apologies, in attendance, attending",
            email="email, e mail, contact, contact details, telephone",
        ),
        (("name", "organisation"), ("organisation", "role", "status")),
    ),
    Listing(
        "risk",
        _columns(
            group="group, risk to, at risk, who is at risk, who, risk group, to whom, category of risk, risk of serious harm to",
            level="rating now, now, level, rating, risk level, level of risk, rosh level, rosh, low medium high very high, current level, assessed level, current",
            because="reason, because, rationale, reasons, evidence, why, comments, justification, details, nature",
            change="change, previous, last, last time",
        ),
        (("group",), ("level",)),
    ),
    Listing(
        "decisions",
        _columns(
            number=_NUMBER,
            decision="decision, decisions, decision made, decision agreed, decision of the panel, agreed",
            because="reason, rationale, because, reasons, why, justification, reasoning, rationale for decision",
            decided_by="decided by, made by, by whom, agreed by, who",
        ),
        (("decision",), ("because", "decided_by")),
    ),
    Listing(
        "plan",
        _columns(
            number=_NUMBER,
            measure="measure, measures, risk management action, control, intervention",
            risk="risk it answers, risk addressed, risk, which risk",
            owner="organisation and owner, owner, agency, agency and owner, by whom, who, organisation, lead agency, responsible",
            standard="frequency or standard, frequency, standard, how often, timescale, when, start, review",
        ),
        (("measure",), ("owner", "standard", "risk")),
    ),
    Listing(
        "contingency",
        _columns(trigger="if, trigger, scenario, event", response="then, response, action", owner="who, owner, by whom, agency", within="within, by when, timescale"),
        (("trigger",), ("response",)),
    ),
    Listing(
        "information",
        _columns(
            organisation="organisation, agency, service",
            said="what was said, information, summary, update, contribution, information shared, details, comments, report",
            kind="kind, type, fact intel opinion",
            source="source",
            new="new",
            name="given by, provided by, name",
        ),
        (("organisation",), ("said",)),
    ),
    Listing(
        "tools",
        _columns(tool="tool, assessment, assessment tool", result="score or band, score, band, result, outcome, level", on="date, date completed", by="by, assessor, completed by"),
        (("tool",), ("result",)),
    ),
    Listing(
        "dates",
        _columns(event="event, key date, milestone, type of date", on="date, when", source="source"),
        (("event",), ("on",)),
    ),
)  # fmt: skip
_LONGEST: Final = 6
_FOR_ACTION: Final = ("action", "actions", "for action", "action by", "action for")
"""Stands alone over the last column of some minutes."""
_FILLING: Final = frozenset(
    "a agency agreed and any at be by code date details for full grade if in job meeting mappa n name names no number of "
    "one or organisation person sentence required responsible role s taken that the title to was when who will y yes".split()
)
"""Words that may stand around the name of a column."""


@dataclass(frozen=True, slots=True)
class Header:
    """A row of column headings."""

    kind: str
    names: tuple[str, ...]
    """What each cell of the row is; blank for one that is not known."""


def header_of(cells: Sequence[str]) -> Header | None:
    """The list that a row of headings begins; None where the row is none."""
    words = [plain(cell) for cell in cells]
    filled = [each for each in words if each]
    if len(words) > 2 and filled == words[-1:] and filled[0] in _FOR_ACTION:
        return Header("discussion", (*("",) * (len(words) - 3), "item", "discussion", "action"))
    if len(filled) < 2 or any(len(each.split()) > _LONGEST for each in filled):
        return None
    best: Header | None = None
    for listing in LISTINGS:
        names = _named(words, listing)
        enough = all(any(each in names for each in group) for group in listing.needs)
        two = sum(bool(name) for name in names) >= 2
        most = _known(names) * 2 >= len(filled)
        if enough and two and most and (best is None or _known(names) > _known(best.names)):
            best = Header(listing.kind, tuple(names))
    return best


def _known(names: Sequence[str]) -> int:
    return sum(bool(name) for name in names)


def _says(cell: str, phrase: str) -> bool:
    """Whether a heading is ``phrase``, with nothing around it but filling words."""
    if cell == phrase:
        return True
    found = re.search(rf"\b{phrase}\b", cell)
    around = f"{cell[: found.start()]} {cell[found.end() :]}".split() if found else ["-"]
    return all(word in _FILLING for word in around)


def _named(words: Sequence[str], listing: Listing) -> list[str]:
    names: list[str] = []
    for cell in words:
        fits = [
            (len(phrase), key)
            for key, phrases in listing.columns.items()
            for phrase in phrases
            if key not in names and _says(cell, phrase)
        ]
        names.append(max(fits, key=lambda fit: fit[0])[1] if cell and fits else "")
    return names
