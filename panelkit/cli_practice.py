"""The command that opens a practice: an invented meeting in a record of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from panelkit.cli_options import AreaName, Json, Templates, settings_of
from panelkit.domain.errors import BadInput
from panelkit.domain.practice import Learner


def practice(
    context: typer.Context,
    scenario: Annotated[
        str, typer.Argument(help="What is practised; else a list to choose from.")
    ] = "",
    role: Annotated[str, typer.Option("--as", help="chair or minute-taker.")] = "",
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Line by line: for screen readers, braille and scripts."),
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="A new attempt; the earlier ones stay to compare with.")
    ] = False,
    listing: Annotated[
        bool, typer.Option("--list", help="Print what there is to practise, and your attempts.")
    ] = False,
    feedback: Annotated[
        bool, typer.Option("--feedback", help="What your last attempt shows, item by item.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="With --feedback: a folder for the sheet in Word."),
    ] = None,
    throw_away: Annotated[
        bool, typer.Option("--throw-away", help="Every attempt of this scenario goes.")
    ] = False,
    check: Annotated[
        Path | None, typer.Option("--check", help="Whether a scenario's file can be used.")
    ] = None,
    as_json: Json = False,
    area: AreaName = "",
    templates: Templates = "",
) -> None:
    """Practise on an invented meeting, never mixed with real ones, and hear how it went."""
    from panelkit.commands import practice as practising

    settings = settings_of(context, "", area, "", templates)
    if role and role not in list(Learner):
        raise BadInput("--as is chair or minute-taker here.", remedy="A practice gives you a name.")
    if sum((listing, feedback, throw_away, check is not None, plain or again)) > 1:
        raise BadInput("One thing at a time.", remedy="--help says what each does.")
    if check is not None:
        code = practising.check(settings, check)
    elif listing:
        code = practising.listing(settings, role, as_json=as_json)
    elif throw_away:
        code = practising.throw_away(settings, scenario)
    elif feedback:
        code = practising.how_am_i_doing(settings, scenario, out, as_json=as_json)
    else:
        code = practising.practise(settings, scenario, role, plain=plain, again=again)
    raise typer.Exit(code)
