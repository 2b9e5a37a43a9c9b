"""The commands that read what others hold from a table in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from panelkit.cli_options import AreaName, Db, Json, Who, settings_of
from panelkit.commands import held

File = Annotated[Path, typer.Argument(help="A .csv or .xlsx file.")]
Source = Annotated[
    str, typer.Option("--source", help="Who holds it; noted beside the file's name.")
]
Leave = Annotated[str, typer.Option("--leave", help="Lines to leave out by their numbers: 7,12.")]
Because = Annotated[str, typer.Option("--because", help="Why they are left out; it is noted.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--map", help='What a column is: "Date of recall=day"; =- leaves it alone.'),
]
Words = Annotated[
    list[str] | None,
    typer.Option("--word", help='What a word of the file stands for: "Recall=returned_licence".'),
]
MapFile = Annotated[
    Path | None, typer.Option("--map-file", help="A TOML file that says both, as it is printed.")
]
Sheet = Annotated[str, typer.Option("--sheet", help="Which sheet of a workbook.")]
Head = Annotated[
    int, typer.Option("--head", min=0, help="The line of the headings; else the first.")
]
Separator = Annotated[
    str, typer.Option("--separator", help="comma, semicolon or tab; else as the headings show.")
]
Largest = Annotated[
    int, typer.Option("--largest", help="Megabytes that the file may have, at most 20.")
]
Store = Annotated[
    bool, typer.Option("--store", help="Store it; without this it is only shown.")
]  # fmt: skip


def read_figures(
    context: typer.Context,
    file: File,
    year: Annotated[
        str, typer.Option("--year", help="A report year, where the lines do not say it.")
    ] = "",
    source: Source = "",
    leave: Leave = "",
    because: Because = "",
    columns: Columns = None,
    words: Words = None,
    map_file: MapFile = None,
    sheet: Sheet = "",
    head: Head = 0,
    separator: Separator = "",
    largest: Largest = 5,
    store: Store = False,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Read figures of a year from a file: show what was understood, with --store enter it."""
    asked = held.Asked(
        file=file, columns=columns or (), words=words or (), map_file=map_file, sheet=sheet,
        head=head, separator=separator, largest=largest, source=source, leave=leave,
        because=because, store=store, as_json=as_json,
    )  # fmt: skip
    raise typer.Exit(held.figures(settings_of(context, db, area, who), asked, year))


def read_events(
    context: typer.Context,
    file: File,
    source: Source = "",
    leave: Leave = "",
    because: Because = "",
    columns: Columns = None,
    words: Words = None,
    map_file: MapFile = None,
    sheet: Sheet = "",
    head: Head = 0,
    separator: Separator = "",
    largest: Largest = 5,
    store: Store = False,
    as_json: Json = False,
    db: Db = "",
    who: Who = "",
) -> None:
    """Read returns to custody and further offences from a file; with --store enter them."""
    asked = held.Asked(
        file=file, columns=columns or (), words=words or (), map_file=map_file, sheet=sheet,
        head=head, separator=separator, largest=largest, source=source, leave=leave,
        because=because, store=store, as_json=as_json,
    )  # fmt: skip
    raise typer.Exit(held.events(settings_of(context, db, who=who), asked))
