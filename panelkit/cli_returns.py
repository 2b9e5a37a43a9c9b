"""The commands about returns of organisations before a meeting."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from panelkit.cli_options import AreaName, Db, Json, Templates, Who, settings_of
from panelkit.commands import returns

about_returns = typer.Typer(help="Returns of organisations before a meeting: a form that comes back.")  # fmt: skip

Meeting = Annotated[str, typer.Argument(help="A meeting’s reference, such as WM-0143-3.")]
Organisation = Annotated[
    str, typer.Argument(help="The organisation, a part of its name, or its agency’s code.")
]
Replace = Annotated[
    bool, typer.Option("--replace", help="In the place of what it answered before; both are kept.")
]


@about_returns.command("write")
def return_write(
    context: typer.Context,
    ref: Meeting,
    organisation: Annotated[
        str, typer.Option("--for", help="One organisation; else all that have not answered.")
    ] = "",
    folder: Annotated[Path, typer.Option("-o", "--output", help="A folder for the forms.")] = Path(
        "returns"
    ),
    kind: Annotated[str, typer.Option("--kind", help="word or workbook; else both.")] = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
    templates: Templates = "",
) -> None:
    """Write a small form for each organisation invited, as Word and as a workbook; nothing is sent."""
    settings = settings_of(context, db, area, who, templates)
    raise typer.Exit(returns.write(settings, ref, organisation, folder, kind))


@about_returns.command("read")
def return_read(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Forms that came back, .docx or .xlsx.")],
    yes: Annotated[bool, typer.Option("--yes", help="Keep what is shown.")] = False,
    replace: Replace = False,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
    templates: Templates = "",
) -> None:
    """Show what forms that came back say, and what is not understood and where; keep it with --yes."""
    settings = settings_of(context, db, area, who, templates)
    raise typer.Exit(returns.read(settings, files, yes=yes, replace=replace, as_json=as_json))


@about_returns.command("nil")
def return_nil(
    context: typer.Context,
    ref: Meeting,
    organisation: Organisation,
    by: Annotated[str, typer.Option("--by", help="Who said so.")] = "",
    on: Annotated[str, typer.Option("--on", help="The day; else today.")] = "",
    replace: Replace = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """An organisation says that it holds nothing to tell: an answer, and nobody's presence."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(returns.nil(settings, ref, organisation, by=by, on=on, replace=replace))


@about_returns.command("list")
def return_list(
    context: typer.Context,
    ref: Meeting,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Who was asked, who answered, who owes a return and for how long; 1 while one is late."""
    raise typer.Exit(returns.every(settings_of(context, db, area, who), ref, as_json=as_json))


@about_returns.command("remind")
def return_remind(
    context: typer.Context,
    ref: Meeting,
    organisation: Organisation,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Print the words of a reminder to copy: by reference, nothing of the case."""
    raise typer.Exit(returns.remind(settings_of(context, db, area, who), ref, organisation))


@about_returns.command("addendum")
def return_addendum(
    context: typer.Context,
    ref: Meeting,
    organisation: Organisation,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Make an addendum from a return that came after the meeting was closed."""
    raise typer.Exit(returns.addendum(settings_of(context, db, area, who), ref, organisation))


def add_to(app: typer.Typer) -> None:
    """All of them."""
    app.add_typer(about_returns, name="return")
