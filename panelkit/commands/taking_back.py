"""An edited draft comes back: what it says now, and what of it is stored."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from panelkit.commands.printing import say, say_json
from panelkit.domain.compare import PieceKind, compare
from panelkit.domain.errors import BadInput
from panelkit.wiring import Settings, note_opened, open_record, who_works

if TYPE_CHECKING:
    from panelkit.services.taking_back import Change, TakeBack

_FORMS = {PieceKind.SAME: "{}", PieceKind.REMOVED: "[-{}-]", PieceKind.ADDED: "{{+{}+}}"}


def take_back(
    settings: Settings, file: Path, accept: str, *, as_json: bool, keep_tray: bool = False
) -> int:
    """Show what was changed and store what is accepted; 1 where something was left."""
    from panelkit.services.taking_back import TakingBack

    record = open_record(settings, settings.database)
    taking = TakingBack(record, settings.clock, who_works(settings, record))
    back = taking.read(file)
    note_opened(settings, record, [back.meeting], "take-back")
    numbers = _numbers(back, accept)
    if numbers is None and keep_tray:
        msg = "The tray is kept when changes are accepted or refused."
        raise BadInput(msg, remedy="Add --accept all, none, or numbers.")
    if numbers is not None:
        taking.accept(back, numbers, keep_tray=keep_tray)
    taken = set(numbers or ())
    left = [change for change in back.changes if change.number not in taken]
    if as_json:
        say_json(_as_json(back, taken))
    else:
        _say_all(back, taken)
        _say_end(back, taken, accept)
        if keep_tray and back.unplaced:
            say("What has no place is kept as notes, to be placed.")
    return 1 if left or back.refused or back.unplaced else 0


def _numbers(back: TakeBack, accept: str) -> Collection[int] | None:
    """Which changes are accepted; None where nobody said. Raises BadInput."""
    if not accept:
        return None
    if accept == "all":
        return back.ready()
    if accept == "none":
        return ()
    try:
        return {int(part) for part in accept.split(",") if part.strip()}
    except ValueError:
        msg = "Say all, none, or numbers such as 1,3."
        raise BadInput(msg) from None


def difference(was: str, now: str) -> str:
    """What turns one text into the other: ``[-was-]{+now+}``."""
    return "".join(_FORMS[piece.kind].format(piece.text) for piece in compare(was, now))


def _say_all(back: TakeBack, taken: Collection[int]) -> None:
    say(f"{back.path.name}: draft of {back.ref}, version {back.draft.version}.")
    for notice in back.notices:
        say(notice)
    if back.is_clean:
        say("Nothing in it was changed.")
    for change in back.changes:
        _say_change(change, accepted=change.number in taken)
    if back.refused:
        say("\nNot taken: what panelkit generates is corrected in the record.")
    for fact in back.refused:
        after = f', after "{_short(fact.after)}"' if fact.after else ""
        now = f"{{+{fact.now}+}}" if fact.now else ""
        say(f"  {fact.section}{after}: [-{fact.was}-]{now}")
        say(f"    {fact.remedy}")
    if back.unplaced:
        say("\nIn the file, and in no field of the record:")
    for each in back.unplaced:
        who = f" by {each.who}" if each.who else ""
        at = f' at "{_short(each.at)}"' if each.at else ""
        say(f"  {each.section or 'Before the first section'}: {each.kind}{who}{at}")
        say(f"    {each.text}" if each.text else "    (no words)")


def _say_change(change: Change, *, accepted: bool) -> None:
    state = "  accepted" if accepted else ""
    say(f"\nChange {change.number}: {change.section} · {change.place}{state}")
    say(_indented(difference(change.was, change.now)))
    if change.record_now is not None:
        say(_indented(f"The record says now: {change.record_now or '(blank)'}"))
    if change.pending:
        say("   It holds tracked changes that nobody accepted or rejected in Word.")
    if change.look and not accepted:
        say(f"   To be looked at: {change.look}.")
    if change.barred:
        say(f"   {change.barred}")


def _say_end(back: TakeBack, taken: Collection[int], accept: str) -> None:
    left = len(back.changes) - len(taken)
    if not back.changes:
        return
    if not accept:
        say(
            "\nNothing was stored. Add --accept all, or the numbers of those to take: --accept 1,3."
        )
    elif left:
        say(f"\nStored: {len(taken)}. Left as the record has it: {left}.")
    else:
        say(f"\nStored: {len(taken)}.")


def _indented(text: str) -> str:
    return "\n".join(f"   {line}" for line in text.split("\n"))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:59]}…"


def _as_json(back: TakeBack, taken: Collection[int]) -> dict[str, object]:
    return {
        "ref": back.ref,
        "draft": back.draft.id,
        "notices": list(back.notices),
        "changes": [
            {
                "number": c.number, "section": c.section, "place": c.place, "was": c.was,
                "now": c.now, "accepted": c.number in taken, "record_now": c.record_now,
                "look": c.look, "barred": c.barred, "tracked": c.pending,
            }
            for c in back.changes
        ],
        "refused": [
            {"section": f.section, "after": f.after, "was": f.was, "now": f.now, "remedy": f.remedy}
            for f in back.refused
        ],
        "unplaced": [
            {"kind": u.kind, "section": u.section, "text": u.text, "at": u.at, "who": u.who}
            for u in back.unplaced
        ],
    }  # fmt: skip
