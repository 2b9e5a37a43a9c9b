"""Whether the record, a printed head or a file is as it was; 1 where it is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.heads import spoken
from panelkit.wiring import Settings, memory_of, open_record, who_works

if TYPE_CHECKING:
    from panelkit.store.record import Record

_MOST_LINES = 20


def verify(
    settings: Settings, file: Path | None, *, head: str, accept: str, password: bool, as_json: bool
) -> int:
    """The whole record; or one head; or one file; or that the record is right as it is."""
    if sum((file is not None, bool(head), bool(accept))) > 1:
        raise Refused("A file, --head and --accept are three questions.", remedy="Ask one.")
    if head or file is not None:
        return _answer(settings, file, head, password=password, as_json=as_json)
    return _accept(settings, accept) if accept else _everything(settings, as_json=as_json)


def _everything(settings: Settings, *, as_json: bool) -> int:
    from panelkit.services.verifying import Verifying

    record = open_record(settings, settings.database)
    found = Verifying(record, memory_of(settings.database)).everything()
    if as_json:
        return say_json(_as_data(found)) or (0 if found.is_good else 1)
    if found.is_good:
        head = f"; the head is {spoken(found.head.hash, found.head.seq)}" if found.head else ""
        say(
            f"{found.checked.entries} journal entries and {found.checked.issued} issued documents, "
            f"each as it was written{head}."
        )
        say(_keyed(record))
        _say_remembered(found)
        return 0
    for wrong in found.wrong[:_MOST_LINES]:
        say(wrong.sentence)
    if len(found.wrong) > _MOST_LINES:
        say(f"And {len(found.wrong) - _MOST_LINES} more: --json lists them.")
    if found.remembered is not None and found.remembered.is_alarm:
        say(found.remembered.remedy)
    return 1


def _keyed(record: Record) -> str:
    keys = record.opened.keys
    if keys is None:
        return "The chain is not keyed: it shows mistakes, not a skilled forger."
    since = f" from entry {keys.chain_from} on" if keys.chain_from > 1 else ""
    return f"The chain is keyed{since}."


def _say_remembered(found: Any) -> None:
    remembered = found.remembered
    if remembered is None or remembered.standing.known is None:
        say("Nothing was remembered of it on this machine: rows cut from the end would not show.")
    elif remembered.explained:
        say(remembered.explained)
    else:
        known = remembered.standing.known
        say(f"It runs through what was remembered here: {spoken(known.hash, known.seq)}.")


def _as_data(found: Any) -> dict[str, Any]:
    """What other programs read; keys may be added."""
    remembered, head = found.remembered, found.head
    known = remembered.standing.known if remembered else None
    return {
        "ok": found.is_good,
        "entries": found.checked.entries,
        "first_wrong": found.first_wrong,
        "issued_checked": found.checked.issued,
        "head": {"hash": head.hash, "entry": head.seq, "at": head.at} if head else None,
        "remembered": {"hash": known.hash, "entry": known.seq, "at": known.at} if known else None,
        "wrong": [
            {"what": each.what, "where": each.where, "sentence": each.sentence}
            for each in found.wrong
        ],
    }  # fmt: skip


def _answer(
    settings: Settings, file: Path | None, head: str, *, password: bool, as_json: bool
) -> int:
    from panelkit.services.verifying import Verifying

    record = open_record(settings, settings.database)
    verifying = Verifying(record)
    if file is None:
        found = verifying.head(head)
    else:
        from panelkit.commands.distribution import asked_password
        from panelkit.documents.import_guard import read_bytes

        secret = asked_password(wanted=password)
        found = verifying.file(read_bytes(file), file.name, secret)
    if as_json:
        say_json({"ok": found.is_good, "said": list(found.lines)})
    else:
        for line in found.lines:
            say(line)
    return 0 if found.is_good else 1


def _accept(settings: Settings, why: str) -> int:
    from panelkit.services.remembering import Accepted

    if why not in {str(each) for each in Accepted}:
        names = ", ".join(f"{each} ({each.label.lower()})" for each in Accepted)
        raise BadInput("That is not a reason that is kept.", remedy=f"Say {names}.")
    record = open_record(settings, settings.database)
    memory = memory_of(settings.database)
    who = who_works(settings, record)
    found = memory.accept(record, Accepted(why), settings.clock, who)
    say(found.sentence)
    say(f"Accepted by {who}: {Accepted(why).label.lower()}. The journal says so.")
    return 0
