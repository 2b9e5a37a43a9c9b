"""The commands about changes of guidance and forms."""

from __future__ import annotations

from typing import Annotated

import typer

from panelkit.cli_options import AreaName, Db, Json, Templates, Who, settings_of
from panelkit.commands import changes

about_changes = typer.Typer(
    help="Changes of guidance and forms, one by one: accepted, or the words before kept local."
)

Named = Annotated[
    str, typer.Argument(help="A change: its number in the list, or its place, agenda.A9.say.")
]
Names = Annotated[
    list[str] | None, typer.Argument(help="Changes, by their numbers in the list or their places.")
]
Why = Annotated[str, typer.Option("--because", help="Why, in words; it prints beside the source.")]


@about_changes.command("list")
def changes_list(
    context: typer.Context, as_json: Json = False, db: Db = "", area: AreaName = "", who: Who = "",
    templates: Templates = "",
) -> None:  # fmt: skip
    """List what is not as it was agreed."""
    settings = settings_of(context, db, area, who, templates)
    raise typer.Exit(changes.listed(settings, as_json=as_json))


@about_changes.command("show")
def changes_show(
    context: typer.Context, named: Named, as_json: Json = False, db: Db = "", area: AreaName = "",
    who: Who = "", templates: Templates = "",
) -> None:  # fmt: skip
    """Show one: the words before and now with their sources, the difference, what it reaches."""
    settings = settings_of(context, db, area, who, templates)
    raise typer.Exit(changes.show(settings, named, as_json=as_json))


@about_changes.command("accept")
def changes_accept(
    context: typer.Context,
    named: Names = None,
    every: Annotated[bool, typer.Option("--all", help="All that are listed.")] = False,
    because: Annotated[str, typer.Option("--because", help="Why, where you want to say.")] = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
    templates: Templates = "",
) -> None:
    """Accept changes: the words of now hold."""
    settings = settings_of(context, db, area, who, templates)
    raise typer.Exit(changes.accept(settings, named or (), every=every, because=because))


@about_changes.command("keep")
def changes_keep(
    context: typer.Context, named: Named, because: Why, db: Db = "", area: AreaName = "",
    who: Who = "", templates: Templates = "",
) -> None:  # fmt: skip
    """Keep the words before, in this area, with a reason."""
    settings = settings_of(context, db, area, who, templates)
    raise typer.Exit(changes.keep(settings, named, because=because))


@about_changes.command("decided")
def changes_decided(
    context: typer.Context,
    only_kept: Annotated[bool, typer.Option("--kept", help="Only what is kept local now.")] = False,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """List what was decided, by whom, when and why."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(changes.decided(settings, as_json=as_json, only_kept=only_kept))


@about_changes.command("undo")
def changes_undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The number of a decision.")],
    because: Annotated[str, typer.Option("--because", help="Why it is taken back.")],
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
    templates: Templates = "",
) -> None:
    """Take a decision back: the change waits again."""
    settings = settings_of(context, db, area, who, templates)
    raise typer.Exit(changes.undo(settings, number, because=because))


def bank_holidays(
    context: typer.Context,
    year: Annotated[int, typer.Argument(min=1, max=9999, help="A year, such as 2027.")],
    as_json: Json = False,
    area: AreaName = "",
) -> None:
    """List the bank holidays of a year, as dates are counted in this area."""
    settings = settings_of(context, "", area)
    raise typer.Exit(changes.bank_holidays(settings, year, as_json=as_json))
