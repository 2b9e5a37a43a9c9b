"""Sittings planned, checked, written out; capacity against demand."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from panelkit.commands.codes import must_be_day, term_of
from panelkit.commands.kpi import day_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.clashes import Clash
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import Field, FieldKind, short_date
from panelkit.domain.people import Act
from panelkit.domain.sent_out import SentKind, Standing
from panelkit.domain.sitting import Sitting, ends, minutes_until
from panelkit.domain.vocabulary import Level, Mode
from panelkit.services.acting import must_may
from panelkit.wiring import Settings, desk_in_use, note_opened

if TYPE_CHECKING:
    from panelkit.services.desk import Desk

LEVELS: Final = {"": "", "both": "", "2": str(Level.TWO), "3": str(Level.THREE)}


@contextmanager
def _named(settings: Settings, words: str, act: Act = Act.READ) -> Iterator[tuple[Desk, Sitting]]:
    """A sitting as it is called, for an act that whoever works may do: that is said first."""
    with desk_in_use(settings) as desk:
        must_may(desk.caseload.record, act)
        yield desk, desk.planning.named(words)


# -- planning ------------------------------------------------------------------------------------


def every(settings: Settings, *, past: bool, as_json: bool) -> int:
    """Sittings to come, or with ``past`` the newest of all."""
    from panelkit.services.planning import ref_of

    with desk_in_use(settings) as desk:
        today = desk.caseload.today()
        found = [s for s in reversed(desk.planning.sittings()) if past or s.held_on >= today]
        rooms = {room.sitting: room for room in desk.demand.rooms(today)}
    if as_json:
        return say_json({"sittings": [_data(one) for one in found]})
    for one in found:
        room = rooms.get(one.id)
        free = f"{room.free} min free" if room and room.booked else ""
        meetings = f"{room.meetings} meeting{'' if room.meetings == 1 else 's'}" if room else ""
        say(
            f"{ref_of(one)}  {short_date(one.held_on):<12} {_hours(one):<12} {meetings:<12} "
            f"{free:<13} {one.name}".rstrip()
        )
    if not found:
        say("No sitting is planned. panelkit sitting plan plans one.")
    return 0


def show(settings: Settings, words: str, *, as_json: bool) -> int:
    """One sitting: its meetings in order, what was sent, what does not fit."""
    from panelkit.services.planning import ref_of

    with _named(settings, words) as (desk, sitting):
        meetings = desk.planning.meetings(sitting)
        found, standing = desk.planning.check(sitting), desk.sitting_papers.standing(sitting)
        seen = [(one.id, one.case.id) for one in meetings]
        note_opened(settings, desk.caseload.record, seen, "panelkit sitting show")
    if as_json:
        return say_json(
            {
                **_data(sitting),
                "meetings": [
                    {
                        "ref": one.ref, "slot": _time(one.slot), "level": int(one.level),
                        "kind": str(one.kind), "minutes": one.booked_minutes,
                        "state": str(one.state),
                    }
                    for one in meetings
                ],
                "sent": [_sent_data(one) for one in standing],
                "clashes": [_clash(one) for one in found],
            }
        )  # fmt: skip
    say(
        f"{ref_of(sitting)}  {sitting.title}  {short_date(sitting.held_on)}  {_hours(sitting)}".rstrip()
    )
    for label, value in (("chair", sitting.chair), ("minute taker", sitting.minute_taker)):
        say(f"  {label:<14}{value or 'not said'}")
    said = "kept" if sitting.joining else "not said"
    say(f"  {'joining':<14}{said}")
    for one in meetings:
        slot = f"{one.slot:%H:%M}" if one.slot else "     "
        say(f"  {slot}  {one.ref:<12}  {one.title:<24} {one.booked_minutes} min  {one.state.label}")
    if meetings and (end := ends(sitting, meetings)):
        say(f"  ends {end:%H:%M}")
    for each in standing:
        if each.is_owed:
            say(f"  {each.what.label}: {each.organisation}, {each.words}")
    _say_clashes(found)
    return 0


def plan(settings: Settings, day: str, starts: str, *, said: dict[str, str]) -> int:
    """A new sitting; what does not fit of it is said at once."""
    from panelkit.services.planning import ref_of

    on, at = must_be_day(day, "The day"), must_be_time(starts)
    with desk_in_use(settings) as desk:
        made = desk.planning.plan(on, at, **_facts(said, on, at))
        found = desk.planning.check(made)
    say(f"{ref_of(made)}: {made.name or 'a sitting'}, {short_date(made.held_on)} {_hours(made)}.")
    _say_clashes(found)
    return 0


def change(settings: Settings, words: str, *, day: str, starts: str, said: dict[str, str]) -> int:
    """Another day, start, length or chair; its meetings follow."""
    from panelkit.services.planning import ref_of

    with _named(settings, words, Act.PLAN) as (desk, sitting):
        on = day_of(day, "--on") or sitting.held_on
        at = must_be_time(starts) if starts else sitting.starts
        if at is None:
            raise BadInput("When does it start?", remedy="With --starts 10:00.")
        facts = {"held_on": on, "starts": at, **_facts(said, on, at)}
        made = desk.planning.change(sitting, **facts)
        found = desk.planning.check(made)
    say(f"{ref_of(made)}: {made.name or 'a sitting'}, {short_date(made.held_on)} {_hours(made)}.")
    _say_clashes(found)
    return 0


def add(settings: Settings, words: str, ref: str) -> int:
    """A case or a planned meeting listed, last."""
    with _named(settings, words, Act.PLAN) as (desk, sitting):
        made = desk.demand.list_case(sitting, ref)
        note_opened(
            settings, desk.caseload.record, [(made.id, made.case.id)], "panelkit sitting add"
        )
        found = desk.planning.check(sitting)
    slot = f" at {made.slot:%H:%M}" if made.slot else ""
    say(f"{made.ref}, {made.title}: {short_date(made.held_on)}{slot}.")
    _say_clashes([one for one in found if one.place == made.ref])
    return 0


def take_out(settings: Settings, words: str, ref: str) -> int:
    """A planned meeting taken out; its day stays."""
    with _named(settings, words, Act.PLAN) as (desk, sitting):
        meeting = next((m for m in desk.planning.meetings(sitting) if m.ref == ref), None)
        if meeting is None:
            msg = f"{ref} is not in that sitting."
            raise BadInput(msg, remedy="See panelkit sitting show.")
        desk.planning.take_out(sitting, ref)
    say(f"{ref} is in no sitting; its day stays {short_date(meeting.held_on)}.")
    return 0


def check(settings: Settings, words: str, *, as_json: bool) -> int:
    """What does not fit of one sitting, or of every one to come; 1 while something does not."""
    with desk_in_use(settings) as desk:
        today = desk.caseload.today()
        if words:
            some = [desk.planning.named(words)]
        else:
            some = [s for s in reversed(desk.planning.sittings()) if s.held_on >= today]
        found = {one.id: desk.planning.check(one) for one in some}
    if as_json:
        return_code = int(any(found.values()))
        say_json(
            {
                "sittings": [
                    {**_data(one), "clashes": [_clash(each) for each in found[one.id]]}
                    for one in some
                ]
            }
        )
        return return_code
    for one in some:
        if found[one.id]:
            say(f"{one.title}, {short_date(one.held_on)} {_hours(one)}".rstrip())
            _say_clashes(found[one.id])
    if not any(found.values()):
        say("Nothing clashes.")
    return int(any(found.values()))


# -- sending -------------------------------------------------------------------------------------


def joining(settings: Settings, words: str, source: str, *, clear: bool) -> int:
    """How it is joined, read from a file or from standard input: never from the command line, which
    the machine remembers."""
    if bool(source) is clear:
        raise BadInput("Where do the words stand?", remedy="With --from FILE, --from - or --clear.")
    said = "" if clear else _read(source)
    with _named(settings, words, Act.PLAN) as (desk, sitting):
        after = desk.planning.say_joining(sitting, said)
        told = [
            one for one in desk.sitting_papers.standing(after)
            if one.what is SentKind.JOINING and one.is_stale
        ]  # fmt: skip
    say(f"{after.title}: {'kept' if after.joining else 'none'}.")
    if told:
        say(f"{len(told)} organisation{' has' if len(told) == 1 else 's have'} other ones.")
    return 0


def _read(source: str) -> str:
    if source == "-":
        return sys.stdin.read(20_000)
    try:
        with Path(source).open(encoding="utf-8") as file:
            return file.read(20_000)
    except (OSError, UnicodeDecodeError):
        msg = "The file with the joining instructions cannot be read."
        raise BadInput(msg, remedy="Say a text file, or - for standard input.") from None


def papers(settings: Settings, words: str, folder: Path, kinds: Sequence[str]) -> int:
    """Letters, calendar files, agendas and the papers list, as files."""
    from panelkit.services.sitting_papers import PaperKind

    wanted = [term_of(PaperKind, kind, "paper") for kind in kinds] or list(PaperKind)
    with _named(settings, words, Act.ISSUE) as (desk, sitting):
        done = desk.sitting_papers.write(sitting, folder, wanted)
        seen = [(one.id, one.case.id) for one in desk.planning.meetings(sitting)]
        note_opened(settings, desk.caseload.record, seen, "panelkit sitting papers")
    for one in done:
        say(str(one.path))
    say("Nothing is sent: say that you did with panelkit sitting sent.")
    return 0


def sent(settings: Settings, words: str, what: str, organisations: Sequence[str], *, on: str) -> int:  # fmt: skip
    """Somebody says that it was sent."""
    kind, day = term_of(SentKind, what, "paper"), day_of(on, "--on")
    with _named(settings, words, Act.PLAN) as (desk, sitting):
        verbs = desk.sitting_papers
        done = verbs.sent(sitting, kind, organisations, day or verbs.today())
    for one in done:
        say(f"{one.organisation}: {one.what.label.lower()} {one.words}")
    return 0


def not_sent(settings: Settings, words: str, what: str, organisation: str, *, because: str) -> int:
    """It was not, after all."""
    kind = term_of(SentKind, what, "paper")
    with _named(settings, words, Act.PLAN) as (desk, sitting):
        now = desk.sitting_papers.not_sent(sitting, kind, organisation, because)
    say(f"{now.organisation}: {now.what.label.lower()} {now.words}")
    return 0


# -- words ---------------------------------------------------------------------------------------


def must_be_time(words: str) -> time:
    """A time such as 10:00. Raises BadInput."""
    found = Field(label="The time", kind=FieldKind.TIME).parse(words)
    if not isinstance(found, time):
        raise BadInput("The time is said such as 10:00.")
    return found


def _facts(said: dict[str, str], _on: date, starts: time) -> dict[str, Any]:
    """What was said of a sitting; what was not is left as it is."""
    facts: dict[str, Any] = {
        name: value for name, value in said.items()
        if value and name in ("name", "chair", "minute_taker")
    }  # fmt: skip
    if until := said.get("until"):
        facts["booked_minutes"] = minutes_until(starts, must_be_time(until))
    if mode := said.get("mode"):
        facts["mode"] = str(term_of(Mode, mode, "way to hold it"))
    if level := said.get("level"):
        if level not in LEVELS:
            raise BadInput("A sitting is for Level 2, for Level 3, or for both.", remedy="Say 2, 3 or both.")  # fmt: skip
        facts["level"] = LEVELS[level]
    return facts


def _say_clashes(found: Sequence[Clash]) -> None:
    for one in found:
        say(f"  ! {one.place}: {one.words}")
        say(f"    {one.remedy}")


def _clash(one: Clash) -> dict[str, str]:
    return {"kind": str(one.kind), "place": one.place, "words": one.words, "remedy": one.remedy}


def _sent_data(one: Standing) -> dict[str, Any]:
    return {
        "what": str(one.what), "organisation": one.organisation,
        "sent_on": one.last.sent_on.isoformat() if one.last else None,
        "sent_by": one.last.sent_by if one.last else None, "changed_since": one.is_stale,
    }  # fmt: skip


def _data(one: Sitting) -> dict[str, Any]:
    from panelkit.services.planning import ref_of

    return {
        "ref": ref_of(one), "held_on": one.held_on.isoformat(), "starts": _time(one.starts),
        "minutes": one.booked_minutes, "name": one.name, "mode": one.mode, "level": one.level,
        "chair": one.chair, "minute_taker": one.minute_taker, "joining": bool(one.joining),
    }  # fmt: skip


def _time(value: time | None) -> str | None:
    return f"{value:%H:%M}" if value else None


def _hours(one: Sitting) -> str:
    end = one.planned_end
    starts = f"{one.starts:%H:%M}" if one.starts else ""
    return f"{starts}-{end:%H:%M}" if end else starts
