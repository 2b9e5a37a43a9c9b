"""The commands about people: who works with an encrypted record, and what each may do."""

from __future__ import annotations

from typing import Annotated

import typer

from panelkit.cli_options import Db, Json, Who, settings_of
from panelkit.commands import people, server

about_people = typer.Typer(help="Who works with an encrypted record, and what each may do.")

Name = Annotated[str, typer.Argument(help="The person’s name.")]
Case = Annotated[str, typer.Argument(help="A case’s reference.")]
Roles = Annotated[
    list[str],
    typer.Option("--role", help="chair, minute-taker, coordinator, reader, lay-adviser or administrator; again for each."),
]  # fmt: skip


@about_people.command("list")
def every(context: typer.Context, as_json: Json = False, db: Db = "", who: Who = "") -> None:
    """Everybody with their roles."""
    raise typer.Exit(people.every(settings_of(context, db, who=who), as_json=as_json))


@about_people.command()
def may(as_json: Json = False) -> None:
    """What each role may do."""
    raise typer.Exit(people.may(as_json=as_json))


@about_people.command()
def add(
    context: typer.Context, name: Name, role: Roles,
    login: Annotated[str, typer.Option("--login", help="How a server calls them.")] = "",
    db: Db = "", who: Who = "",
) -> None:  # fmt: skip
    """Add somebody; a passphrase is drawn for them and shown once, or a server's login is theirs."""
    raise typer.Exit(people.add(settings_of(context, db, who=who), name, role, login))


@about_people.command("login")
def change_login(
    context: typer.Context, name: Name,
    login: Annotated[str, typer.Argument(help="How the server calls them.")],
    db: Db = "", who: Who = "",
) -> None:  # fmt: skip
    """Give somebody another login of the server; the old one opens nothing."""
    raise typer.Exit(server.change_login(settings_of(context, db, who=who), name, login))


@about_people.command()
def roles(context: typer.Context, name: Name, role: Roles, db: Db = "", who: Who = "") -> None:
    """Give somebody these roles instead of those they had."""
    raise typer.Exit(people.roles(settings_of(context, db, who=who), name, role))


@about_people.command()
def remove(context: typer.Context, name: Name, db: Db = "", who: Who = "") -> None:
    """Remove somebody; the record gets other keys. Close panelkit everywhere first."""
    raise typer.Exit(people.remove(settings_of(context, db, who=who), name))


@about_people.command()
def rekey(context: typer.Context, db: Db = "", who: Who = "") -> None:
    """Give the record other keys, as after somebody left. Close panelkit everywhere first."""
    raise typer.Exit(people.rekey(settings_of(context, db, who=who)))


@about_people.command()
def passphrase(context: typer.Context, db: Db = "", who: Who = "") -> None:
    """Change your own passphrase."""
    raise typer.Exit(people.passphrase(settings_of(context, db, who=who)))


@about_people.command()
def reset(context: typer.Context, name: Name, db: Db = "", who: Who = "") -> None:
    """Draw another passphrase for somebody who forgot theirs; shown once."""
    raise typer.Exit(people.reset(settings_of(context, db, who=who), name))


@about_people.command()
def recovery(context: typer.Context, db: Db = "", who: Who = "") -> None:
    """Draw another passphrase for the sealed way in; shown once, and the old one opens nothing."""
    raise typer.Exit(people.recovery(settings_of(context, db, who=who)))


@about_people.command()
def access(
    context: typer.Context, case: Case, as_json: Json = False, db: Db = "", who: Who = ""
) -> None:
    """Who is barred from a case, and who its members are."""
    raise typer.Exit(people.access(settings_of(context, db, who=who), case, as_json=as_json))


@about_people.command()
def bar(context: typer.Context, case: Case, name: Name, db: Db = "", who: Who = "") -> None:
    """Bar somebody from a case, whatever their role: for them it is not there."""
    raise typer.Exit(people.say_access(settings_of(context, db, who=who), case, name, "barred"))


@about_people.command()
def member(context: typer.Context, case: Case, name: Name, db: Db = "", who: Who = "") -> None:
    """Make somebody a member of a case; where there are members, nobody else may open it."""
    raise typer.Exit(people.say_access(settings_of(context, db, who=who), case, name, "member"))


@about_people.command()
def neither(context: typer.Context, case: Case, name: Name, db: Db = "", who: Who = "") -> None:
    """Take back what was said of somebody and a case."""
    raise typer.Exit(people.say_access(settings_of(context, db, who=who), case, name, ""))
