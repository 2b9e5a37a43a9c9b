"""The commands about emergency panels, beside the others about meetings."""

from __future__ import annotations

from typing import Annotated

import typer

from panelkit.cli_options import AreaName, Db, Json, Who, settings_of
from panelkit.cli_referrals import Meeting, about_meetings
from panelkit.commands import emergency

__all__ = ["about_meetings"]

Note = Annotated[str, typer.Option("--note", help="What was said; - reads it from standard input.")]


@about_meetings.command("emergency")
def meeting_emergency(
    context: typer.Context,
    ref: Annotated[
        str,
        typer.Argument(help="A case’s reference, such as WM-0143; one that is new with --name."),
    ],
    cause: Annotated[
        str,
        typer.Option(
            "--cause", help="release, breach, housing, threat, late_review, staffing or other."
        ),
    ],
    reason: Annotated[
        str,
        typer.Option("--reason", help="What happened, a sentence; - reads it from standard input."),
    ],
    called_by: Annotated[
        str, typer.Option("--called-by", help="Who asked for it, and of which agency.")
    ],
    called_at: Annotated[
        str, typer.Option("--called-at", help="now, 14:05, yesterday 22:10 or 28 November 23:50.")
    ] = "now",
    level: Annotated[str, typer.Option("--level", help="2 or 3; else where the case stands.")] = "",
    held: Annotated[str, typer.Option("--on", help="The day it is held; else today.")] = "",
    name: Annotated[
        str,
        typer.Option(
            "--name", help="Who it is about, where that is new; - reads it from standard input."
        ),
    ] = "",
    born: Annotated[str, typer.Option("--born", help="Date of birth, such as 1985-03-04.")] = "",
    age: Annotated[
        str, typer.Option("--age", help="child or adult, where no date of birth is known.")
    ] = "",
    category: Annotated[str, typer.Option("--category", help="1 to 4; else to be confirmed.")] = "",
    although_known: Annotated[
        bool,
        typer.Option("--although-known", help="Somebody else of the same name is in the record."),
    ] = False,
    fiction: Annotated[bool, typer.Option("--fiction", help="Invented, and printed so.")] = False,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Call an emergency panel: of a case, of a meeting that is planned, or of somebody new."""
    asked = emergency.Asked(
        cause=cause, reason=reason, called_by=called_by, called_at=called_at, level=level, held=held,
        name=name, born=born, age=age, category=category, although_known=although_known,
        fiction=fiction,
    )  # fmt: skip
    settings = settings_of(context, db, area, who)
    raise typer.Exit(emergency.call(settings, ref, asked, as_json=as_json))


@about_meetings.command("ring")
def meeting_ring(
    context: typer.Context,
    ref: Meeting,
    organisation: Annotated[
        str, typer.Argument(help="The organisation, or some words of its name.")
    ],
    outcome: Annotated[
        str, typer.Argument(help="tried, reached, coming, not_coming or not_reached.")
    ],
    agency: Annotated[
        str,
        typer.Option("--agency", help="Its kind, where it is not on the list: POL, LHA and so on."),
    ] = "",
    person: Annotated[
        str, typer.Option("--person", help="Who was asked for; - reads it from standard input.")
    ] = "",
    note: Note = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Write one call into the log of a meeting, now."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(
        emergency.ring(
            settings, ref, organisation, outcome, agency=agency, person=person, note=note
        )
    )


@about_meetings.command("calls")
def meeting_calls(
    context: typer.Context,
    ref: Meeting,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Who is to be rung for a meeting, and every call that was made."""
    raise typer.Exit(emergency.calls(settings_of(context, db, area, who), ref, as_json=as_json))


@about_meetings.command("owed")
def meeting_owed(
    context: typer.Context,
    ref: Meeting,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """What is owed after an emergency panel; exit 1 while any of it is late."""
    raise typer.Exit(emergency.owed(settings_of(context, db, area, who), ref, as_json=as_json))


@about_meetings.command("settle")
def meeting_settle(
    context: typer.Context,
    ref: Meeting,
    what: Annotated[
        str, typer.Argument(help="papers, referral, or category once the minutes are approved.")
    ],
    by_whom: Annotated[str, typer.Option("--from", help="Who sent or said it.")],
    day: Annotated[str, typer.Option("--on", help="The day it came; else today.")] = "",
    organisation: Annotated[str, typer.Option("--of", help="Whose papers.")] = "",
    note: Note = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Write down that something came that an emergency panel left owing."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(
        emergency.settle(
            settings, ref, what, by_whom=by_whom, day=day, organisation=organisation, note=note
        )
    )
