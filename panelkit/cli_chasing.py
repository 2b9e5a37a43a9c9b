"""The commands about actions across meetings, reminders, escalations, attendance and other systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from panelkit.cli_options import AreaName, Db, Json, Templates, Who, settings_of
from panelkit.commands import chasing, reminders

about_actions = typer.Typer(help="What became of an action, told between meetings.")
about_reminders = typer.Typer(help="Reminders to an organisation about its own open actions.")
about_escalations = typer.Typer(help="Who was told of a late action or a missed meeting.")
about_spocs = typer.Typer(help="Single points of contact; how to reach them is in no document.")
about_uploads = typer.Typer(help="What is owed to ViSOR or MAPPS after closed meetings.")

Organisation = Annotated[str, typer.Argument(help="The organisation, or a part of its name.")]
Action = Annotated[str, typer.Argument(help='Such as "WM-0143 2.4".')]
Reminder = Annotated[str, typer.Argument(help="Such as RM-3FA9C2.")]
Escalation = Annotated[str, typer.Argument(help="Such as E-3FA9C2.")]
Meeting = Annotated[str, typer.Argument(help="A meeting’s reference, such as WM-0143-3.")]
On = Annotated[str, typer.Option("--on", help="The day; else today.")]
Why = Annotated[str, typer.Option("--because", help="Why, in words.")]
Words = Annotated[str, typer.Option("--words", help="What was said.")]


def actions(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help="@agency, is:overdue, due:<7d, level:3, case:WM-0143, words; after -- with - before one."
        ),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="The same as is:overdue.")] = False,
    agency: Annotated[str, typer.Option("--agency", help="The same as @ and the name.")] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A .csv, .xlsx or .docx file.")
    ] = None,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
    templates: Templates = "",
) -> None:
    """List actions across meetings, each once, as the last meeting that has it says."""
    settings = settings_of(context, db, area, who, templates)
    raise typer.Exit(
        chasing.actions(
            settings, words or (), output, overdue=overdue, agency=agency, as_json=as_json
        )
    )


def missing(
    context: typer.Context,
    start: Annotated[str, typer.Option("--from", help="First day; else a quarter ago.")] = "",
    end: Annotated[str, typer.Option("--to", help="Last day; else today.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Every organisation invited.")] = False,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """List organisations that miss meetings, with what was done about it; 1 while there are some."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(chasing.missing(settings, start, end, every=every, as_json=as_json))


@about_actions.command("settle")
def action_settle(
    context: typer.Context,
    ref: Action,
    status: Annotated[
        str,
        typer.Argument(help="complete, part, not_started, superseded or no_longer_needed."),
    ],
    words: Annotated[
        str, typer.Option("--words", help="What difference it made, or why it is not done.")
    ],
    by: Annotated[str, typer.Option("--by", help="Who told it.")],
    on: On = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Write what became of an action into the planned meeting that asks about it next."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(chasing.settle(settings, ref, status, words=words, by=by, on=on))


@about_reminders.command("write")
def reminder_write(
    context: typer.Context,
    organisation: Organisation,
    output: Annotated[Path, typer.Option("-o", "--output", help="A .docx or .xlsx file.")],
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
    templates: Templates = "",
) -> None:
    """Write a reminder as Word, or as a workbook that comes back."""
    settings = settings_of(context, db, area, who, templates)
    raise typer.Exit(reminders.write(settings, organisation, output))


@about_reminders.command("sent")
def reminder_sent(
    context: typer.Context, ref: Reminder, on: On = "", db: Db = "", who: Who = ""
) -> None:
    """Say that you sent it; the program sends nothing."""
    raise typer.Exit(reminders.sent(settings_of(context, db, who=who), ref, on))


@about_reminders.command("nil")
def reminder_nil(
    context: typer.Context,
    ref: Reminder,
    by: Annotated[str, typer.Option("--by", help="Who said so.")],
    db: Db = "",
    who: Who = "",
) -> None:
    """The organisation answered that it has nothing to report."""
    raise typer.Exit(reminders.nil(settings_of(context, db, who=who), ref, by))


@about_reminders.command("read")
def reminder_read(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The workbook that came back.")],
    db: Db = "",
    who: Who = "",
) -> None:
    """Keep what an organisation wrote into its workbook beside the actions."""
    raise typer.Exit(reminders.read(settings_of(context, db, who=who), file))


@about_reminders.command("list")
def reminder_list(
    context: typer.Context,
    organisation: Annotated[str, typer.Argument(help="One organisation; else all.")] = "",
    as_json: Json = False,
    db: Db = "",
    who: Who = "",
) -> None:
    """List reminders: written, sent, answered."""
    settings = settings_of(context, db, who=who)
    raise typer.Exit(reminders.every(settings, organisation, as_json=as_json))


@about_escalations.command("add")
def escalation_add(
    context: typer.Context,
    to: Annotated[str, typer.Option("--to", help="To whom: an office or a role.")],
    about: Annotated[
        str,
        typer.Argument(help='An action ("WM-0143 2.4"), a meeting, or nothing for attendance.'),
    ] = "",
    of: Annotated[str, typer.Option("--of", help="The organisation, for all but an action.")] = "",
    words: Words = "",
    on: On = "",
    db: Db = "",
    who: Who = "",
) -> None:
    """Write down that somebody was told."""
    settings = settings_of(context, db, who=who)
    raise typer.Exit(chasing.escalate(settings, about, to=to, on=on, words=words, of=of))


@about_escalations.command("answer")
def escalation_answer(
    context: typer.Context,
    ref: Escalation,
    words: Annotated[str, typer.Option("--words", help="What was answered.")],
    on: On = "",
    db: Db = "",
    who: Who = "",
) -> None:
    """Write down what was answered."""
    raise typer.Exit(chasing.answer(settings_of(context, db, who=who), ref, words=words, on=on))


@about_escalations.command("withdraw")
def escalation_withdraw(
    context: typer.Context, ref: Escalation, because: Why, db: Db = "", who: Who = ""
) -> None:
    """Withdraw one that was not made; it stays in sight with the reason."""
    raise typer.Exit(chasing.withdraw(settings_of(context, db, who=who), ref, because=because))


@about_escalations.command("list")
def escalation_list(
    context: typer.Context,
    organisation: Annotated[str, typer.Argument(help="One organisation; else all.")] = "",
    waiting: Annotated[bool, typer.Option("--waiting", help="Those not answered yet.")] = False,
    as_json: Json = False,
    db: Db = "",
    who: Who = "",
) -> None:
    """List the log: what, to whom, when, by whom, the answer."""
    settings = settings_of(context, db, who=who)
    raise typer.Exit(chasing.log(settings, organisation, waiting=waiting, as_json=as_json))


@about_spocs.command("set")
def spoc_set(
    context: typer.Context,
    organisation: Annotated[str, typer.Argument(help="The organisation, by its whole name.")],
    name: Annotated[str, typer.Argument(help="The person or the post.")],
    contact: Annotated[str, typer.Option("--contact", help="Telephone or secure e-mail.")] = "",
    since: Annotated[str, typer.Option("--since", help="Since when.")] = "",
    db: Db = "",
    who: Who = "",
) -> None:
    """Say who is the point of contact from now on."""
    settings = settings_of(context, db, who=who)
    raise typer.Exit(chasing.set_spoc(settings, organisation, name, contact=contact, since=since))


@about_spocs.command("end")
def spoc_end(
    context: typer.Context,
    organisation: Annotated[str, typer.Argument(help="The organisation, by its whole name.")],
    because: Why,
    db: Db = "",
    who: Who = "",
) -> None:
    """Say that nobody is it any more."""
    settings = settings_of(context, db, who=who)
    raise typer.Exit(chasing.end_spoc(settings, organisation, because=because))


@about_spocs.command("list")
def spoc_list(context: typer.Context, as_json: Json = False, db: Db = "", who: Who = "") -> None:
    """List points of contact."""
    raise typer.Exit(chasing.spocs(settings_of(context, db, who=who), as_json=as_json))


@about_uploads.command("list")
def upload_list(
    context: typer.Context,
    since: Annotated[str, typer.Option("--since", help="Meetings held from this day on.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Those that were entered too.")] = False,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """List what is owed to ViSOR or MAPPS; 1 while something is late."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(reminders.owed(settings, since, every=every, as_json=as_json))


@about_uploads.command("sheet")
def upload_sheet(
    context: typer.Context,
    ref: Meeting,
    updates: Annotated[
        list[str] | None, typer.Argument(help="level, risk and others; else all that is owed.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A .txt or .csv file; else it is printed.")
    ] = None,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Print what a person types, in order: references and facts of the record alone."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(reminders.sheet(settings, ref, updates or (), output))


@about_uploads.command("done")
def upload_done(
    context: typer.Context,
    ref: Meeting,
    updates: Annotated[
        list[str] | None, typer.Argument(help="level, risk and others; else all that is owed.")
    ] = None,
    on: On = "",
    by: Annotated[str, typer.Option("--by", help="Who entered it; else whoever works.")] = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Say that it was entered, when and by whom."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(reminders.done(settings, ref, updates or (), on=on, by=by))


@about_uploads.command("undo")
def upload_undo(
    context: typer.Context,
    ref: Meeting,
    update: Annotated[str, typer.Argument(help="level, risk and others.")],
    because: Why,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Take back that it was entered."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(reminders.undo(settings, ref, update, because=because))


def add_to(app: typer.Typer) -> None:
    """All of them."""
    app.command()(actions)
    app.command()(missing)
    app.add_typer(about_actions, name="action")
    app.add_typer(about_reminders, name="reminder")
    app.add_typer(about_escalations, name="escalation")
    app.add_typer(about_spocs, name="spoc")
    app.add_typer(about_uploads, name="upload")
