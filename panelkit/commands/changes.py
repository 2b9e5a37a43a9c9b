"""Changes of guidance and forms: listed, shown, accepted, kept local, taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from panelkit.commands.printing import say, say_json
from panelkit.domain.compare import PieceKind, compare
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.domain.guidance import Decided, Decision, What, kept_of, many_words, said
from panelkit.domain.people import Act
from panelkit.domain.timescales import room_day
from panelkit.services.acting import must_may
from panelkit.wiring import Settings, area_of, desk_in_use

if TYPE_CHECKING:
    from panelkit.services.guidance import Guidance, Shown
    from panelkit.store.record import Record

MARKS = {PieceKind.SAME: "{}", PieceKind.REMOVED: "[-{}-]", PieceKind.ADDED: "{{+{}+}}"}
"""How a difference is marked where there is no colour."""


@contextmanager
def _guidance(settings: Settings) -> Iterator[Guidance]:
    with desk_in_use(settings) as desk:
        yield desk.guidance


def _must_be_right_area(verbs: Guidance) -> None:
    """Say where nothing is told because the record does not look for this area yet."""
    if not verbs.record.baseline_digest(verbs.area.name)[0]:
        say(f"Nothing is known yet of what was agreed for {verbs.area.name}: a co-ordinator who")
        say("opens the record begins it.")


def listed(settings: Settings, *, as_json: bool) -> int:
    """What waits for somebody to look at; exit 0 also where nothing does."""
    with _guidance(settings) as verbs:
        found = verbs.changes()
        if as_json:
            return say_json(
                {"area": verbs.area.name, "changes": [as_data(one) for one in found]}
            )  # fmt: skip
        _must_be_right_area(verbs)
        many = len(found)
        say(f"{many_words(many)} to look at, {verbs.area.name}." if many else
            f"Nothing changed in guidance and forms, {verbs.area.name}.")  # fmt: skip
        part = None
        for one in found:
            if one.change.part is not part:
                part = one.change.part
                say(part.label)
            own = "  (your area says its own)" if one.change.beneath else ""
            say(f"  {one.number:>3}  {one.change.what.label:<8} {one.change.title}{own}")
            say(f"       {one.place}")
    if many:
        say("panelkit changes show NUMBER says what it was, what it is and what it reaches.")
    return 0


def show(settings: Settings, named: str, *, as_json: bool) -> int:
    """One change in full."""
    with _guidance(settings) as verbs:
        one = verbs.find(named)
    if as_json:
        return say_json(as_data(one))
    for text in in_words(one):
        say(text)
    return 0


def in_words(one: Shown) -> Iterator[str]:
    """Where it stands, the words before and now with their sources, the difference, what it means."""
    change = one.change
    yield f"{one.number}  {change.title}  ({change.what.label})"
    yield f"Stands in {change.stands_in or 'no file any more'}: {change.place}"
    yield change.holds
    yield from _text("Was", change.was_words, change.was_source)
    yield from _text("Now", change.now_words, change.now_source)
    if change.was and change.now and not change.only_source:
        yield "Difference:"
        yield f"    {marked(change.was_words, change.now_words)}".replace("\n", "\n    ")
    elif change.only_source:
        yield "The words are the same; their source changed."
    for inner in change.within:
        if words := inner.now_words or inner.was_words:
            yield f"With it: {inner.title}: {words}"
    yield f"What it means: {one.meaning}"
    if one.not_kept:
        yield f"Cannot be kept: {one.not_kept}"
    more = f", or panelkit changes keep {one.number} --because WHY" if not one.not_kept else ""
    yield f"panelkit changes accept {one.number}{more}; else it waits."


def _text(label: str, words: str, source: str) -> Iterator[str]:
    yield f"{label}: {words or '(nothing)'}".replace("\n", "\n    ")
    if source:
        yield f"    Source: {source}"


def marked(was: str, now: str) -> str:
    """Word by word: what went in ``[-…-]``, what came in ``{+…+}``."""
    return "".join(MARKS[piece.kind].format(piece.text) for piece in compare(was, now))


def accept(settings: Settings, named: Sequence[str], *, every: bool, because: str) -> int:
    """The words of now hold."""
    if bool(named) is every:
        msg = "Say which changes, or --all."
        raise BadInput(msg, remedy="See panelkit changes list.")
    with _guidance(settings) as verbs:
        must_may(verbs.record, Act.AGREE)
        waiting = verbs.changes()
        found = waiting if every else [verbs.find(name, waiting) for name in named]
        made = verbs.accept(found, because)
        left = verbs.many()
    for one in made:
        say(f"{one.number}  {one.title}: accepted.")
    say(f"{many_words(left)} left." if left else "Nothing is left to look at.")
    return 0


def keep(settings: Settings, named: str, *, because: str) -> int:
    """The words before hold here."""
    with _guidance(settings) as verbs:
        must_may(verbs.record, Act.AGREE)
        made = verbs.keep(verbs.find(named), because)
        left = verbs.many()
    one = made[0]
    say(f"{one.number}  {one.title}: {one.kept_words}.")
    say(f"{many_words(left)} left." if left else "Nothing is left to look at.")
    return 0


def decided(settings: Settings, *, as_json: bool, only_kept: bool) -> int:
    """Every decision, those that were taken back too."""
    with _guidance(settings) as verbs:
        found = verbs.decided()
        kept = kept_of(found).values()
        begun = verbs.record.baseline(verbs.area.name)
        area = verbs.area.name
    if only_kept:
        found = tuple(one for one in found if one in kept)
    if as_json:
        return say_json({"area": area, "decisions": [_decision(one) for one in found]})
    if begun:
        say(
            f"Looked at since {long_date(room_day(begun.at))}, when {begun.who} opened the record with"
        )
        say(f"panelkit {begun.program}: what was said then is the beginning, and nobody was asked.")
    for one in found:
        say(
            f"  {one.number:>3}  {long_date(one.on)}  {one.typed_by}: {one.decided.label}  {one.title}"
        )
        say(f"       {one.place}")
        if one.reason:
            say(f"       because {one.reason}")
        if not one.is_live:
            say(f"       TAKEN BACK: {one.withdrawn}")
    if not found:
        say("Nothing is kept local." if only_kept else "Nothing was decided yet.")
    return 0


def undo(settings: Settings, number: int, *, because: str) -> int:
    """A decision taken back."""
    with _guidance(settings) as verbs:
        gone = verbs.undo(number, because)
    say(f"{gone.number}  {gone.title}: taken back. The change waits again.")
    return 0


def kept_words(settings: Settings, record: Record) -> str:
    """What the area keeps local: each place with since when, and why."""
    return "; ".join(f"{place} {words}" for place, words in area_of(settings, record)[0].kept)


def bank_holidays(settings: Settings, year: int, *, as_json: bool) -> int:
    """The days of a year that are not worked, as dates are counted here.

    Raises BadInput for a year of which the calendar knows none, naming the year, the place and the
    way on.
    """
    area, _agenda = area_of(settings)
    calendar = area.calendar
    if not calendar.knows(year):
        msg = f"{calendar.name}, the calendar of {area.name}, has no bank holidays for {year}."
        raise BadInput(msg, remedy=f"Name them in the area file {area.file}, under settings.bank_holidays; "
            f"until then dates in {year} count weekdays only, and say so.")  # fmt: skip
    found = calendar.bank_holidays(year)
    if as_json:
        days = [{"day": day.isoformat(), "name": name} for day, name in found]
        return say_json({"year": year, "calendar": calendar.name, "days": days})
    say(f"{calendar.name}, {area.name}: {area.source('calendar')}")
    for day, name in found:
        say(f"  {day:%a} {long_date(day)}  {name}")
    if not found:
        say("  No bank holiday is counted here: weekdays only.")
    return 0


def as_data(one: Shown) -> dict[str, Any]:
    """A change for other programs."""
    change = one.change
    return {
        "number": one.number, "place": change.place, "part": str(change.part), "title": change.title,
        "what": str(change.what), "was": change.was_words if change.what is not What.ADDED else None,
        "was_source": change.was_source,
        "now": change.now_words if change.what is not What.REMOVED else None,
        "now_source": change.now_source, "stands_in": change.stands_in, "own_rules": change.beneath,
        "kept": change.kept.kept_words if change.kept else "", "means": one.meaning,
        "can_be_kept": not one.not_kept, "why_not": one.not_kept,
        "with_it": [inner.place for inner in change.within],
    }  # fmt: skip


def _decision(one: Decision) -> dict[str, Any]:
    return {
        "number": one.number, "place": one.place, "title": one.title, "decided": str(one.decided),
        "was": said(one.was), "now": said(one.now), "was_source": one.was_source,
        "now_source": one.now_source, "because": one.reason, "by": one.typed_by,
        "on": one.on.isoformat(), "taken_back": one.withdrawn,
        "holds": one.is_live and one.decided is Decided.KEPT,
    }  # fmt: skip
