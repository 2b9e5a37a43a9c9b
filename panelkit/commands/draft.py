"""The life of minutes without a screen: to the chair, commented, returned, approved, issued."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from panelkit.commands.printing import say, say_json
from panelkit.domain import minutes as m
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.services.desk import Desk
from panelkit.services.minutes_life import MinutesLife
from panelkit.wiring import Settings, desk_in_use, note_opened

Verb = Callable[[MinutesLife, Meeting], Meeting]


@contextmanager
def _draft(settings: Settings, ref: str, how: str) -> Iterator[tuple[Desk, Meeting]]:
    with desk_in_use(settings) as desk:
        meeting = desk.caseload.find(ref)
        note_opened(settings, desk.caseload.record, [meeting], how)
        yield desk, meeting


def show(settings: Settings, ref: str, *, as_json: bool) -> int:
    """Where the minutes are, on whom they wait, the clocks, comments, what is to be written up; 1
    while a clock is late.
    """
    with _draft(settings, ref, "draft show") as (desk, meeting):
        life = desk.minutes_life
        stage, waiting, clocks = life.stage(meeting), life.waiting(meeting), life.clocks(meeting)
        owed, steps = life.owed(meeting), life.steps(meeting)
    late = any(clock.is_late and clock.stopped_on is None for clock in clocks)
    comments = m.open_comments(meeting)
    if as_json:
        say_json(
            {
                "ref": meeting.ref, "stage": str(stage), "waits_on": str(waiting.on or ""),
                "since": waiting.since.isoformat(), "owed": len(owed), "comments": len(comments),
                "clocks": [
                    {"what": c.what, "due": c.due.isoformat(), "days": c.days, "stopped_on": c.stopped_on.isoformat() if c.stopped_on else None}
                    for c in clocks
                ],
                "next": [step.id for step in steps],
            }
        )  # fmt: skip
        return int(late)
    say(f"{meeting.ref}: {stage.label}. {waiting.words}")
    for clock in clocks:
        say(f"{clock.what}: by {long_date(clock.due)}, {clock.words} ({clock.rule}).")
    for comment in comments:
        say(f"Comment {comment.number} on {comment.section or 'the whole'}: {comment.text}")
    if owed:
        say(f"Still to be written up: {len(owed)}. panelkit check {meeting.ref} says what.")
    for step in steps:
        say(f"Next: {step.label}, by the {step.owed_by.label.lower()}.")
    return int(late)


def send(settings: Settings, ref: str) -> int:
    """The draft goes to the chair."""
    return _step(settings, ref, "draft send", lambda life, meeting: life.send_to_chair(meeting))


def comment(settings: Settings, ref: str, section: str, words: str) -> int:
    """The chair comments on a section."""
    said = _words(words)
    return _step(
        settings, ref, "draft comment", lambda life, meeting: life.comment(meeting, section, said)
    )


def settle(settings: Settings, ref: str, number: int, words: str) -> int:
    """A comment settled, by its number. Raises NotFound."""
    answer = _words(words)

    def verb(life: MinutesLife, meeting: Meeting) -> Meeting:
        return life.settle(meeting, life.numbered(meeting, number).id, answer)

    return _step(settings, ref, "draft settle", verb)


def give_back(settings: Settings, ref: str, reason: str) -> int:
    """Returned to the minute taker."""
    said = _words(reason)
    return _step(settings, ref, "draft return", lambda life, meeting: life.give_back(meeting, said))


def approve(settings: Settings, ref: str, reason: str) -> int:
    """Approved by the chair, who confirms each statement in words of their own: one line each.

    A statement that is not answered with *yes* ends it, and nothing is approved: 1.
    """
    said = _words(reason)
    with _draft(settings, ref, "draft approve") as (desk, meeting):
        life = desk.minutes_life
        owed = life.must_be_approvable(meeting, said)
        if owed:
            say(f"Still to be written up: {len(owed)}. The reason given prints with the minutes.")
        statements = desk.area.attestation
        for number, statement in enumerate(statements, start=1):
            say(f"Statement {number} of {len(statements)}: {statement} Type yes to confirm it.")
            if sys.stdin.readline().strip().casefold() != "yes":
                say(f"Not confirmed: the minutes of {meeting.ref} are as they were.")
                return 1
        return _said(life, life.approve(meeting, list(statements), said))


def withdraw(settings: Settings, ref: str, reason: str) -> int:
    """The approval taken back before the minutes are issued."""
    said = _words(reason)
    return _step(
        settings, ref, "draft withdraw", lambda life, meeting: life.withdraw_approval(meeting, said)
    )


def issue(settings: Settings, ref: str, *, edited_known: bool) -> int:
    """Minutes and action schedule issued and frozen."""
    return _step(
        settings, ref, "draft issue", lambda life, meeting: life.issue(meeting, edited_known=edited_known)
    )  # fmt: skip


def _step(settings: Settings, ref: str, how: str, verb: Verb) -> int:
    with _draft(settings, ref, how) as (desk, meeting):
        return _said(desk.minutes_life, verb(desk.minutes_life, meeting))


def _said(life: MinutesLife, meeting: Meeting) -> int:
    say(f"{meeting.ref}: {life.stage(meeting).label}. {life.waiting(meeting).words}")
    return 0


def _words(given: str) -> str:
    """The words of an option; ``-`` is all of standard input, that no list of programs shows."""
    if given != "-":
        return given
    said = sys.stdin.read().strip()
    if not said:
        raise BadInput("Standard input has no words.")
    return said
