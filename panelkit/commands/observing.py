"""A lay adviser's sheet goes out without a word of the meeting on it, and comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelkit.commands.audit_forms import sum_in_words
from panelkit.commands.printing import say, say_json
from panelkit.domain.audit_forms import Question
from panelkit.domain.auditing import Audit, label_of
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.domain.observing import is_listed
from panelkit.domain.sheet_numbers import printed
from panelkit.wiring import Settings, open_desk

if TYPE_CHECKING:
    from panelkit.domain.foreign import NotRead
    from panelkit.domain.meeting import Meeting
    from panelkit.services.desk import Desk
    from panelkit.services.lay_sheets import SheetChange, SheetRead

_WORD = (".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf", ".pdf")


def write(
    settings: Settings, ref: str, folder: Path, *, observer: str, form_id: str, everything: bool,
    as_json: bool,
) -> int:  # fmt: skip
    """A sheet for one observer of one meeting."""
    if everything or not ref or ref.casefold().endswith(".toml"):
        msg = "A sheet is written for one meeting of the record."
        raise BadInput(msg, remedy="Name its reference.")
    desk = open_desk(settings, settings.database)
    meeting = desk.observations.meeting(ref)
    made = desk.lay_sheets.write(meeting, folder, observer=observer, form_id=form_id)
    sheet, path = made.sheet, made.file.path
    if as_json:
        return say_json(
            {
                "sheet": printed(sheet.number), "path": str(path), "ref": meeting.ref,
                "observer": sheet.observer, "form": sheet.form.id,
            }
        )  # fmt: skip
    say(str(path))
    say(f"Sheet {printed(sheet.number)} is for {sheet.observer} at {meeting.ref}: {sheet.form.label}.")  # fmt: skip
    say("Nothing on it or in it says so; only this record knows.")
    _say_if_not_listed(meeting, sheet.observer)
    return 0


def observe(settings: Settings, what: str, *, replace: bool, as_json: bool) -> int:
    """A sheet taken in, or, for a reference, what was observed of a meeting."""
    desk = open_desk(settings, settings.database)
    if what.casefold().endswith(_WORD) or Path(what).is_file():
        return _take_in(desk, Path(what), replace=replace, as_json=as_json)
    if replace:
        raise BadInput("--replace goes with a sheet.", remedy="Name its file.")
    return _show(desk, desk.observations.meeting(what), as_json=as_json)


def _take_in(desk: Desk, path: Path, *, replace: bool, as_json: bool) -> int:
    sheets = desk.lay_sheets
    read = sheets.read(path)
    blank = read.filled.is_blank
    waits = read.replaces and bool(read.changes) and not (replace or blank)
    known = read.is_known
    audit = None
    if not waits:
        if blank and not as_json:
            _say_not_read(read.not_read)
        audit = sheets.take_in(read, replace=replace)
    if as_json:
        say_json(_as_json(read, stored=audit is not None, known=known))
    else:
        _say_read(read, audit, known=known)
    return int(waits or bool(read.not_read))


def _say_read(read: SheetRead, audit: Audit | None, *, known: bool) -> None:
    sheet, meeting = read.sheet, read.meeting
    say(f"{read.path.name}: sheet {printed(sheet.number)}, {sheet.observer} at {meeting.ref}.")
    for notice in read.filled.notices:
        say(notice)
    if known:
        say("The record says all of it already; nothing was changed.")
    elif audit is None:
        say("\nThe record has this observation, and it would read otherwise:")
        for change in read.changes:
            say(_difference(read.steps[-1], change))
        say("\nNothing was stored. Add --replace to take the sheet as it is now.")
    else:
        _say_observation(audit)
    _say_not_read(read.not_read)
    _say_if_not_listed(meeting, sheet.observer)


def _difference(audit: Audit, change: SheetChange) -> str:
    where = f"{change.question} {change.what}" if change.question else "remarks"
    text = audit.form.question(change.question).text if change.question else ""
    return f"  {where}: [-{change.was}-]{{+{change.now}+}}" + (f"  ({text})" if text else "")


def _say_not_read(not_read: tuple[NotRead, ...]) -> None:
    if not_read:
        say("\nNot read, and not in the record:")
    for one in not_read:
        say(f"  {one.what}: {one.why}")
        if one.words:
            say("\n".join(f"    {line}" for line in one.words.split("\n")))


def _say_if_not_listed(meeting: Meeting, observer: str) -> None:
    if not is_listed(meeting, observer):
        say(f"{observer} is not on the attendance list of {meeting.ref}.")


def _say_observation(audit: Audit) -> None:
    from panelkit.audit.scoring import totals

    say(f"\n{audit.auditor}, observer: {audit.form.label} ({audit.state.label})")
    for number, question in enumerate(audit.form.questions, start=1):
        mark = audit.mark(question.id)
        say(f"  {number:>2}  {question.text}  {_graded(question, mark.stands)}")
        if mark.comment:
            say("\n".join(f"        {line}" for line in mark.comment.split("\n")))
    if audit.remarks:
        say("  Of the whole:")
        say("\n".join(f"        {line}" for line in audit.remarks.split("\n")))
    for total in totals(audit.form, audit.answers):
        say(sum_in_words(total))


def _graded(question: Question, stands: str) -> str:
    option = question.option(stands) if stands else None
    if option is not None:
        return f"[{option.value} {option.label}]"
    return "[does not apply]" if stands else "[ ]"


def _show(desk: Desk, meeting: Meeting, *, as_json: bool) -> int:
    found, sheets = desk.observations.of(meeting), desk.lay_sheets.of(meeting)
    if as_json:
        return say_json(
            {
                "ref": meeting.ref,
                "observations": [_observation(one) for one in found],
                "sheets": [
                    {
                        "sheet": printed(sheet.number), "observer": sheet.observer,
                        "form": sheet.form.id, "read": sheet.read_at is not None,
                    }
                    for sheet in sheets
                ],
            }
        )  # fmt: skip
    say(f"{meeting.ref}  {meeting.title}  {long_date(meeting.held_on)}")
    for one in found:
        _say_observation(one)
    if not found:
        say("No observation is in the record.")
    for sheet in sheets:
        state = f"read by {sheet.read_by}" if sheet.read_at else "not back"
        say(f"Sheet {printed(sheet.number)}  {sheet.observer}  {state}")
    return 0


def _observation(audit: Audit) -> dict[str, Any]:
    return {
        "observer": audit.auditor, "form": audit.form.id, "label": audit.form.label,
        "state": str(audit.state), "remarks": audit.remarks,
        "answers": [
            {
                "id": mark.question, "answer": mark.stands,
                "label": label_of(audit.form, mark.question, mark.stands), "comment": mark.comment,
            }
            for mark in audit.marks
        ],
    }  # fmt: skip


def _as_json(read: SheetRead, *, stored: bool, known: bool) -> dict[str, Any]:
    return {
        "sheet": printed(read.sheet.number), "ref": read.meeting.ref,
        "observer": read.sheet.observer, "form": read.sheet.form.id,
        "stored": stored, "known": known, "notices": list(read.filled.notices),
        "changes": [
            {"id": c.question, "what": c.what, "was": c.was, "now": c.now} for c in read.changes
        ],
        "not_read": [{"what": n.what, "why": n.why, "words": n.words} for n in read.not_read],
        "observation": _observation(read.steps[-1]),
    }  # fmt: skip
