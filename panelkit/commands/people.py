"""People: who works with an encrypted record, and what each may do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.people import MAY, Access, Act, Role, roles_named
from panelkit.wiring import Settings, record_in_use

if TYPE_CHECKING:
    from panelkit.services.people import People


@contextmanager
def _people(settings: Settings) -> Iterator[People]:
    from panelkit.services.people import People

    with record_in_use(settings) as record:
        yield People(record, settings.clock)


def roles_of(words: Sequence[str]) -> frozenset[Role]:
    """Roles by the words somebody typed. Raises BadInput."""
    try:
        return roles_named(words)
    except ValueError as unknown:
        known = ", ".join(str(role).replace("_", "-") for role in Role)
        raise BadInput(f"There is no role {unknown}.", remedy=f"Say one of {known}.") from None


def every(settings: Settings, *, as_json: bool) -> int:
    """Everybody with their roles."""
    with _people(settings) as people:
        found = [p for p in people.every() if not p.removed]
        gone = [p for p in people.every() if p.removed]
    if as_json:
        return say_json(
            {
                "people": [
                    {"name": p.name, "roles": sorted(map(str, p.roles)), "recovery": p.is_recovery}
                    for p in found
                ],
                "removed": [p.name for p in gone],
            }
        )
    for person in found:
        words = "the sealed way in" if person.is_recovery else person.role_words
        say(f"{person.name:<28} {words}{f' ({person.login})' if person.login else ''}")
    for person in gone:
        say(f"{person.name:<28} removed")
    if not found:
        say("Nobody has a passphrase: the record is not encrypted, and names are claimed.")
    return 0


def may(*, as_json: bool) -> int:
    """What each role may do: the table that the services ask."""
    if as_json:
        return say_json({str(act): sorted(map(str, MAY[act])) for act in Act})
    for act in Act:
        who = ", ".join(role.label.lower() for role in Role if role in MAY[act])
        say(f"{act.label}\n    {'everybody' if len(MAY[act]) == len(Role) else who}")
    return 0


def add(settings: Settings, name: str, roles: Sequence[str], login: str = "") -> int:
    """Somebody new, with a passphrase that was drawn for them, or with a server's login."""
    from panelkit.services.people import offered

    if login:
        from panelkit.commands import server

        return server.add(settings, name, roles, login)

    chosen, drawn = roles_of(roles), offered()
    with _people(settings) as people:
        person = people.add(name, chosen, drawn)
    say(f"{person.name} may now open the record as {person.role_words}, with the passphrase")
    say(f"\n    {drawn}\n")
    say("Tell it by voice. It is shown once; they change it with panelkit people passphrase.")
    return 0


def roles(settings: Settings, name: str, words: Sequence[str]) -> int:
    """Other roles."""
    from panelkit.commands.server import change_roles

    person = change_roles(settings, name, words)
    say(f"{person.name} is now {person.role_words}.")
    return 0


def remove(settings: Settings, name: str) -> int:
    """Their way in is gone and the record has other keys."""
    with _people(settings) as people:
        person = people.remove(name)
    if person.login:
        say(
            f"{person.name} has no right in the record any more. Take the login {person.login} away"
        )
        say("from the server as well.")
        return 0
    say(f"{person.name} has no way in any more, and the record has other keys.")
    say("Copies made until now still open with what they knew: keep or destroy them accordingly.")
    return 0


def rekey(settings: Settings) -> int:
    """Other keys."""
    with _people(settings) as people:
        people.rekey()
    say("The record has other keys; everybody opens it with the passphrase they had.")
    return 0


def passphrase(settings: Settings) -> int:
    """One's own, changed."""
    with _people(settings) as people:
        old = settings.ask("Your passphrase now, once more: ")
        people.change_passphrase(old, new_passphrase(settings))
    say("Changed. Copies made until now still open with the old one.")
    return 0


def new_passphrase(settings: Settings) -> str:
    """A new one, typed twice at a terminal. Raises Refused where the two differ."""
    import os

    from panelkit.services.people import offered
    from panelkit.wiring import NEW, VARIABLE

    given = os.environ.get(NEW) or os.environ.get(VARIABLE)
    if given is not None:
        return given
    say(f"A passphrase has at least 12 characters. Eight words that nobody else has: {offered()}")
    new = settings.ask("New passphrase: ")
    if settings.ask("The same again: ") != new:
        raise Refused("The two are not the same.", remedy="Nothing was changed; try again.")
    return new


def reset(settings: Settings, name: str) -> int:
    """Another passphrase for somebody who forgot theirs."""
    from panelkit.services.people import offered

    drawn = offered()
    with _people(settings) as people:
        people.reset_passphrase(name, drawn)
    say(f"{name} opens the record with\n\n    {drawn}\n\nTell it by voice. It is shown once.")
    return 0


def recovery(settings: Settings) -> int:
    """Another passphrase for the sealed way in."""
    with _people(settings) as people:
        drawn = people.new_recovery()
    say_recovery(drawn)
    return 0


def say_recovery(drawn: str) -> None:
    """The passphrase of the sealed way in, shown once."""
    say("The sealed way in, for when a passphrase is forgotten (--as recovery):")
    say(f"\n    {drawn}\n")
    say("Write it down, seal it, give it to whoever keeps such things. It is shown once: without")
    say("it and without anybody's passphrase, nobody opens the record again, and neither do we.")


def access(settings: Settings, case: str, *, as_json: bool) -> int:
    """What is said of a case."""
    with _people(settings) as people:
        found = people.access_to(case)
    if as_json:
        return say_json({"case": case, "access": {p.name: str(said) for p, said in found}})
    for person, said in found:
        say(f"{person.name:<28} {said}: {said.label}")
    if not found:
        say(f"{case}: everybody whose role allows it.")
    return 0


def say_access(settings: Settings, case: str, name: str, word: str) -> int:
    """Barred, a member, or neither."""
    said = Access(word) if word else None
    with _people(settings) as people:
        people.set_access(case, name, said)
    say(f"{case}: {name} {said.label if said else 'is neither member nor barred'}.")
    return 0
