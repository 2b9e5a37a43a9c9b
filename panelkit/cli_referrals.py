"""The commands about referrals, days on which a meeting was not held, and the board's meetings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from panelkit.cli_options import AreaName, Db, Json, Who, settings_of
from panelkit.commands import put_off, referrals, smb

about_referrals = typer.Typer(help="Referrals to Level 2 and 3, and how each was screened.")
about_meetings = typer.Typer(
    help="A meeting called, cancelled or postponed: emergency panels, and days that were not kept."
)
about_boards = typer.Typer(help="Meetings of the Strategic Management Board, and who came.")

Referral = Annotated[str, typer.Argument(help="Such as R-0012.")]
Meeting = Annotated[str, typer.Argument(help="A meeting’s reference, such as WM-0143-3.")]
Day = Annotated[str, typer.Argument(help="The day of the board’s meeting.")]
Why = Annotated[str, typer.Option("--because", help="Why, in words.")]
On = Annotated[str, typer.Option("--on", help="The day it was decided; else today.")]
Words = Annotated[str, typer.Option("--words", help="What happened, and no name.")]
Tests = Annotated[
    list[str] | None,
    typer.Option("--test", help="A test and its answer: high_risk=no: why. May be said again."),
]
Reason = Annotated[
    str,
    typer.Option("--reason", help="A code: staffing, not_quorate, reports, not_needed and others."),
]


@about_referrals.command("add")
def referral_add(
    context: typer.Context,
    organisation: Annotated[str, typer.Option("--from", help="The organisation that referred.")],
    agency: Annotated[str, typer.Option("--agency", help="Its kind: POL, PRB, CSC and others.")],
    level: Annotated[str, typer.Option("--level", help="The level asked for: 2 or 3.")],
    day: Annotated[str, typer.Option("--on", help="The day it was received.")],
    category: Annotated[str, typer.Option("--category", help="The category claimed: 1 to 4.")] = "",
    eligible: Annotated[
        str,
        typer.Option("--eligible", help="What makes eligible, a code; docs/referrals.md has all."),
    ] = "",
    age: Annotated[str, typer.Option("--age", help="child or adult, on the day it came.")] = "",
    test: Tests = None,
    case: Annotated[
        str,
        typer.Option("--case", help="The case it is about, if it is here; looked at, not kept."),
    ] = "",
    db: Db = "",
    who: Who = "",
) -> None:
    """Write down that a referral came; it gets a reference of its own and no name."""
    settings = settings_of(context, db, who=who)
    raise typer.Exit(
        referrals.add(
            settings,
            day=day,
            organisation=organisation,
            agency=agency,
            level=level,
            category=category,
            eligible=eligible,
            age=age,
            tests=test or (),
            about=case,
        )
    )


@about_referrals.command("decide")
def referral_decide(
    context: typer.Context,
    ref: Referral,
    decision: Annotated[
        str,
        typer.Argument(help="accepted, another_level, rejected or more_information."),
    ],
    because: Annotated[str, typer.Option("--reason", help="A code; docs/figures.md has all.")],
    day: Annotated[str, typer.Option("--on", help="The day it was decided.")],
    level: Annotated[
        str, typer.Option("--level", help="The level given; it follows from the decision.")
    ] = "",
    test: Tests = None,
    words: Words = "",
    db: Db = "",
    who: Who = "",
) -> None:
    """Write down what was decided of a referral."""
    settings = settings_of(context, db, who=who)
    raise typer.Exit(
        referrals.decide(
            settings,
            ref,
            decision,
            because=because,
            day=day,
            level=level,
            words=words,
            tests=test or (),
        )
    )


@about_referrals.command("form")
def referral_form(
    context: typer.Context,
    output: Annotated[Path, typer.Option("-o", help="The file, or the folder it goes into.")],
    csv: Annotated[bool, typer.Option("--csv", help="The headings of a table instead.")] = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Write the referral form as Word, to be filled in by an agency and read in again."""
    raise typer.Exit(referrals.form(settings_of(context, db, area, who), output, csv=csv))


@about_referrals.command("read")
def referral_read(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A filled form (.docx), or a table (.csv, .xlsx).")],
    day: Annotated[
        str, typer.Option("--on", help="The day it came, where it says none; else today.")
    ] = "",
    keep: Annotated[bool, typer.Option("--keep", help="Keep what was understood.")] = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Read referrals from a file and show what was understood; kept with --keep, all or none."""
    raise typer.Exit(referrals.read(settings_of(context, db, area, who), file, day=day, keep=keep))


@about_referrals.command("letter")
def referral_letter(
    context: typer.Context,
    ref: Referral,
    output: Annotated[Path, typer.Option("-o", help="The file, or the folder it goes into.")],
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Write the letter that answers a referral; nothing is sent."""
    raise typer.Exit(referrals.letter(settings_of(context, db, area, who), ref, output))


@about_referrals.command("undo")
def referral_undo(
    context: typer.Context, ref: Referral, because: Why, db: Db = "", who: Who = ""
) -> None:
    """Take back the last decision of a referral."""
    raise typer.Exit(referrals.undo(settings_of(context, db, who=who), ref, because=because))


@about_referrals.command("case")
def referral_case(
    context: typer.Context,
    ref: Referral,
    case: Annotated[str, typer.Argument(help="The case that came of it; nothing for none.")] = "",
    db: Db = "",
    who: Who = "",
) -> None:
    """Link an accepted referral to the case that came of it."""
    raise typer.Exit(referrals.case(settings_of(context, db, who=who), ref, case))


@about_referrals.command("withdraw")
def referral_withdraw(
    context: typer.Context, ref: Referral, because: Why, db: Db = "", who: Who = ""
) -> None:
    """Withdraw a referral that never came, or was typed twice."""
    raise typer.Exit(referrals.withdraw(settings_of(context, db, who=who), ref, because=because))


@about_referrals.command("clear")
def referral_clear(context: typer.Context, ref: Referral, db: Db = "", who: Who = "") -> None:
    """Empty the words of a referral; what was counted stays."""
    raise typer.Exit(referrals.clear(settings_of(context, db, who=who), ref))


@about_referrals.command("list")
def referral_list(
    context: typer.Context,
    waiting: Annotated[bool, typer.Option("--waiting", help="Those not answered yet.")] = False,
    as_json: Json = False,
    db: Db = "",
    who: Who = "",
) -> None:
    """List referrals with how each was screened."""
    settings = settings_of(context, db, who=who)
    raise typer.Exit(referrals.every(settings, waiting=waiting, as_json=as_json))


@about_meetings.command("cancel")
def meeting_cancel(
    context: typer.Context,
    ref: Meeting,
    reason: Reason,
    day: On = "",
    words: Words = "",
    db: Db = "",
    who: Who = "",
) -> None:
    """A planned meeting is not held: it stays, and counts in no denominator."""
    settings = settings_of(context, db, who=who)
    raise typer.Exit(put_off.cancel(settings, ref, reason=reason, day=day, words=words))


@about_meetings.command("postpone")
def meeting_postpone(
    context: typer.Context,
    ref: Meeting,
    to: Annotated[str, typer.Option("--to", help="The new day.")],
    reason: Reason,
    day: On = "",
    words: Words = "",
    db: Db = "",
    who: Who = "",
) -> None:
    """A planned meeting is held on a later day; it counts as late."""
    settings = settings_of(context, db, who=who)
    raise typer.Exit(put_off.postpone(settings, ref, to=to, reason=reason, day=day, words=words))


@about_meetings.command("undo")
def meeting_undo(
    context: typer.Context,
    ref: Meeting,
    number: Annotated[int, typer.Argument(help="The number that days shows.")],
    because: Why,
    db: Db = "",
    who: Who = "",
) -> None:
    """Take back that a meeting was cancelled or postponed."""
    settings = settings_of(context, db, who=who)
    raise typer.Exit(put_off.undo(settings, ref, number, because=because))


@about_meetings.command("days")
def meeting_days(
    context: typer.Context, ref: Meeting, as_json: Json = False, db: Db = "", who: Who = ""
) -> None:
    """The days on which a meeting was not held."""
    raise typer.Exit(put_off.days(settings_of(context, db, who=who), ref, as_json=as_json))


@about_meetings.command("cause")
def meeting_cause(
    context: typer.Context,
    ref: Meeting,
    code: Annotated[
        str,
        typer.Argument(
            help="release, breach, housing, threat, late_review, staffing or other (its words are at A1)."
        ),
    ],
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Why an emergency panel was called: the code that A1 holds."""
    raise typer.Exit(put_off.cause(settings_of(context, db, area, who), ref, code))


@about_boards.command("add")
def smb_add(context: typer.Context, day: Day, db: Db = "", who: Who = "") -> None:
    """Write down a meeting of the board."""
    raise typer.Exit(smb.add(settings_of(context, db, who=who), day))


@about_boards.command("came")
def smb_came(
    context: typer.Context,
    day: Day,
    organisation: Annotated[str, typer.Argument(help="The organisation.")],
    agency: Annotated[str, typer.Argument(help="Its kind: POL, PRB, CSC and others.")],
    presence: Annotated[str, typer.Argument(help="attended, deputy, apologies or absent.")],
    db: Db = "",
    who: Who = "",
) -> None:
    """Write down whether an organisation was there; said again, it is corrected."""
    settings = settings_of(context, db, who=who)
    raise typer.Exit(smb.came(settings, day, organisation, agency, presence))


@about_boards.command("withdraw")
def smb_withdraw(
    context: typer.Context,
    day: Day,
    because: Annotated[str, typer.Option("--because", help="Why; nothing to bring it back.")] = "",
    db: Db = "",
    who: Who = "",
) -> None:
    """A meeting of the board that was not held."""
    raise typer.Exit(smb.withdraw(settings_of(context, db, who=who), day, because=because))


@about_boards.command("list")
def smb_list(context: typer.Context, as_json: Json = False, db: Db = "", who: Who = "") -> None:
    """List the board's meetings with who came."""
    raise typer.Exit(smb.every(settings_of(context, db, who=who), as_json=as_json))


@about_boards.command("export")
def smb_export(
    context: typer.Context,
    output: Annotated[
        Path | None, typer.Option("-o", help="The file; else standard output.")
    ] = None,
    db: Db = "",
    who: Who = "",
) -> None:
    """Write the board's meetings as a pack; panelkit import takes it in."""
    raise typer.Exit(smb.export(settings_of(context, db, who=who), output))
