"""The sentences at the head of a board's quarterly report: what rises, what falls, whom to ring.

Each is made from numbers that stand further down, and says no more than they do. Why there were
emergencies is what the meetings recorded as their cause, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from panelkit.domain.quarterly_paper import compared
from panelkit.stats.quarter import Line, Standing
from panelkit.stats.quarter_counts import NOT_RECORDED
from panelkit.stats.quarter_grids import listed_of
from panelkit.stats.quarter_read import Over, Read, lowest, share_of, values
from panelkit.stats.quarterly import TOTAL

NAMED: Final = 3
"""Organisations, causes and the like that a sentence names."""
PANELS: Final = "Total, Emergency"


def points(
    read: Read, targets: Mapping[str, int], *, so_far: bool = False
) -> Iterator[tuple[str, str]]:
    """A label and its sentences, for each thing to know first. Targets are in per cent; ``so_far``
    says that the quarter still runs."""
    for label, sentences in (
        ("Panels", _panels(read, so_far=so_far)),
        ("Emergency panels", _emergencies(read, so_far=so_far)),
        ("Attendance", _attendance(read, targets)),
        ("Minutes and reviews", _in_time(read, targets)),
        ("Actions", _actions(read)),
        ("Referrals", _referrals(read, so_far=so_far)),
        ("Decisions", _decisions(read)),
        ("Quality", _quality(read)),
    ):
        said = " ".join(sentences)
        if said:
            yield label, said


def _panels(read: Read, *, so_far: bool) -> Iterator[str]:
    held = read.total("MEET-HELD")
    now = held[-1]
    if now.value is None:
        yield f"Held: {_none(now)}."
        return
    second, third = (read.row("MEET-HELD", f"Level {n}, {TOTAL}")[-1] for n in (2, 3))
    yield f"{now.shown} held ({_each((('Level 2', second), ('Level 3', third)))}), {_against(held, so_far=so_far)}."
    listed = listed_of(read)[-1]
    off = read.total("MEET-OFF")[-1]
    if listed.value is not None and off.value:
        yield f"{listed.shown} were listed: {off.shown} did not go ahead{_most(read, 'MEET-OFF')}."


def _each(parts: Sequence[tuple[str, Line]]) -> str:
    return ", ".join(f"{line.shown} at {name}" for name, line in parts)


def _against(over: Over, *, so_far: bool) -> str:
    *before, now = values(over)
    return "not to be compared" if now is None else compared(now, before, so_far=so_far)


def _most(read: Read, measure: str) -> str:
    """``, most often for staffing (3)``, from the rows' own totals of a table."""
    ends = f", {TOTAL}"
    rows = [
        line for line in read.now(measure)
        if line.row.endswith(ends) and line.row != TOTAL and line.value
    ]  # fmt: skip
    if not rows:
        return ""
    top = max(rows, key=lambda line: line.value or 0)
    return f", most often for {_small(top.row.removesuffix(ends))} ({top.shown})"


def _small(words: str) -> str:
    """As it stands inside a sentence; DVDS and Level 2 stay as they are."""
    first, _, rest = words.partition(" ")
    return (
        words if not first[1:].islower() or first == "Level" else f"{first.lower()} {rest}".strip()
    )


def _emergencies(read: Read, *, so_far: bool) -> Iterator[str]:
    over = read.row("MEET-HELD", PANELS)
    now = over[-1]
    if now.value is None:
        yield f"{_none(now).capitalize()}."
        return
    yield f"{now.shown}, {_against(over, so_far=so_far)}."
    causes = _named(read.now("MEET-CAUSE"))
    if causes:
        yield f"Why, as the meetings recorded it: {', '.join(causes)}."


def _named(lines: Sequence[Line]) -> list[str]:
    """The rows that happened, the most frequent first, what is not recorded last."""
    some = [line for line in lines if line.value and line.row != TOTAL]
    some.sort(key=lambda line: (line.row == NOT_RECORDED, -(line.value or 0), line.row))
    return [f"{_small(line.row)} ({line.shown})" for line in some]


def _attendance(read: Read, targets: Mapping[str, int]) -> Iterator[str]:
    for level, measure in ((3, "K-ATT3"), (2, "K-ATT2")):
        lines = read.now(measure)
        known = lowest(lines, share_of)
        target = targets.get(measure)
        if not known:
            hidden = (line for line in lines if line.standing is Standing.WITHHELD)
            yield f"Level {level}: {_none(next(hidden, lines[0]))}."
        elif target is None:
            yield f"Level {level}: lowest of {len(known)}: {_people(known)}."
        else:
            under = [line for line in known if (line.percent or 0) < target]
            reach = len(known) - len(under)
            yield f"Level {level}: {reach} of {len(known)} organisations reach {target} %."
            if under:
                yield f"To ring first: {_people(under)}."


def _none(line: Line) -> str:
    """Why there is no number."""
    return "withheld, too few to be said" if line.standing is Standing.WITHHELD else line.shown


def _people(lines: Sequence[Line]) -> str:
    more = f" and {len(lines) - NAMED} more" if len(lines) > NAMED else ""
    return "; ".join(f"{line.row} {line.shown}" for line in lines[:NAMED]) + more


IN_TIME: Final = (
    ("K-MIN3", "minutes of Level 3"), ("K-MIN2", "minutes of Level 2"), ("K-REV3", "reviews at Level 3"),
    ("K-REV2", "reviews at Level 2"), ("K-INIT", "first meetings"),
)  # fmt: skip


def _in_time(read: Read, targets: Mapping[str, int]) -> Iterator[str]:
    said = []
    for measure, name in IN_TIME:
        *_older, before, now = read.together(measure)
        if now.value is None:
            continue
        target = targets.get(measure)
        asked = "" if target is None else f", target {target} %"
        earlier = f", {before.percent:.0f} % before" if before.percent is not None else ""
        said.append(f"{name} {now.shown}{earlier}{asked}")
    if said:
        yield f"In time: {'; '.join(said)}."


def _actions(read: Read) -> Iterator[str]:
    *_older, before, now = read.together("K-ACT")
    if now.value is None:
        yield f"Completed on time: {_none(now)}."
    else:
        earlier = (
            f", {before.percent:.0f} % in the quarter before" if before.percent is not None else ""
        )
        yield f"{now.shown} completed by the day first set{earlier}."
    weak = [line for line in lowest(read.now("K-ACT"), share_of) if (line.percent or 0) < 100]
    if weak:
        yield f"Lowest: {_people(weak)}."
    carried = read.row("ACT-CARRIED", "Carried twice or more")[-1]
    if carried.value:
        yield f"Carried twice or more: {carried.shown}."


def _referrals(read: Read, *, so_far: bool) -> Iterator[str]:
    came = read.total("REF-IN")
    now = came[-1]
    if now.value is None:
        if now.standing is not Standing.NOT_KNOWN:
            yield f"Received: {_none(now)}."
        return
    yield f"{now.shown} received, {_against(came, so_far=so_far)}."
    decided = [(name, read.row("REF-OUT", f"{TOTAL}, {name}")[-1]) for name in _decisions_of(read)]
    said = [f"{_small(name)} ({line.shown})" for name, line in decided if line.value or line.value is None]  # fmt: skip
    if said:
        yield f"Decided: {', '.join(said)}."
    other = read.row("REF-LEVEL", "Level 3 asked, Level 2 given")[-1]
    if other.value:
        yield f"Of those that asked for Level 3, {other.shown} were given Level 2."
    days = read.now("REF-DAYS")[0]
    if days.value is not None:
        yield f"Median days to the answer: {days.shown}."
    in_time = read.now("REF-TIME")[0]
    if in_time.value is not None:
        yield f"Answered in time: {in_time.shown}."
    waiting = read.now("REF-WAIT")[0]
    if waiting.value:
        yield f"Still waiting: {waiting.shown}."


def _decisions_of(read: Read) -> list[str]:
    begins = f"{TOTAL}, "
    return [line.row.removeprefix(begins) for line in read.now("REF-OUT") if line.row.startswith(begins)]  # fmt: skip


def _decisions(read: Read) -> Iterator[str]:
    levels = _named(read.now("DEC-LEVEL"))
    if levels:
        yield f"Levels: {', '.join(levels)}."
    considered = read.now("DEC-CONSIDERED")[0]
    if considered.value is not None:
        yield f"Disclosure considered at {considered.shown}."
    dissent = read.now("DEC-DISSENT")[0]
    if dissent.value is not None:
        yield f"Meetings with dissent: {dissent.shown}."


def _quality(read: Read) -> Iterator[str]:
    done = [line for line in read.now("AUD-DONE") if line.value]
    if done:
        yield f"Audits: {', '.join(f'{line.row} {line.shown}' for line in done)}."
    found = [line for line in read.now("AUD-DEFECTS") if line.value]
    if found:
        yield f"Found most often: {_small(found[0].row)}, short in {found[0].shown} meetings."
