"""The coordinator's audit: findings of one meeting, or of every meeting in the record."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from panelkit.audit import BY_ID, Finding, Severity
from panelkit.audit.matters import MATTERS
from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.wiring import Settings, about, area_of, note_opened, open_record

if TYPE_CHECKING:
    from panelkit.services.auditing import Audited

FAIL_ON: Final = ("red", "amber", "none")
"""What ends in exit code 1."""


def audit(
    settings: Settings, ref: str, *, everything: bool, as_json: bool, fail_on: str = "red"
) -> int:
    """Findings with their words and advice; 1 where one is at or above ``fail_on``."""
    if fail_on not in FAIL_ON:
        msg = f"--fail-on is one of {', '.join(FAIL_ON)}."
        raise BadInput(msg)
    if everything == bool(ref):
        msg = "Name one meeting, or give --all."
        raise BadInput(msg, remedy="A meeting is a reference (WM-0143-3) or the path of a pack.")
    if everything:
        return _all(settings, as_json=as_json, fail_on=fail_on)
    if ref.casefold().endswith((".docx", ".docm", ".doc", ".dotx", ".odt", ".rtf")):
        return _elsewhere(settings, Path(ref), as_json=as_json, fail_on=fail_on)
    found = _one(settings, ref)
    if as_json:
        say_json(as_data(found))
    else:
        say_findings(found)
    return _exit_code([found], fail_on)


def refuse_together(
    *, letters: bool, report: bool, sheet: bool, form: str, period: bool, out: bool, text: bool
) -> None:  # fmt: skip
    """Raises BadInput for options that do not go with one another."""
    if letters + report + bool(form or sheet) > 1:
        raise BadInput("Give one of --form, --sheet, --letters and --report.")
    if period and not report:
        raise BadInput("--from, --to and --outside go with --report.")
    if out and not (letters or report or sheet):
        raise BadInput("--out goes with --letters, --report or --sheet.")
    if text and not (letters or report):
        raise BadInput("--text goes with --letters or --report.")


def _elsewhere(settings: Settings, path: Path, *, as_json: bool, fail_on: str) -> int:
    """Minutes that another program made: what was read, then what it shows, then what it does not."""
    from panelkit.commands import foreign
    from panelkit.documents.foreign import read_foreign
    from panelkit.domain.foreign_meeting import as_meeting
    from panelkit.services.auditing import Auditing

    area, agenda = area_of(settings)
    minutes = read_foreign(path, area.calendar)
    found, unseen = Auditing(None, area).audit_read(as_meeting(minutes, settings.clock(), agenda))
    if as_json:
        not_seen = [rule.id for rule in unseen]
        say_json({**as_data(found), "not_seen": not_seen, "read": foreign.as_data(minutes)})
    else:
        for line in foreign.report(minutes):
            say(line)
        say("")
        say_findings(found)
        if unseen:
            say("\nNot seen in this document, and not held against it:")
            for rule in unseen:
                say(f"  {rule.asks}")
    return _exit_code([found], fail_on)


def _one(settings: Settings, ref: str) -> Audited:
    from panelkit.services.auditing import Auditing

    with about(settings, ref, "audit") as it:
        return Auditing(it.record, it.area).audit(it.meeting, it.earlier)


def _all(settings: Settings, *, as_json: bool, fail_on: str) -> int:
    from panelkit.services.auditing import Auditing

    record = open_record(settings, settings.database)
    area, _agenda = area_of(settings, record)
    meetings, failed = 0, 0
    rules: Counter[str] = Counter()
    try:
        found = Auditing(record, area).audit_all(
            progress_on_a_terminal(), workers=min(2, os.cpu_count() or 1)
        )
        # After it was asked whether they may, and before any of it is read.
        note_opened(settings, record, record.with_cases(), "audit of all")
        if as_json:
            sys.stdout.write('{"meetings": [')
        for one in found:
            if as_json:
                sys.stdout.write(("," if meetings else "") + "\n" + json.dumps(as_data(one), ensure_ascii=False))  # fmt: skip
            else:
                red, amber = one.count(Severity.RED), one.count(Severity.AMBER)
                say(f"{one.ref:<14} {long_date(one.held_on):<18} {red:>4} red  {amber:>4} amber")
            meetings += 1
            failed += _exit_code([one], fail_on)
            rules.update({finding.rule for finding in one.findings})
        if as_json:
            sys.stdout.write("\n]}\n")
        else:
            say(f"\n{meetings} meetings, {failed} with findings that fail.")
            for rule, count in rules.most_common(5):
                say(f"  {count:>5}  {BY_ID[rule].asks}")
    finally:
        record.close()
    return 1 if failed else 0


def progress_on_a_terminal() -> Any:
    """How far it is, on a terminal only, ten times a second at most."""
    if not sys.stderr.isatty():
        return None
    last = [0.0]

    def show(done: int, total: int) -> None:
        now = time.monotonic()
        if done == total:
            sys.stderr.write("\r" + " " * 40 + "\r")
        elif now - last[0] > 0.1:
            last[0] = now
            sys.stderr.write(f"\r{done} of {total} meetings ")
        sys.stderr.flush()

    return show


def _exit_code(found: list[Audited], fail_on: str) -> int:
    order = [str(severity) for severity in Severity]
    bad = set(order[: order.index(fail_on) + 1]) if fail_on in order else set()
    return int(any(str(f.severity) in bad for one in found for f in one.findings))


def as_data(found: Audited) -> dict[str, Any]:
    """What other programs read; more keys may be added."""
    return {
        "ref": found.ref,
        "findings": [
            {
                "rule": f.rule, "severity": str(f.severity), "item": f.item, "evidence": f.evidence,
                "advice": f.advice, "field": f.field, "entry": f.entry, "place": f.place,
                "matter": f.matter, "for": str(MATTERS[f.matter].doing),
            }
            for f in found.findings
        ],
        "forms": {},
    }  # fmt: skip


def say_findings(found: Audited) -> None:
    """Each finding: severity, item, place, the words, what to do; suggestions say so."""
    say(f"{found.ref}  {found.title}  {long_date(found.held_on)}")
    for finding in found.findings:
        _say(finding)
    red, amber = found.count(Severity.RED), found.count(Severity.AMBER)
    if not found.findings:
        say("Nothing found. What only a person can judge was not asked.")
    else:
        say(f"\n{red} red, {amber} amber. What only a person can judge was not asked.")


def _say(finding: Finding) -> None:
    where = " · ".join(part for part in (finding.item or "Case", finding.place) if part)
    suggests = "  (suggestion)" if BY_ID[finding.rule].reads else ""
    say(f"\n{finding.severity.label:<6} {where}  [{finding.rule}]{suggests}")
    say(f"       {' '.join(finding.evidence.split())}")
    say(f"       {finding.advice}")
