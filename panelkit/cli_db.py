"""The commands about a record on a server: moved there and back, upgraded, looked at."""

from __future__ import annotations

from typing import Annotated

import typer

from panelkit.cli_options import Db, Json, PlaceReason, Who, settings_of
from panelkit.commands import db as commands

about_db = typer.Typer(help="A record on a server: moved there and back, upgraded, looked at.")


@about_db.command()
def copy(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FROM", help="A record: a file, or a server.")],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="An empty database, or a file that is not there.")
    ],
    login: Annotated[
        list[str] | None,
        typer.Option("--login", help='To a server: "NAME=LOGIN"; again for each.'),
    ] = None,
    as_json: Json = False,
    place_reason: PlaceReason = "",
    who: Who = "",
) -> None:
    """Move a whole record from a file to a server, or back; every row is compared afterwards."""
    settings = settings_of(context, "", who=who, place_reason=place_reason)
    raise typer.Exit(commands.copy(settings, source, target, login or [], as_json=as_json))


@about_db.command()
def upgrade(
    context: typer.Context,
    backed_up: Annotated[
        str, typer.Option("--backed-up", help="Where the backup is that was made just before.")
    ] = "",
    as_json: Json = False,
    db: Db = "",
    who: Who = "",
) -> None:
    """Bring a record on a server up to this version, as the owner of its tables."""
    settings = settings_of(context, db, who=who)
    raise typer.Exit(commands.upgrade(settings, backed_up, as_json=as_json))


@about_db.command()
def index(context: typer.Context, as_json: Json = False, db: Db = "", who: Who = "") -> None:
    """Make the index of the search anew; on a server as the owner of its tables."""
    raise typer.Exit(commands.index(settings_of(context, db, who=who), as_json=as_json))


@about_db.command()
def check(
    context: typer.Context, as_json: Json = False, place_reason: PlaceReason = "", db: Db = ""
) -> None:
    """Say what is wrong with a server and what to do; exit 1 where something is."""
    settings = settings_of(context, db, place_reason=place_reason)
    raise typer.Exit(commands.check(settings, as_json=as_json))
