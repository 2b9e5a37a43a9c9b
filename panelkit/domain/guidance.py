"""What guidance and forms say, what an area agreed to of it, and what has changed since.

    changes(provisions_now, agreed_of(baseline, decisions))

A **provision** is one thing that is said somewhere: a figure, a setting, the words of an agenda
item, a rule of the audit, a heading of a form. It has a **place**, a dotted name that stays the same
from version to version. What an area agreed to begins with a baseline, which nobody was asked about,
and goes on with decisions: *accepted*, the new words hold; *kept*, the old ones hold here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from panelkit.domain.fields import how_many, long_date
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import Term

BENEATH: Final = "national/"
"""Begins the place of what is said beneath a value that the area's own file says."""
ABSENT: Final = ""
"""The value of a provision that is not there."""


class Part(Term):
    """Of what a provision is part."""

    AGENDA = "agenda", "Agenda"
    FIGURES = "figures", "Figures and dates"
    SETTINGS = "settings", "Settings"
    TARGETS = "targets", "Targets"
    AUDIT = "audit", "Audit"
    WORDS = "words", "Words pointed out"
    FORMS = "forms", "Forms"


class What(Term):
    """What became of a provision."""

    CHANGED = "changed", "changed"
    ADDED = "added", "new"
    REMOVED = "removed", "gone"


class Decided(Term):
    """What an area decided of a change."""

    ACCEPTED = "accepted", "accepted"
    KEPT = "kept", "kept local"


@dataclass(frozen=True, slots=True)
class Provision:
    """One thing that is said."""

    place: str
    """``timescales.minutes_l2_working_days``, ``agenda.A9.say``."""
    part: Part
    title: str
    """What people call it."""
    value: str
    """As JSON, the same text for the same value; see :func:`said`."""
    source: str = ""
    """Where it comes from, with its mark; blank where nothing says."""
    stands_in: str = ""
    """The file, or the program, that says it."""
    is_own: bool = False
    """Whether the area's own file, or its own folder of templates, says it."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was said when the record first looked: nobody was asked whether they agree."""

    id: str
    area: str
    at: datetime
    who: str
    """Who worked then."""
    program: str
    """Which panelkit it was."""
    body: str
    """Every place with its value and source, as :func:`body_of` writes them."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one change."""

    id: str
    number: int
    area: str
    place: str
    title: str
    decided: Decided
    was: str
    """What was agreed before, as JSON; blank for nothing."""
    was_source: str
    now: str
    """What it was changed to, as JSON; blank for nothing."""
    now_source: str
    reason: str
    """Why it is kept; blank where it was accepted without a word."""
    withdrawn: str
    """Why the decision was taken back; blank while it stands."""
    typed_by: str
    typed_at: datetime
    revision: int = 1

    @property
    def is_live(self) -> bool:
        """Whether it stands."""
        return not self.withdrawn

    @property
    def on(self) -> date:
        """The day it was decided."""
        return room_day(self.typed_at)

    @property
    def kept_words(self) -> str:
        """``kept local since 3 June 2026 because …``, where it is."""
        return f"kept local since {long_date(self.on)} because {self.reason}"

    @property
    def kept_source(self) -> str:
        """The source of what is kept, with that: it is printed wherever a source is."""
        return "; ".join(part for part in (self.was_source, self.kept_words) if part)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What an area agreed to of one place."""

    value: str
    """What holds here."""
    source: str
    looked_at: tuple[str, str]
    """Value and source of what was said when somebody last decided: a change is told from it."""
    since: datetime
    who: str
    decision: Decision | None = None
    """None where it stands in the baseline, of which nobody was asked."""

    @property
    def kept(self) -> Decision | None:
        """The decision to keep it, where it is kept local."""
        one = self.decision
        return one if one is not None and one.decided is Decided.KEPT else None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was agreed."""

    place: str
    part: Part
    title: str
    what: What
    was: str
    was_source: str
    now: str
    now_source: str
    stands_in: str = ""
    is_own: bool = False
    beneath: bool = False
    """Whether the area's own value rules, and this is what is beneath it."""
    kept: Decision | None = None
    """The decision by which the words before are kept, where they are."""
    within: tuple[Change, ...] = ()
    """What goes with it: the words of an item that is new."""

    @property
    def only_source(self) -> bool:
        """Whether nothing but the source changed."""
        return self.was == self.now

    @property
    def holds(self) -> str:
        """Which words hold until somebody decides."""
        if self.beneath:
            return "Your area says its own, which holds; the national one changed."
        if self.kept is not None:
            return f"It is {self.kept.kept_words}: until somebody decides again, that holds."
        return "What it says now holds already, until somebody keeps what was."

    @property
    def was_words(self) -> str:
        """What it said, as people read it; blank for nothing."""
        return said(self.was)

    @property
    def now_words(self) -> str:
        """What it says now; blank for nothing."""
        return said(self.now)


# -- values ---------------------------------------------------------------------------------


def value_of(value: Any) -> str:
    """A value as JSON, the same text for the same value. A date is ``{"day": …}``."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return str(value)


def read_value(text: str) -> Any:
    """The inverse of :func:`value_of`; None for a blank."""
    return json.loads(text, object_hook=_dated) if text else None


def _dated(found: dict[str, Any]) -> Any:
    return date.fromisoformat(found["day"]) if list(found) == ["day"] else found


def said(text: str) -> str:
    """A stored value as people read it: a list on lines of its own, yes and no, a date in words."""
    return _said(read_value(text))


def _said(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case date():
            return long_date(value)
        case dict():
            lines = ((key.replace("_", " "), _said(each)) for key, each in value.items())
            return "\n".join(f"{key}: {words}" for key, words in lines if words)
        case list():
            return "\n".join(map(_said, value))
        case _:
            return str(value)


def body_of(provisions: Iterable[Provision]) -> str:
    """Provisions as a baseline keeps them."""
    return value_of({one.place: [one.part, one.title, one.value, one.source] for one in provisions})


# -- what was agreed, and what changed since -------------------------------------------------


def agreed_of(
    baseline: Baseline | None, decisions: Sequence[Decision]
) -> dict[str, tuple[Part, str, Agreed]]:
    """By place, its part, its title and what was agreed; without a baseline nothing was.

    Decisions count in the order of their numbers; one that was taken back does not count.
    """
    if baseline is None:
        return {}
    found: dict[str, tuple[Part, str, Agreed]] = {}
    for place, (part, title, value, source) in json.loads(baseline.body).items():
        here = Agreed(value, source, (value, source), baseline.at, baseline.who)
        found[place] = (Part(part), title, here)
    for one in sorted(decisions, key=lambda d: d.number):
        if not one.is_live:
            continue
        part = found[one.place][0] if one.place in found else part_of(one.place)
        if one.decided is Decided.KEPT:
            holds = (one.was, one.was_source)
        elif one.now == ABSENT:
            found.pop(one.place, None)
            continue
        else:
            holds = (one.now, one.now_source)
        looked = (one.now, one.now_source)
        found[one.place] = (
            part,
            one.title,
            Agreed(*holds, looked, one.typed_at, one.typed_by, one),
        )
    return found


def kept_of(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """What holds against a change, by its place; decisions in the order of their numbers."""
    found: dict[str, Decision] = {}
    for one in decisions:
        if one.is_live:
            found.pop(one.place, None)
            if one.decided is Decided.KEPT:
                found[one.place] = one
    return found


def changes(
    now: Iterable[Provision], agreed: Mapping[str, tuple[Part, str, Agreed]]
) -> tuple[Change, ...]:
    """What is not as somebody last looked at it, in the order of the provisions; what is gone last.

    The words of an item that is new, or gone, go with the item. What is beneath a value of the
    area's own is told only where it changed.
    """
    if not agreed:
        return ()
    found: list[Change] = []
    here = {one.place: one for one in now}
    for place, one in here.items():
        beneath = place.startswith(BENEATH)
        if place not in agreed:
            if not beneath:
                found.append(_change(one, What.ADDED, None))
        elif not _is_as(one, agreed[place][2]):
            found.append(_change(one, What.CHANGED, agreed[place][2]))
    for place, (part, title, was) in agreed.items():
        if place not in here and not place.startswith(BENEATH):
            found.append(
                Change(
                    place,
                    part,
                    title,
                    What.REMOVED,
                    was.value,
                    was.source,
                    ABSENT,
                    "",
                    kept=was.kept,
                )
            )
    return _grouped([_sourced(one, here, agreed) for one in found])


def _is_as(one: Provision, was: Agreed) -> bool:
    """Whether it is as somebody last looked at it. An agenda's sources are its own guidance words,
    which are compared where they stand; a form's is its version, under which its words stand."""
    if one.part in (Part.AGENDA, Part.FORMS):
        return one.value == was.looked_at[0]
    return (one.value, one.source) == was.looked_at


def _sourced(
    one: Change, now: Mapping[str, Provision], agreed: Mapping[str, tuple[Part, str, Agreed]]
) -> Change:
    """Words of an agenda item with its guidance, before and now, as their source."""
    if one.part is not Part.AGENDA:
        return one
    place = f"agenda.{one.place.removeprefix(BENEATH).split('.')[1]}.guidance"
    was, is_now = agreed.get(place), now.get(place)
    return replace(
        one, was_source=said(was[2].value) if was and one.was else "",
        now_source=said(is_now.value) if is_now and one.now else "",
    )  # fmt: skip


def _change(one: Provision, what: What, was: Agreed | None) -> Change:
    return Change(
        one.place, one.part, one.title, what, was.value if was else ABSENT, was.source if was else "",
        one.value, one.source, one.stands_in, one.is_own, one.place.startswith(BENEATH),
        was.kept if was else None,
    )  # fmt: skip


def _grouped(found: Sequence[Change]) -> tuple[Change, ...]:
    """Each with what goes with it."""
    heads = {one.place for one in found if one.what is not What.CHANGED}

    def head_of(one: Change) -> str:
        parts = one.place.split(".")
        above = (".".join(parts[:many]) for many in range(1, len(parts)))
        return next((place for place in above if place in heads), "")

    within: dict[str, list[Change]] = {}
    tops: list[Change] = []
    for one in found:
        head = head_of(one)
        (within.setdefault(head, []) if head else tops).append(one)
    return tuple(replace(one, within=tuple(within.get(one.place, ()))) for one in tops)


def part_of(place: str) -> Part:
    """Of what a place is part, by how its name begins."""
    first = place.removeprefix(BENEATH).partition(".")[0]
    return _PARTS.get(first, Part.SETTINGS)


_PARTS: Final = {
    "agenda": Part.AGENDA, "timescales": Part.FIGURES, "audit_figures": Part.FIGURES,
    "targets": Part.TARGETS, "audit": Part.AUDIT, "template": Part.FORMS, "acronyms": Part.WORDS,
    "everyday_acronyms": Part.WORDS, "vague_words": Part.WORDS, "phrase": Part.WORDS,
}  # fmt: skip


# -- what may be kept, and what a change reaches ----------------------------------------------

VALUES: Final = (
    "settings",
    "timescales",
    "audit_figures",
    "targets",
    "counting",
    "updates",
    "audit",
)
"""Tables of which a value may be kept: each is one value with its source."""
FORM_WORDS: Final = ("title", "form_label", "order", "section", "wording")
"""What may be kept of a form."""


def why_not_kept(change: Change, wording: Mapping[str, frozenset[str]]) -> str:
    """Why the words before cannot be kept, with the way on; blank where they can.

    ``wording`` says what of an agenda ``item`` and of a ``field`` is words, which an area may settle.
    """
    table, *names = change.place.removeprefix(BENEATH).split(".")
    if change.beneath:
        return "Your area's own file says its own already, and that holds. Accept notes that you saw it."
    if change.what is What.ADDED:
        if table == "audit":
            return "" if len(names) == 1 else _NO_WORDS
        return "There was nothing before it that could be kept. Say your own in your area's file."
    if change.what is What.REMOVED:
        return _GONE.get(table, _GONE_AT_ALL)
    if table in VALUES:
        return "" if len(names) == 1 else _NO_WORDS
    if table == "agenda":
        kind = "field" if "fields" in names else "item"
        return "" if names[-1] in wording[kind] and len(names) in (2, 4) else _NOT_WORDS
    if table == "template":
        return "" if names[1:2] and names[1] in FORM_WORDS else _LOOK
    return _LISTS


_NO_WORDS: Final = "The question is the program's. Turn the rule off in your area's file where it does not suit you."
_NOT_WORDS: Final = (
    "What a meeting must record is no local setting: the record, the gaps and the minutes follow it. "
    "Its words can be kept; a field of your own can be added in your area's file."
)
_LOOK: Final = (
    "The record keeps no Word file of the look before. Put the one you have into your own folder of "
    "templates: it is never put aside by one that ships."
)
_LISTS: Final = (
    "A list of words is added to, or left out of, in your area's file: words, and leave_out."
)
_GONE_AT_ALL: Final = "The program no longer reads it, so that keeping it would do nothing. Accept notes that it is gone."
_GONE: Final = {
    "agenda": (
        "The program no longer asks for it: nothing would print it or miss it. Meetings that have it "
        "keep it; for new ones add a field of your own, under the same item, in your area's file."
    ),
    "template": (
        "The form no longer has it. Put a form that has it into your own folder of templates."
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reached:
    """How many meetings a change may reach."""

    planned: int = 0
    held: int = 0
    """Begun or ended."""
    unissued: int = 0
    """Ended, with minutes that are not issued."""


def meaning(change: Change, reached: Reached) -> str:
    """What a change reaches, in a sentence or two."""
    table, *names = change.place.removeprefix(BENEATH).split(".")
    if change.beneath:
        return "Nothing is reached: your area says its own."
    if table == "agenda":
        return _of_meetings(reached)
    if table == "template":
        return (
            "Documents written from now on of meetings of its day or later. What was issued is printed "
            "again with the form it was issued with."
        )
    if table == "timescales" and names[0].startswith("slot_"):
        return "The length of slots of meetings planned from now on."
    said = _REACHES.get(table, _REACHES["settings"])
    if table == "timescales" and reached.unissued:
        minutes = how_many(reached.unissued, "meeting")
        return f"{said} Also those of {minutes} whose minutes are not issued."
    return said


def _of_meetings(reached: Reached) -> str:
    parts = []
    if reached.planned:
        take = "takes" if reached.planned == 1 else "take"
        parts.append(f"{how_many(reached.planned, 'planned meeting')} {take} it on opening")
    if reached.held:
        keeps = "that has begun or was held keeps its own" if reached.held == 1 else "that have begun or were held keep theirs"  # fmt: skip
        parts.append(f"{how_many(reached.held, 'meeting')} {keeps}")
    return f"Meetings opened from now on{': ' if parts else ''}{', '.join(parts)}."


_REACHES: Final = {
    "timescales": (
        "Every date that is worked out from it, from now on; what was stored or printed stays as it is."
    ),
    "audit_figures": "Audits and figures made from now on; an audit that is finished keeps its answers.",
    "targets": "Key figures from now on, for whatever months they are asked.",
    "counting": "Annual tables counted from now on; what was published stays as it was published.",
    "updates": "What is owed to ViSOR or MAPPS after meetings, from now on.",
    "audit": "Audits of records from now on; an audit by a person that is finished keeps its answers.",
    "settings": "Screens and documents from now on; what was issued stays as it was issued.",
    "acronyms": "What the minute taker's desk points out and the audit finds, from now on.",
    "everyday_acronyms": "What the minute taker's desk points out and the audit finds, from now on.",
    "vague_words": "What the minute taker's desk points out and the audit finds, from now on.",
    "phrase": "The phrase book at the minute taker's desk, from now on.",
}


def many_words(many: int) -> str:
    """``7 changes of guidance or forms``."""
    return f"{how_many(many, 'change')} of guidance or forms"
