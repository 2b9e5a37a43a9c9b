"""Commands about a record on a server: making it, saying where it is, people by their logins."""

from __future__ import annotations

from collections.abc import Sequence

from panelkit import __version__, paths
from panelkit.commands.changes import kept_words
from panelkit.commands.people import roles_of
from panelkit.commands.printing import say, say_facts
from panelkit.domain.errors import PanelkitError, Refused
from panelkit.domain.people import Person
from panelkit.store.server import Server
from panelkit.wiring import Settings, area_of, record_in_use


def init(settings: Settings, server: Server, *, roles: Sequence[str], login: str) -> int:
    """A new record in an empty database, with its first person."""
    from panelkit.services.logins import found_at
    from panelkit.services.people import FIRST

    person = found_at(
        server, settings.person, roles_of(roles) or FIRST, login, settings.clock
    )  # fmt: skip
    say(f"Made a record in {server.name}. {person.name} opens it as the login {person.login}:")
    say(f"\n    panelkit --db {server.with_login(person.login)}\n")
    say(
        "The login that made it owns the tables: keep it for panelkit db upgrade, and for nothing else."
    )
    return 0


def add(settings: Settings, name: str, roles: Sequence[str], login: str) -> int:
    """Somebody new, who comes in with a login."""
    chosen = roles_of(roles)
    with record_in_use(settings) as record:
        from panelkit.services.logins import Logins

        if not record.is_on_server:
            raise Refused(
                "People of a record in a file have passphrases.", remedy="Leave --login out."
            )
        person = Logins(record, settings.clock).add(name, chosen, login)
    say(f"{person.name} may now open the record as {person.role_words}, with the login {login}.")
    return 0


def change_roles(settings: Settings, name: str, roles: Sequence[str]) -> Person:
    """Other roles, wherever the record is."""
    from panelkit.services.logins import Logins
    from panelkit.services.people import People

    chosen = roles_of(roles)
    with record_in_use(settings) as record:
        people = (Logins if record.is_on_server else People)(record, settings.clock)
        return people.change_roles(name, chosen)


def change_login(settings: Settings, name: str, login: str) -> int:
    """Another login for somebody."""
    from panelkit.services.logins import Logins

    with record_in_use(settings) as record:
        if not record.is_on_server:
            raise Refused("People of a record in a file have passphrases, and no logins.")
        person = Logins(record, settings.clock).change_login(name, login)
    say(f"{person.name} opens the record with the login {person.login}; the old one opens nothing.")
    return 0


def where(settings: Settings, server: Server, *, as_json: bool) -> int:
    """Which server is in use, and whether it answers."""
    facts: dict[str, object] = {
        "version": __version__,
        "database": str(server),
        "encrypted on the way": server.is_guarded,
        "area": settings.area_name,
        "controllers": "; ".join(area_of(settings)[0].controllers),
        "accessibility contact": area_of(settings)[0].accessibility_contact,
        "templates": str(paths.shipped("templates")),
        "own templates": str(settings.own_templates or ""),
        "samples": str(paths.shipped("sample_meetings")),
        "logs": str(paths.log_folder()),
    }
    notices = []
    try:
        with record_in_use(settings) as record:
            me = record.me
            facts["as"] = f"{me.name} ({record.opened.login})" if me else settings.person
            facts["exists"] = True
            facts["kept local"] = kept_words(settings, record)
    except PanelkitError as failed:
        facts["exists"] = False
        notices.append(failed.sentence)
    return say_facts(facts, notices, as_json=as_json)
