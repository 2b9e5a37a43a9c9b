"""Options that many commands take, said once."""

from __future__ import annotations

from typing import Annotated

import typer

from panelkit.wiring import Settings

Db = Annotated[
    str, typer.Option("--db", help="The record: a file. Else PANELKIT_DB, else the usual place.")
]
AreaName = Annotated[str, typer.Option("--area", help="The area file. Else PANELKIT_AREA.")]
Who = Annotated[
    str, typer.Option("--as", help="Who is working. Else PANELKIT_AS, else the account.")
]
Templates = Annotated[
    str,
    typer.Option(
        "--templates", help="The area's own folder of template folders. Else PANELKIT_TEMPLATES."
    ),
]
PlaceReason = Annotated[
    str,
    typer.Option(
        "--place-reason",
        help="Why a record or copy is on a network, synced or removable place. Else PANELKIT_PLACE_REASON.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="For other programs.")]
Ref = Annotated[
    str, typer.Argument(help="A reference (WM-0143-3, or a case's open meeting), or a pack's path.")
]


def settings_of(
    context: typer.Context, db: str, area: str = "", who: str = "", templates: str = "",
    place_reason: str = "",
) -> Settings:  # fmt: skip
    """What was said before the command, with what was said after it."""
    given: Settings = context.obj
    return Settings(
        db or given.db, area or given.area, who or given.who,
        templates=templates or given.templates, place_reason=place_reason or given.place_reason,
    )  # fmt: skip
