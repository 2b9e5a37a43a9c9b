"""Actions across meetings, what became of one, who was told, who misses meetings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelkit.commands.codes import term_of
from panelkit.commands.kpi import day_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.action_filter import read_filter
from panelkit.domain.chasing import Chased, Escalation, Page, accepted_words
from panelkit.domain.fields import long_date
from panelkit.domain.vocabulary import ActionStatus
from panelkit.wiring import Settings, desk_in_use, note_opened

if TYPE_CHECKING:
    from panelkit.services.chasing import Chasing


@contextmanager
def _chasing(settings: Settings) -> Iterator[Chasing]:
    with desk_in_use(settings) as desk:
        yield desk.chasing


def actions(
    settings: Settings, words: Sequence[str], output: Path | None, *, overdue: bool, agency: str,
    as_json: bool,
) -> int:  # fmt: skip
    """Actions that a filter means, listed or written as a file."""
    from panelkit.services.across import with_options

    wanted = with_options(read_filter(" ".join(map(_whole, words))), overdue=overdue, agency=agency)
    with desk_in_use(settings) as desk:
        page = desk.chasing.listed(wanted)
        seen = {(one.meeting_id, one.case_id) for one in page.found}
        if output is not None:
            written = desk.action_papers.write(wanted, page.found, output)
        note_opened(settings, desk.caseload.record, sorted(seen), "panelkit actions")
        today = desk.chasing.today()
    if as_json:
        found = [_data(one, one.standing(today), late=one.is_overdue(today)) for one in page.found]
        return say_json({"filter": str(wanted), "organisations": list(page.who), "actions": found})
    if output is not None:
        if written.note:
            say(written.note)
        many = len(page.found)
        say(
            f"{written.path}: {many} action{'' if many == 1 else 's'}. It is for nobody outside the office."
        )
        return 0
    _say_page(page, {one.key: one.standing(today) for one in page.found})
    return 0


def _whole(word: str) -> str:
    """What the shell took the quotation marks from is still one word."""
    if not any(letter.isspace() for letter in word) or '"' in word:
        return word
    minus = "-" if word.startswith("-") else ""
    rest = word.removeprefix("-")
    for mark in ("@", "case:"):
        if rest.startswith(mark):
            return f'{minus}{mark}"{rest.removeprefix(mark)}"'
    is_line = any(each.startswith(("@", "-@", "is:", "due:", "level:", "case:")) for each in word.split())  # fmt: skip
    return word if is_line else f'{minus}"{rest}"'


def _data(one: Chased, standing: str, *, late: bool) -> dict[str, Any]:
    action = one.action
    due = action.current_due
    return {
        "ref": one.ref, "case": one.case_ref, "meeting": one.meeting_ref, "set_at": one.origin,
        "level": str(one.level), "organisation": action.organisation, "owner": action.owner,
        "action": action.text, "due": due.isoformat() if due else "", "standing": standing,
        "open": one.is_open, "overdue": late, "accepted": str(action.accepted or ""),
        "status": str(action.status or ""), "times_carried": action.times_carried,
        "log": [{"on": o.on.isoformat(), "what": o.what, "words": o.words} for o in one.log],
    }  # fmt: skip


def _say_page(page: Page, standing: dict[str, str]) -> None:
    if page.who:
        say(f"@ is taken to mean: {', '.join(page.who)}")
    for one in page.found:
        due = one.action.current_due
        day = long_date(due) if due else "no date"
        say(f"{one.ref}  {one.level.label}  {day}, {standing[one.key]}  {one.action.organisation or 'no organisation'}: {one.action.owner or 'no owner'}")  # fmt: skip
        more = [accepted_words(one.action)]
        if one.action.times_carried:
            more.append(f"carried {one.action.times_carried}×")
        say(
            f"        {one.action.text or 'no words'} ({', '.join(more)}; now in {one.meeting_ref})"
        )
        for each in one.log:
            say(f"        {each.words}")
    many = len(page.found)
    say(f"{many} action{'' if many == 1 else 's'}." if many else "No action is meant by that.")


def settle(settings: Settings, ref: str, status: str, *, words: str, by: str, on: str) -> int:
    """What became of one, told between meetings."""
    what = term_of(ActionStatus, status, "status")
    day = day_of(on, "--on")
    with _chasing(settings) as verbs:
        one = verbs.settle(ref, what, words, by, day or verbs.today())
        say(
            f"{one.ref}: {what.label.lower()}, in {one.meeting_ref}. The chair hears it again at A5."
        )
    return 0


# -- escalation ----------------------------------------------------------------------------


def escalate(settings: Settings, about: str, *, to: str, on: str, words: str, of: str) -> int:
    """Somebody was told."""
    day = day_of(on, "--on")
    with _chasing(settings) as verbs:
        made = verbs.escalate(about, to, day or verbs.today(), words=words, organisation=of)
    say(f"{made.organisation}: {made.sentence}")
    return 0


def answer(settings: Settings, ref: str, *, words: str, on: str) -> int:
    """What was answered."""
    day = day_of(on, "--on")
    with _chasing(settings) as verbs:
        say(verbs.answer(ref, words, day or verbs.today()).sentence)
    return 0


def withdraw(settings: Settings, ref: str, *, because: str) -> int:
    """One that was not made."""
    with _chasing(settings) as verbs:
        gone = verbs.withdraw(ref, because)
    say(f"{gone.ref} is withdrawn: {gone.withdrawn}")
    return 0


def log(settings: Settings, organisation: str, *, waiting: bool, as_json: bool) -> int:
    """The log of escalations."""
    with _chasing(settings) as verbs:
        found = verbs.escalations(organisation, waiting=waiting)
        cases = verbs.record.refs_of([one.case_id for one in found if one.case_id])
    if as_json:
        return say_json({"escalations": [_escalation(one, cases) for one in found]})
    for one in found:
        gone = f" WITHDRAWN: {one.withdrawn}" if one.withdrawn else ""
        say(f"{one.organisation}, {_about(one, cases)}: {one.sentence}{gone}")
    if not found:
        say("Nothing was escalated." if not waiting else "Nothing waits for an answer.")
    return 0


def _about(one: Escalation, cases: dict[str, str]) -> str:
    case = cases.get(one.case_id, "")
    if not case:
        return one.about.label.lower()
    return f"{case} {one.set_at}.{one.number}" if one.number else f"{case}-{one.set_at}"


def _escalation(one: Escalation, cases: dict[str, str]) -> dict[str, Any]:
    return {
        "ref": one.ref, "organisation": one.organisation, "about": str(one.about),
        "of": _about(one, cases) if one.case_id else "", "to": one.to_whom,
        "on": one.made_on.isoformat(), "by": one.made_by, "words": one.words, "answer": one.answer,
        "answered_on": one.answered_on.isoformat() if one.answered_on else "",
        "withdrawn": one.withdrawn,
    }  # fmt: skip


# -- single points of contact, who misses meetings -------------------------------------------


def set_spoc(settings: Settings, organisation: str, name: str, *, contact: str, since: str) -> int:
    """Who is it from now on."""
    day = day_of(since, "--since")
    with _chasing(settings) as verbs:
        made = verbs.name_spoc(organisation, name, contact, day)
    say(f"{made.organisation}: {made.name}. How to reach them is printed in no document.")
    return 0


def end_spoc(settings: Settings, organisation: str, *, because: str) -> int:
    """Nobody is it any more."""
    with _chasing(settings) as verbs:
        gone = verbs.spoc_no_more(organisation, because)
    say(f"{gone.organisation}: {gone.name} is no longer the point of contact.")
    return 0


def spocs(settings: Settings, *, as_json: bool) -> int:
    """Everybody who is it."""
    with _chasing(settings) as verbs:
        found = verbs.spocs()
    if as_json:
        return say_json({"contacts": [
            {"organisation": o.organisation, "name": o.name, "contact": o.contact, "since": o.since.isoformat() if o.since else ""}
            for o in found
        ]})  # fmt: skip
    for one in found:
        since = f", since {long_date(one.since)}" if one.since else ""
        say(f"{one.organisation}: {', '.join(x for x in (one.name, one.contact) if x)}{since}")
    if not found:
        say("No point of contact is kept.")
    return 0


def missing(settings: Settings, start: str, end: str, *, every: bool, as_json: bool) -> int:
    """Organisations that miss meetings, with what was done about it; 1 while there are some."""
    with _chasing(settings) as verbs:
        found = verbs.missing(day_of(start, "--from"), day_of(end, "--to"))
        shown = found.every if every else found.missing
        done = {one.organisation: verbs.done_about(one.organisation, found) for one in shown}
        contacts = {one.organisation: verbs.spoc_of(one.organisation) for one in shown}
    rule = f"came to fewer than {found.percent} % and missed {found.meetings} or more"
    if as_json:
        return say_json({
            "from": found.first.isoformat(), "to": found.last.isoformat(),
            "threshold": {"percent": found.percent, "meetings": found.meetings, "sources": list(found.sources)},
            "organisations": [
                {
                    "organisation": o.organisation, "invited": o.invited, "came": o.came,
                    "percent": o.percent, "report_only": o.report_only, "apologies": o.apologies,
                    "no_response": o.no_response, "not_recorded": o.not_recorded,
                    "missing": o in found.missing,
                    "missed": [{"meeting": m.meeting_ref, "on": m.held_on.isoformat(), "how": m.why} for m in o.missed],
                    "done": [d.sentence for d in done[o.organisation]],
                }
                for o in shown
            ],
        }) or int(bool(found.missing))  # fmt: skip
    say(f"{long_date(found.first)} to {long_date(found.last)}: organisations that {rule}.")
    say(f"Figures: {found.sources[0]}; {found.sources[1]}.")
    for one in shown:
        say(f"{one.organisation}: came to {one.came} of {one.invited} ({one.percent} %), report only {one.report_only}, apologies {one.apologies}, no response {one.no_response}" + (f", not recorded {one.not_recorded}" if one.not_recorded else ""))  # fmt: skip
        say(
            f"        missed {', '.join(f'{m.meeting_ref} ({m.why})' for m in one.missed) or 'none'}"
        )
        say(f"        contact: {contacts[one.organisation] or 'none is kept'}")
        for each in done[one.organisation]:
            say(f"        {each.sentence}")
        if one in found.missing and not done[one.organisation]:
            say("        nothing is recorded as done about it")
    if not shown:
        say("None.")
    return int(bool(found.missing))
