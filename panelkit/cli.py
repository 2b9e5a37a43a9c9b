"""The commands: each reads its words, asks a service, prints. Nothing is decided here.

Exit codes: 0 done; 1 it ran and the answer is no; 2 the person's mistake, in one line.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from panelkit import (
    __version__,
    cli_allocating,
    cli_chasing,
    cli_returns,
    cli_sittings,
    unseen,
)
from panelkit.cli_changes import about_changes, bank_holidays
from panelkit.cli_db import about_db
from panelkit.cli_draft import about_drafts
from panelkit.cli_emergency import about_meetings
from panelkit.cli_find import find
from panelkit.cli_held import read_events, read_figures
from panelkit.cli_narrow import narrowed
from panelkit.cli_options import AreaName, Db, Json, PlaceReason, Ref, Templates, Who, settings_of
from panelkit.cli_people import about_people
from panelkit.cli_practice import practice
from panelkit.cli_referrals import about_boards, about_referrals
from panelkit.cli_stats import about_stats, generate
from panelkit.cli_taking_on import start
from panelkit.commands import (
    copies,
    disposing,
    distribution,
    handing_over,
    meeting,
    record,
    screens,
    taking_back,
    template,
)
from panelkit.domain.errors import PanelkitError
from panelkit.wiring import Settings, remembering_heads

app = typer.Typer(
    name="panelkit",
    add_completion=False,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    help="Runs MAPPA Level 2 and Level 3 panels and writes their minutes.",
)


@app.callback()
def home(
    context: typer.Context,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
    templates: Templates = "",
    place_reason: PlaceReason = "",
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Open the home screen on the record."""
    context.obj = Settings(db, area, who, templates=templates, place_reason=place_reason)
    if version:
        typer.echo(f"panelkit {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise typer.Exit(screens.home(context.obj))


@app.command()
def demo(
    context: typer.Context,
    unattended: Annotated[
        bool, typer.Option("--unattended", help="Walk every sample; write documents.")
    ] = False,
    out: Annotated[Path, typer.Option("--out", help="Where documents go.")] = Path("panelkit-demo"),
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Begin with a new demonstration record.")
    ] = False,
    area: AreaName = "",
    who: Who = "",
    db: Db = "",
) -> None:
    """Look round: fictional meetings, one of them in progress."""
    raise typer.Exit(
        screens.demo(
            settings_of(context, db, area, who), unattended=unattended, out=out, fresh=fresh
        )
    )


@app.command()
def init(
    context: typer.Context,
    unencrypted: Annotated[
        bool, typer.Option("--unencrypted", help="Not encrypted; says so on every screen.")
    ] = False,
    role: Annotated[
        list[str] | None,
        typer.Option(
            "--role",
            help="What you are; again for each. Else chair, minute taker, co-ordinator and administrator.",
        ),
    ] = None,
    login: Annotated[
        str, typer.Option("--login", help="On a server: how it calls whoever --as names.")
    ] = "",
    place_reason: PlaceReason = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Make a new record, encrypted, with a passphrase for whoever makes it; or one on a server."""
    settings = settings_of(context, db, area, who, place_reason=place_reason)
    raise typer.Exit(record.init(settings, unencrypted=unencrypted, roles=role or [], login=login))


@app.command()
def encrypt(
    context: typer.Context,
    role: Annotated[
        list[str] | None, typer.Option("--role", help="What you are; again for each.")
    ] = None,
    db: Db = "",
    who: Who = "",
) -> None:
    """Encrypt a record that is not encrypted, in its place; close panelkit everywhere first."""
    raise typer.Exit(record.encrypt(settings_of(context, db, who=who), roles=role or []))


@app.command("import")
def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Packs.")],
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Take packs into the record; the same pack again changes nothing."""
    raise typer.Exit(record.take_in(settings_of(context, db, area, who), files, as_json=as_json))


@app.command()
def export(
    context: typer.Context,
    ref: Ref,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A file; else standard output.")
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", help="Why a real meeting leaves the record.")
    ] = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Write a meeting as a pack."""
    raise typer.Exit(record.export(settings_of(context, db, area, who), ref, output, reason))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a pack."""
    raise typer.Exit(record.schema())


@app.command("list")
def list_(
    context: typer.Context, as_json: Json = False, db: Db = "", area: AreaName = "", who: Who = ""
) -> None:
    """List meetings with what they owe."""
    raise typer.Exit(record.listing(settings_of(context, db, area, who), as_json=as_json))


@app.command()
def run(
    context: typer.Context,
    ref: Ref,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Line by line: for screen readers, braille and scripts."),
    ] = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Open a meeting on the chair's screen, or line by line."""
    settings = settings_of(context, db, area, who)
    if plain:
        from panelkit.commands import plain as by_lines

        raise typer.Exit(by_lines.run(settings, ref))
    raise typer.Exit(screens.run(settings, ref))


@app.command()
def check(
    context: typer.Context,
    ref: Ref,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Say what a meeting still owes; exit 1 while anything stops it from closing."""
    raise typer.Exit(meeting.check(settings_of(context, db, area, who), ref, as_json=as_json))


@app.command()
def minutes(
    context: typer.Context,
    ref: Ref,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A file or a folder.")
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            help="full, actions, own_actions, agenda, invitation, calendar, transfer, transfer_here, summary or reply.",
        ),
    ] = "full",
    text: Annotated[bool, typer.Option("--text", help="Plain text on standard output.")] = False,
    organisation: Annotated[
        str, typer.Option("--for", help="A copy for one organisation on the list.")
    ] = "",
    password: Annotated[
        bool,
        typer.Option("--password", help="Asked for, or PANELKIT_DOCUMENT_PASSWORD."),
    ] = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
    templates: Templates = "",
) -> None:
    """Write a document: Word, or plain text."""
    raise typer.Exit(
        meeting.minutes(
            settings_of(context, db, area, who, templates), ref, output, kind,
            as_text=text, organisation=organisation, password=password,
        )
    )  # fmt: skip


@app.command()
def audit(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(help="A reference or the path of a pack; else --all.")] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Every meeting in the record, case by case.")
    ] = False,
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="red, amber or none: what ends in exit code 1.")
    ] = "red",
    form: Annotated[
        str, typer.Option("--form", help="K, L, S11 or S12: that audit form, filled in.")
    ] = "",
    sheet: Annotated[
        bool, typer.Option("--sheet", help="Write a lay adviser's observation sheet for Word.")
    ] = False,
    observer: Annotated[
        str, typer.Option("--for", help="Who fills in the sheet; else the one lay adviser listed.")
    ] = "",
    letters: Annotated[
        bool, typer.Option("--letters", help="Feedback in Word: to the chair, to the minute taker.")
    ] = False,
    report: Annotated[
        bool, typer.Option("--report", help="One page in Word for the Strategic Management Board.")
    ] = False,
    start: Annotated[str, typer.Option("--from", help="First day of the report.")] = "",
    end: Annotated[str, typer.Option("--to", help="Last day; without both, last quarter.")] = "",
    outside: Annotated[
        bool,
        typer.Option("--outside", help="A report that leaves the area: small figures withheld."),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="The folder of sheet, letters and report; else here."),
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help="Letters or report as plain text on standard output.")
    ] = False,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
    templates: Templates = "",
) -> None:
    """Say what minutes show, question by question, with the words; 1 where something is red."""
    from panelkit.commands import audit as auditing

    auditing.refuse_together(
        letters=letters, report=report, sheet=sheet, form=form,
        period=bool(start or end or outside), out=out is not None, text=text,
    )  # fmt: skip
    if sheet:
        from panelkit.commands import observing

        raise typer.Exit(
            observing.write(
                settings_of(context, db, area, who), ref, out or Path(),
                observer=observer, form_id=form, everything=everything, as_json=as_json,
            )
        )  # fmt: skip
    if letters or report:
        from panelkit.commands import audit_papers

        settings = settings_of(context, db, area, who, templates)
        if report:
            raise typer.Exit(
                audit_papers.report(
                    settings, ref, start, end, out,
                    everything=everything, outside=outside, as_text=text, as_json=as_json,
                )
            )  # fmt: skip
        raise typer.Exit(
            audit_papers.letters(
                settings, ref, out, everything=everything, as_text=text, as_json=as_json
            )
        )

    if form:
        from panelkit.commands import audit_forms

        raise typer.Exit(
            audit_forms.form(
                settings_of(context, db, area, who), ref, form,
                everything=everything, as_json=as_json, fail_on=fail_on,
            )
        )  # fmt: skip
    raise typer.Exit(
        auditing.audit(
            settings_of(context, db, area, who), ref,
            everything=everything, as_json=as_json, fail_on=fail_on,
        )
    )  # fmt: skip


@app.command()
def observe(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(help="A sheet that came back, or a reference: what was observed.")
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Where the record says otherwise already.")
    ] = False,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Read a lay adviser's sheet back into the record; 1 where something was left."""
    from panelkit.commands import observing

    raise typer.Exit(
        observing.observe(
            settings_of(context, db, area, who), what, replace=replace, as_json=as_json
        )
    )


@app.command()
def kpi(
    context: typer.Context,
    start: Annotated[str, typer.Option("--from", help="First day, such as 2026-10-01.")] = "",
    end: Annotated[str, typer.Option("--to", help="Last day; without both, last quarter.")] = "",
    outside: Annotated[
        bool, typer.Option("--outside", help="To leave the area: small figures withheld.")
    ] = False,
    meetings: Annotated[
        bool, typer.Option("--meetings", help="List the meetings behind each figure.")
    ] = False,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Print the key figures of a period, with targets and their sources."""
    from panelkit.commands import kpi as figures

    raise typer.Exit(
        figures.kpi(
            settings_of(context, db, area, who), start, end,
            outside=outside, meetings=meetings, as_json=as_json,
        )
    )  # fmt: skip


@app.command()
def verify(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="A Word file: is it as it was issued?")
    ] = None,
    head: Annotated[
        str, typer.Option("--head", help="What a foot of issued minutes prints, read out.")
    ] = "",
    accept: Annotated[
        str, typer.Option("--accept", help="restored, replaced or lost: it is right as it is.")
    ] = "",
    password: Annotated[
        bool, typer.Option("--password", help="Of the file: asked for, or the environment's.")
    ] = False,
    as_json: Json = False, db: Db = "", area: AreaName = "", who: Who = "",
) -> None:  # fmt: skip
    """Check journal, issued documents and words; exit 1 and name the first that is wrong."""
    from panelkit.commands import verify as verifying

    raise typer.Exit(
        verifying.verify(
            settings_of(context, db, area, who), file,
            head=head, accept=accept, password=password, as_json=as_json,
        )
    )  # fmt: skip


@app.command()
def timeline(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="A case, or a meeting of it.")],
    as_json: Json = False, db: Db = "", area: AreaName = "", who: Who = "",
) -> None:  # fmt: skip
    """Say what happened in a case, the newest last, and who opened it."""
    from panelkit.commands import timeline as lines

    raise typer.Exit(lines.timeline(settings_of(context, db, area, who), case, as_json=as_json))


@app.command()
def supplied(
    context: typer.Context,
    organisation: Annotated[str, typer.Argument(help="As the record spells it.")],
    start: Annotated[str, typer.Option("--from", help="First day, such as 2026-10-01.")] = "",
    end: Annotated[str, typer.Option("--to", help="Last day; without both, everything.")] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A Word file, or a folder for it.")
    ] = None,
    alike: Annotated[
        bool, typer.Option("--alike", help="Names that are spelt much like it, too.")
    ] = False,
    as_json: Json = False, db: Db = "", area: AreaName = "", who: Who = "",
    templates: Templates = "",
) -> None:  # fmt: skip
    """List what one organisation supplied, for its subject access requests."""
    from panelkit.commands import supplied as listed

    raise typer.Exit(
        listed.supplied(
            settings_of(context, db, area, who, templates), organisation, start, end, output,
            alike=alike, as_json=as_json,
        )
    )  # fmt: skip


@app.command()
def backup(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(help="A new file, or a folder for a dated name.")],
    place_reason: PlaceReason = "",
    as_json: Json = False, db: Db = "", area: AreaName = "", who: Who = "",
) -> None:  # fmt: skip
    """Make a checked copy of the record, also while it is in use; 1 where it is not whole."""
    settings = settings_of(context, db, area, who, place_reason=place_reason)
    raise typer.Exit(copies.backup(settings, target, as_json=as_json))


@app.command()
def restore(
    context: typer.Context,
    copy: Annotated[Path, typer.Argument(help="A copy that backup made.")],
    to: Annotated[
        Path | None, typer.Option("--to", help="Write it here, where nothing is yet.")
    ] = None,
    test: Annotated[
        bool, typer.Option("--test", help="Read all of it, and remember that it could be.")
    ] = False,
    place_reason: PlaceReason = "",
    as_json: Json = False, db: Db = "", area: AreaName = "", who: Who = "",
) -> None:  # fmt: skip
    """Say what a copy would bring back; --to writes it as a record of its own."""
    settings = settings_of(context, db, area, who, place_reason=place_reason)
    raise typer.Exit(copies.restore(settings, copy, to, test=test, as_json=as_json))


@app.command()
def where(
    context: typer.Context, as_json: Json = False, db: Db = "", area: AreaName = "", who: Who = ""
) -> None:
    """Say which record, templates, area file and version are in use."""
    raise typer.Exit(record.where(settings_of(context, db, area, who), as_json=as_json))


@app.command()
def distribute(
    context: typer.Context,
    ref: Ref,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A folder; else only the register.")
    ] = None,
    password: Annotated[
        bool, typer.Option("--password", help="Asked for, or PANELKIT_DOCUMENT_PASSWORD.")
    ] = False,
    sent: Annotated[
        str, typer.Option("--sent", help="How the copies were sent: they are marked so.")
    ] = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Write a copy of issued minutes for each recipient; show who has which."""
    raise typer.Exit(
        distribution.distribute(
            settings_of(context, db, area, who), ref, output, password=password, sent=sent
        )
    )


@app.command()
def desk(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(help="A reference; else the queue.")] = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Open the minute taker's desk: what is due, and the draft of a meeting."""
    raise typer.Exit(screens.minute_desk(settings_of(context, db, area, who), ref))


@app.command("take-back")
def take_back(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A draft that was edited in Word.")],
    accept: Annotated[
        str,
        typer.Option(
            "--accept", help="all, none, or numbers such as 1,3. Without it nothing is stored."
        ),
    ] = "",
    keep_tray: Annotated[
        bool, typer.Option("--keep-tray", help="Keep what has no place as notes.")
    ] = False,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Show what was edited in a draft, word by word, and store what is accepted."""
    raise typer.Exit(
        taking_back.take_back(
            settings_of(context, db, area, who), file, accept, as_json=as_json, keep_tray=keep_tray
        )
    )


@app.command("hand-over")
def hand_over(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(help="A reference.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A file, or a folder for it.")
    ] = None,
    to: Annotated[str, typer.Option("--to", help="Who is to hold the pen.")] = "",
    take_pen: Annotated[
        bool, typer.Option("--take-pen", help="The pen back here, with --reason.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why it is taken back.")] = "",
    keep: Annotated[
        str, typer.Option("--keep", help="theirs or mine, wherever both desks wrote.")
    ] = "",
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Give a meeting to another desk in one sealed file; else say who holds its pen."""
    raise typer.Exit(
        handing_over.hand_over(
            settings_of(context, db, area, who), ref, output,
            to=to, take_pen=take_pen, reason=reason, keep=keep, as_json=as_json,
        )
    )  # fmt: skip


@app.command("hand-back")
def hand_back(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="A case that another desk has now.")],
    receipt: Annotated[
        list[str] | None,
        typer.Option(
            "--receipt", help="What panelkit receive showed there; again for each meeting."
        ),
    ] = None,
    as_json: Json = False,
    db: Db = "",
    who: Who = "",
) -> None:
    """Let a case go that was handed over: a tombstone stays."""
    raise typer.Exit(
        disposing.hand_back(settings_of(context, db, who=who), case, receipt or [], as_json=as_json)
    )


@app.command()
def retain(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="A case.")],
    review: Annotated[
        str, typer.Option("--review", help="The day it is looked at again, as 2032-01-31.")
    ] = "",
    hold: Annotated[bool, typer.Option("--hold", help="Nothing of it may go.")] = False,
    release: Annotated[bool, typer.Option("--release", help="The hold is off.")] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    db: Db = "",
    who: Who = "",
) -> None:
    """Say how long a case is kept, or hold it."""
    raise typer.Exit(
        disposing.retain(
            settings_of(context, db, who=who), case, review=review, hold=hold, release=release,
            reason=reason,
        )
    )  # fmt: skip


@app.command()
def dispose(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="A case; else what is kept until when.")] = "",
    reason: Annotated[
        str, typer.Option("--reason", help="Propose it, and why; without names: it stays.")
    ] = "",
    agree: Annotated[
        bool, typer.Option("--agree", help="Agree, as somebody else: the case is gone.")
    ] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Not after all.")] = False,
    as_json: Json = False,
    db: Db = "",
    who: Who = "",
) -> None:
    """Dispose of a case, by two people; a tombstone stays."""
    raise typer.Exit(
        disposing.dispose(
            settings_of(context, db, who=who), case, reason=reason, agree=agree, withdraw=withdraw,
            as_json=as_json,
        )
    )  # fmt: skip


@app.command()
def receive(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file from another desk.")],
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Take in a meeting from another desk; 1 while both desks wrote differently somewhere."""
    raise typer.Exit(
        handing_over.receive(settings_of(context, db, area, who), file, as_json=as_json)
    )


about_templates = typer.Typer(help="Look at templates, see their pages, list the slots.")
app.add_typer(about_templates, name="template")
app.add_typer(about_changes, name="changes")
app.command("bank-holidays")(bank_holidays)
app.add_typer(about_people, name="people")
app.add_typer(about_db, name="db")
app.add_typer(about_stats, name="stats")
app.add_typer(about_referrals, name="referral")
app.add_typer(about_meetings, name="meeting")
app.add_typer(about_drafts, name="draft")
app.add_typer(about_boards, name="smb")
app.command()(generate)
app.command()(find)
app.command()(start)
app.command()(practice)
cli_chasing.add_to(app)
cli_allocating.add_to(app)
cli_sittings.add_to(app)
cli_returns.add_to(app)
about_stats.command("read-figures")(read_figures)
about_stats.command("read-events")(read_events)


@about_templates.command("check")
def template_check(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Folders, or names; else every one in use.")
    ] = None,
    as_json: Json = False,
    templates: Templates = "",
) -> None:
    """Say what is wrong with a template, and where; exit 1 while one is refused."""
    settings = settings_of(context, "", "", "", templates)
    raise typer.Exit(template.check(settings, names or (), as_json=as_json))


@about_templates.command("sample")
def template_sample(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A folder, or its name.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A file or a folder.")
    ] = None,
    area: AreaName = "",
    templates: Templates = "",
) -> None:
    """Write a template's document from a fictional meeting, to look at its pages."""
    settings = settings_of(context, "", area, "", templates)
    raise typer.Exit(template.sample(settings, name, output))


@about_templates.command("fields")
def template_fields(as_json: Json = False) -> None:
    """List the slots, the sections and the names that a template may hold."""
    raise typer.Exit(template.fields(as_json=as_json))


@about_templates.command("used")
def template_used(
    context: typer.Context,
    ref: Ref,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A folder: the templates go there.")
    ] = None,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Say which templates the documents of a meeting were issued with."""
    raise typer.Exit(
        template.used(settings_of(context, db, area, who), ref, output, as_json=as_json)
    )


def main() -> None:
    """Run a command; an error is one line that says what is wrong and what to do."""
    try:
        with remembering_heads(lambda said: sys.stderr.write(f"panelkit: {said}\n")):
            narrowed(app, sys.argv[1:])()
    except PanelkitError as failed:
        sys.stderr.write(f"panelkit: {failed.sentence}\n")
        sys.exit(failed.exit_code)
    except BrokenPipeError:
        # Whoever read our output has gone; there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(0)
    finally:
        unseen.show_again()
