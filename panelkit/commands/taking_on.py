"""A live case taken on from its last minutes, by command: shown, decided by numbers, stored."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.domain.taking_on import Choice, Group, HalfRead, ReadLine
from panelkit.wiring import Settings, area_of, record_in_use, who_works

if TYPE_CHECKING:
    from panelkit.domain.meeting import Meeting
    from panelkit.services.taking_on import TakingOn

_WIDE = 300
"""Letters of a line that are said in a list; --json has all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was said on the command line of a document and its lines."""

    confirm_sure: bool
    confirm: str
    leave: str
    said: Sequence[str]
    plain: bool
    store: bool
    throw_away: bool
    fiction: bool
    as_json: bool


@contextmanager
def _taking_on(settings: Settings) -> Iterator[TakingOn]:
    from panelkit.services.taking_on import TakingOn

    with record_in_use(settings) as record:
        area, agenda = area_of(settings, record)
        yield TakingOn(record, area, agenda, settings.clock, who_works(settings, record))


def start(settings: Settings, path: Path, asked: Asked) -> int:
    """Read it, do what was said, say what there is; 0 once it is stored, 1 while it is not."""
    with _taking_on(settings) as verbs:
        half = verbs.read(path, fiction=asked.fiction)
        if asked.throw_away:
            verbs.throw_away(half)
            say("Thrown away: nothing of it is kept. The document is as it was.")
            return 0
        half = _decided(verbs, half, asked)
        if asked.plain:
            return _line_by_line(verbs, half)
        if asked.store:
            return _stored(verbs.take_on(half), as_json=asked.as_json)
        return _shown(verbs, half, as_json=asked.as_json)


def _decided(verbs: TakingOn, half: HalfRead, asked: Asked) -> HalfRead:
    """The choices of the options, in one order: corrections, then those left out, then confirmed."""
    for told in asked.said:
        place, _, text = told.partition("=")
        number, _, key = place.partition(".")
        (line,) = _numbered(half, number, "--set")
        if "=" not in told or key not in {field.key for field in line.fields}:
            names = ", ".join(field.key for field in line.fields)
            raise BadInput(f"--set: line {number} has {names}.", remedy=f"Say {number}.{line.fields[0].key}=...")  # fmt: skip
        half = verbs.correct(half, line.id, {**line.values, key: text})
    if asked.leave:
        half = verbs.choose(half, [each.id for each in _numbered(half, asked.leave, "--leave")], Choice.LEFT)  # fmt: skip
    if asked.confirm_sure:
        half = verbs.confirm_sure(half)
    if asked.confirm:
        half = verbs.choose(half, [each.id for each in _numbered(half, asked.confirm, "--confirm")], Choice.CONFIRMED)  # fmt: skip
    return half


def _numbered(half: HalfRead, numbers: str, option: str) -> tuple[ReadLine, ...]:
    found = []
    for part in numbers.split(","):
        number = part.strip()
        if not number.isdecimal() or not 1 <= int(number) <= len(half.lines):
            msg = f"{option}: lines have numbers from 1 to {len(half.lines)}."
            raise BadInput(msg, remedy="Say them as 3,7.")
        found.append(half.lines[int(number) - 1])
    return tuple(found)


def _line_by_line(verbs: TakingOn, half: HalfRead) -> int:
    from panelkit.plain.ending import Ending
    from panelkit.plain.reading import lines_of
    from panelkit.plain.taking_on import go_through
    from panelkit.plain.voice import Voice, writer
    from panelkit.tui.terminal import harden_process

    harden_process()
    write = writer(sys.stdout)
    with Ending() as ending:
        return go_through(verbs, half, lines_of(ending, write), Voice(write))


def _stored(meeting: Meeting, *, as_json: bool) -> int:
    if as_json:
        return say_json({"ref": meeting.ref, "case": meeting.case.ref, "state": str(meeting.state)})
    say(
        f"{meeting.ref}  {meeting.title}  {long_date(meeting.held_on)}  {meeting.state.label}: "
        "its minutes were made elsewhere, and it counts in no figure."
    )
    say(f"The next meeting of {meeting.case.ref} starts from it.")
    return 0


def _shown(verbs: TakingOn, half: HalfRead, *, as_json: bool) -> int:
    marks, stops = half.marks, verbs.stops(half)
    if as_json:
        say_json(
            {
                "file": half.file, "sha256": half.sha256, "standing": list(verbs.standing(half)),
                "lines": [_as_data(number, line, marks) for number, line in enumerate(half.lines, 1)],
                "not_read": [
                    {"what": u.what, "why": u.why, "where": u.where, "words": u.words}
                    for u in half.not_read
                ],
                "stops": [each.words for each in stops],
            }
        )  # fmt: skip
        return 1
    numbers = {line.id: number for number, line in enumerate(half.lines, start=1)}
    say(f"{half.file}: {len(half.lines)} lines, {len(half.undecided)} to be confirmed. Nothing of it is in a case yet.")  # fmt: skip
    for sentence in verbs.standing(half):
        say(f"  {sentence}")
    for group in Group:
        mine = half.of(group)
        if mine:
            say(f"\n{group.label} ({len(mine)})")
        for line in mine:
            say(f"  {numbers[line.id]:>3}. {spoken(line, marks)}")
    if half.not_read:
        say("\nNot read, or not placed")
        for each in half.not_read:
            where = f" in {each.where}" if each.where else ""
            say(f"  {each.what}{where}. {each.why} {_short(each.words)}".rstrip())
    say("")
    for problem in stops:
        say(f"Stops it: {problem.words}")
    if not stops:
        say("Nothing stops it: say --store.")
    return 1


def spoken(line: ReadLine, marks: Any) -> str:
    """A line with everything that is known of it, in one sentence."""
    label = "" if len(line.fields) > 1 else f"{line.fields[0].label}: "
    state = line.choice.label
    if line.choice is Choice.OPEN:
        state = line.sure.label if line.was_read else "not read"
    how = line.how if line.how not in line.where else ""
    parts = [state, line.where, how, *marks.get(line.id, ())]
    return f"{label}{_short(line.words) or '(nothing)'} ({'; '.join(filter(None, parts))})"


def _as_data(number: int, line: ReadLine, marks: Any) -> dict[str, Any]:
    return {
        "number": number, "group": str(line.group), "what": line.what, "values": dict(line.values),
        "words": line.raw, "where": line.where, "how": line.how, "sure": str(line.sure),
        "choice": str(line.choice), "look": list(marks.get(line.id, ())),
    }  # fmt: skip


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _WIDE else f"{plain[: _WIDE - 1]}…"
