"""The commands that begin a case or a meeting, and those that lead minutes from draft to issue."""

from __future__ import annotations

from typing import Annotated

import typer

from panelkit.cli_options import AreaName, Db, Json, Templates, Who, settings_of
from panelkit.cli_referrals import Meeting, about_meetings
from panelkit.commands import beginning, draft

about_drafts = typer.Typer(
    help="Minutes from draft to issue: to the chair, commented, returned, approved, issued."
)
Held = Annotated[str, typer.Option("--on", help="The day it is held: 2026-12-03, in 2 weeks.")]
LevelSaid = Annotated[str, typer.Option("--level", help="2 or 3.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; - reads it from standard input.")]
Words = Annotated[str, typer.Option("--words", help="The words; - reads them from standard input.")]


@about_meetings.command("new")
def meeting_new(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(help="The new case’s reference, such as WM-0143.")],
    name: Annotated[
        str, typer.Option("--name", help="Of the individual; - reads it from standard input.")
    ],
    category: Annotated[str, typer.Option("--category", help="1 to 4.")],
    held: Held,
    level: LevelSaid = "2",
    kind: Annotated[str, typer.Option("--kind", help="initial or emergency.")] = "initial",
    born: Annotated[str, typer.Option("--born", help="Date of birth, such as 1985-03-04.")] = "",
    where: Annotated[
        str, typer.Option("--where", help="community, custody and others: where they are now.")
    ] = "",
    fiction: Annotated[bool, typer.Option("--fiction", help="Invented, and printed so.")] = False,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Make a case and its first meeting."""
    asked = beginning.First(
        ref=ref, name=name, category=category, level=level, kind=kind, held=held, born=born,
        where=where, fiction=fiction,
    )  # fmt: skip
    settings = settings_of(context, db, area, who)
    raise typer.Exit(beginning.first(settings, asked, as_json=as_json))


@about_meetings.command("next")
def meeting_next(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="The case’s reference, such as WM-0143.")],
    held: Annotated[
        str, typer.Option("--on", help="The day; else the one that the last meeting decided.")
    ] = "",
    level: Annotated[
        str, typer.Option("--level", help="2 or 3; else what the last meeting decided.")
    ] = "",
    kind: Annotated[str, typer.Option("--kind", help="review or emergency.")] = "review",
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Make the next meeting of a case, with what the last one carries, to be confirmed."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(
        beginning.following(settings, case, kind=kind, level=level, held=held, as_json=as_json)
    )


@about_drafts.command("show")
def draft_show(
    context: typer.Context, ref: Meeting, as_json: Json = False, db: Db = "", area: AreaName = "",
    who: Who = "",
) -> None:  # fmt: skip
    """Say where minutes are, on whom they wait, what runs; exit 1 while something is late."""
    raise typer.Exit(draft.show(settings_of(context, db, area, who), ref, as_json=as_json))


@about_drafts.command("send")
def draft_send(
    context: typer.Context, ref: Meeting, db: Db = "", area: AreaName = "", who: Who = ""
) -> None:
    """Send a draft to its chair."""
    raise typer.Exit(draft.send(settings_of(context, db, area, who), ref))


@about_drafts.command("comment")
def draft_comment(
    context: typer.Context,
    ref: Meeting,
    words: Words,
    section: Annotated[
        str, typer.Option("--section", help="The section’s heading; else the whole.")
    ] = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Comment on a section of a draft; comments are never printed."""
    raise typer.Exit(draft.comment(settings_of(context, db, area, who), ref, section, words))


@about_drafts.command("settle")
def draft_settle(
    context: typer.Context,
    ref: Meeting,
    number: Annotated[int, typer.Argument(help="The comment’s number.")],
    words: Words = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Settle a comment, with an answer or without."""
    raise typer.Exit(draft.settle(settings_of(context, db, area, who), ref, number, words))


@about_drafts.command("return")
def draft_return(
    context: typer.Context, ref: Meeting, reason: Reason = "", db: Db = "", area: AreaName = "",
    who: Who = "",
) -> None:  # fmt: skip
    """Give a draft back to its minute taker; the chair does."""
    raise typer.Exit(draft.give_back(settings_of(context, db, area, who), ref, reason))


@about_drafts.command("approve")
def draft_approve(
    context: typer.Context, ref: Meeting, reason: Reason = "", db: Db = "", area: AreaName = "",
    who: Who = "",
) -> None:  # fmt: skip
    """Approve minutes as their chair: each statement is read out and confirmed with yes."""
    raise typer.Exit(draft.approve(settings_of(context, db, area, who), ref, reason))


@about_drafts.command("withdraw")
def draft_withdraw(
    context: typer.Context, ref: Meeting, reason: Reason, db: Db = "", area: AreaName = "",
    who: Who = "",
) -> None:  # fmt: skip
    """Take an approval back before the minutes are issued; the chair does."""
    raise typer.Exit(draft.withdraw(settings_of(context, db, area, who), ref, reason))


@about_drafts.command("issue")
def draft_issue(
    context: typer.Context,
    ref: Meeting,
    edited_known: Annotated[
        bool,
        typer.Option("--edited-known", help="Although a file that was written was edited since."),
    ] = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
    templates: Templates = "",
) -> None:
    """Issue approved minutes and their action schedule: they are kept as they are, frozen."""
    settings = settings_of(context, db, area, who, templates)
    raise typer.Exit(draft.issue(settings, ref, edited_known=edited_known))
