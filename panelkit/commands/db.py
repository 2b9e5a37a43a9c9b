"""Commands about a record on a server: moved there and back, upgraded, indexed, looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from panelkit.commands.people import new_passphrase, say_recovery
from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.meeting import By
from panelkit.store import places
from panelkit.store.server import Location, Server, location_of
from panelkit.wiring import Settings, open_record, record_in_use, who_works

if TYPE_CHECKING:
    from panelkit.store.moving import Moved


def copy(settings: Settings, source: str, target: str, logins: Sequence[str], *, as_json: bool) -> int:  # fmt: skip
    """A whole record from a file to a server, or from a server to a file."""
    here, there = _fit(settings, source), _fit(settings, target)
    if isinstance(here, Server) and isinstance(there, Path):
        return _to_file(settings, here, there, logins, as_json=as_json)
    if isinstance(here, Path) and isinstance(there, Server):
        return _to_server(settings, here, there, logins, as_json=as_json)
    if isinstance(here, Path):
        raise Refused("Both are files.", remedy="A copy of a file is made with panelkit backup.")
    raise Refused(
        "Both are on servers.", remedy="Go by way of a file, or use the server’s own tools."
    )


def _fit(settings: Settings, named: str) -> Location:
    where = location_of(named)
    if isinstance(where, Server):
        where.must_be_guarded(settings.reason_for_place)
    else:
        places.must_be_fit(where, settings.machine(), reason=settings.reason_for_place)
    return where


def _to_server(
    settings: Settings, path: Path, server: Server, said: Sequence[str], *, as_json: bool
) -> int:
    from panelkit.services.moving import logins_said, to_server

    logins = logins_said(said)
    if not path.is_file():
        raise NotFound(f"There is no record at {path}.")
    record = open_record(settings, path)
    try:
        who = who_works(settings, record)
        moved = to_server(record, server, logins, settings.clock, who)
    finally:
        record.close()
    if as_json:
        say_json(_as_data(moved) | {"logins": logins})
        return 0 if moved.checked.is_good else 1
    _say_moved(moved, str(path), server.name)
    for name, login in logins.items():
        say(f"{name} opens it with panelkit --db {server.with_login(login)}")
    say("Everybody else gets a login with panelkit people login. Passphrases open the file only.")
    say(f"{path} is as it was: put it away, so that nobody goes on writing in it.")
    return 0 if moved.checked.is_good else 1


def _to_file(
    settings: Settings, server: Server, path: Path, logins: Sequence[str], *, as_json: bool
) -> int:
    from panelkit.services.moving import to_file
    from panelkit.store.arriving import must_be_free
    from panelkit.store.belongings import keys_of

    if logins:
        raise Refused("People of a record in a file have passphrases.", remedy="Leave --login out.")
    for place in (path, keys_of(path)):
        must_be_free(place)
    passphrase = new_passphrase(settings)
    made = to_file(server, path, settings.person, passphrase, settings.clock)
    moved = made.moved
    if as_json:
        say_json(_as_data(moved) | {"recovery": made.recovery})
        return 0 if moved.checked.is_good else 1
    _say_moved(moved, server.name, str(path))
    say(f"{settings.person} opens it, with the passphrase just given; the others get one with")
    say(f"panelkit people reset. The key slots are in {keys_of(path).name}.")
    say("What anybody writes on the server from now on is not in it.\n")
    say_recovery(made.recovery)
    return 0 if moved.checked.is_good else 1


def _say_moved(moved: Moved, source: str, target: str) -> None:
    held = [each for each in moved.tables if each.rows]
    for each in held:
        say(f"{each.table:<20} {each.rows:>9,}")
    rate = moved.rows / max(moved.seconds, 0.001)
    say(f"{'all tables':<20} {moved.rows:>9,}  each row the same in {source} and in {target}")
    say(
        f"{moved.size / 1e6:.1f} MB in {moved.seconds:.1f} s, {rate:,.0f} rows a second, compared too."
    )
    say(f"The journal of {moved.checked.entries:,} entries runs to the same head on both sides.")
    if not moved.checked.is_good:
        say("On BOTH sides something is not as it was written: panelkit verify says what.")
    say(f"{moved.added} entries came after it: that it was moved, and who comes in how.\n")


def _as_data(moved: Moved) -> dict[str, object]:
    return {
        "tables": {each.table: {"rows": each.rows, "sha256": each.digest} for each in moved.tables},
        "rows": moved.rows, "bytes": moved.size, "seconds": round(moved.seconds, 3),
        "head": moved.head, "entries": moved.checked.entries, "added": moved.added,
        "ok": moved.checked.is_good,
    }  # fmt: skip


def upgrade(settings: Settings, backed_up: str, *, as_json: bool) -> int:
    """A record on a server brought up to this version, by the owner of its tables."""
    where = settings.database
    if not isinstance(where, Server):
        say("A record in a file is upgraded when it is opened, with a copy made first.")
        return 0
    from panelkit.store.upgrading import upgrade_server

    by = By(settings.person, settings.clock())
    done = upgrade_server(where, backed_up, by)
    if as_json:
        return say_json(
            {"before": done.before, "after": done.after, "revisions": [n for n, _ in done.steps]}
        )
    for number, title in done.steps:
        say(f"{number}  {title}")
    if done.steps:
        say(f"The record went from {done.before} to {done.after}; the backup is noted in it.")
    else:
        say(f"The record is at {done.after}, the newest: there was nothing to upgrade.")
    say("What each login may do, and which rows it sees, was said to the server again.")
    return 0


def index(settings: Settings, *, as_json: bool) -> int:
    """The index of the search and the lists beside it made anew: of a file, or by the owner of a server's tables."""
    from panelkit.services.indexing import Indexing, differs

    where = settings.database
    if isinstance(where, Server):
        from panelkit.store.indexing import index_server

        before, lists = index_server(where)
    else:
        with record_in_use(settings) as record:
            before, lists = Indexing(record).again()
    if as_json:
        return say_json(
            {
                "missing": before.missing, "extra": before.extra, "untold": list(before.untold),
                "meetings": len(lists.meetings), "actions": len(lists.actions),
                "referrals": len(lists.referrals),
            }
        )  # fmt: skip
    said = differs(before)
    say(f"The index lagged: {said}." if said else "The index was as the record is.")
    say(lists.words or "The lists of what falls due were as the meetings are.")
    say("All of it was made anew; nothing of cases that were let go is left in it.")
    return 0


def check(settings: Settings, *, as_json: bool) -> int:
    """What is wrong with a server, each with what to do."""
    where = settings.database
    if not isinstance(where, Server):
        said = "A record in a file has no server: panelkit verify looks at it, panelkit where at its place."
        if as_json:
            return say_json({"checks": [], "wrong": [], "unseen": [], "notices": [said]})
        say(said)
        return 0
    from panelkit.services.deployment import look_at

    found = look_at(where, settings.clock)
    if as_json:
        say_json(
            {
                "checks": list(found.looked_at),
                "wrong": [
                    {"check": f.check, "what": f.what, "remedy": f.remedy} for f in found.wrong
                ],
                "unseen": [{"check": f.check, "why": f.what} for f in found.unseen],
            }
        )
        return 1 if found.wrong else 0
    for each in found.wrong:
        say(f"WRONG    {each.what}\n         {each.remedy}")
    for each in found.unseen:
        say(f"NOT SEEN {each.what}")
    number, unseen = len(found.wrong), len(found.unseen)
    say(
        f"{len(found.looked_at)} things were looked at on {where.name}: {number} wrong, {unseen} not seen."
    )
    if unseen:
        say("What was not seen is not said to be well: ask as the owner, or as a superuser.")
    return 1 if found.wrong else 0
