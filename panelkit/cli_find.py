"""The command that finds words in everything that is kept."""

from __future__ import annotations

from typing import Annotated

import typer

from panelkit.cli_options import Db, Json, Who, settings_of

Words = Annotated[
    list[str],
    typer.Argument(
        metavar="WORDS...",
        help='Words that must be there; "words together" in quotes; after -- also -word for one that '
        "must not; word* for a beginning. Or a reference such as WM-0143-3.",
    ),
]


def find(
    context: typer.Context,
    words: Words,
    case: Annotated[
        str, typer.Option("--case", help="Look in this case alone: its reference.")
    ] = "",
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=1000, help="Places that are listed.")
    ] = 20,
    older: Annotated[
        int, typer.Option("--older", min=0, help="Go on where an earlier answer ended: its number.")
    ] = 0,
    as_json: Json = False,
    db: Db = "",
    who: Who = "",
) -> None:
    """Find words in everything that is kept and that you may see; each with where it stands."""
    from panelkit.commands import find as commands

    settings = settings_of(context, db, who=who)
    raise typer.Exit(
        commands.find(settings, words, case=case, limit=limit, older=older, as_json=as_json)
    )
