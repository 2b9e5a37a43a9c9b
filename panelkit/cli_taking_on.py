"""The command that takes on a live case from its last Word minutes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from panelkit.cli_options import AreaName, Db, Json, Who, settings_of


def start(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The last minutes, whoever wrote them: a .docx.")],
    confirm_sure: Annotated[
        bool, typer.Option("--confirm-sure", help="Confirm every line that is sure; no guess.")
    ] = False,
    confirm: Annotated[
        str, typer.Option("--confirm", help="Confirm lines by their numbers: 3,7.")
    ] = "",
    leave: Annotated[
        str, typer.Option("--leave", help="Leave lines out by their numbers: 5.")
    ] = "",
    said: Annotated[
        list[str] | None,
        typer.Option("--set", help="Correct one field of a line: 7.due=2026-03-12.."),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Question by question, for screen readers and scripts.")
    ] = False,
    store: Annotated[
        bool,
        typer.Option("--store", help="Make the case and its last meeting of what is confirmed."),
    ] = False,
    throw_away: Annotated[
        bool, typer.Option("--throw-away", help="Forget what was confirmed so far.")
    ] = False,
    fiction: Annotated[bool, typer.Option("--fiction", help="Invented, and printed so.")] = False,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Take on a live case from its last Word minutes: every line confirmed, then stored together."""
    from panelkit.commands import taking_on

    asked = taking_on.Asked(
        confirm_sure=confirm_sure, confirm=confirm, leave=leave, said=said or (), plain=plain,
        store=store, throw_away=throw_away, fiction=fiction, as_json=as_json,
    )  # fmt: skip
    raise typer.Exit(taking_on.start(settings_of(context, db, area, who), file, asked))
