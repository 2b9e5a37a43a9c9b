"""Meetings of the Strategic Management Board as a file: a pack about an area and no case.

It begins as every pack does, with ``format = 1``, and holds ``[[board]]`` tables with
``[[board.there]]`` for each organisation, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, ValidationError, create_model
from pydantic import Field as Said

from panelkit import tomlfile
from panelkit.domain import smb
from panelkit.domain.errors import BadInput
from panelkit.domain.smb import AtTheBoard, BoardMeeting, BoardPresence
from panelkit.domain.vocabulary import AgencyType
from panelkit.packs.lines import with_line
from panelkit.packs.models import PATTERNS, Id, Table, literal, several
from panelkit.packs.values import Values, derived_id
from panelkit.packs.writer import lines

_Count = Annotated[int, Said(ge=1, le=1_000_000_000)]
HEAD: Final = "# Meetings of the Strategic Management Board, with who came."


def holds_boards(path: Path) -> bool:
    """Whether the file is about the board, and not about a case. Raises BadInput."""
    data = tomlfile.parse_toml(tomlfile.read_text(path), tomlfile.shown(path))
    return "board" in data and "case" not in data


@lru_cache(maxsize=1)
def boards_model() -> type[Table]:
    """The whole file."""
    own: dict[str, Any] = {
        "id": (Id, Said("", title="Id", description="Derived where it is left out.")),
        "revision": (_Count, Said(1, title="Revision")),
    }
    there = create_model(
        "There", __base__=Table, __doc__="One organisation at the meeting.",
        organisation=(str, Said(title="Organisation")),
        agency=(literal(*AgencyType), Said(title="Its kind of agency")),
        presence=(literal(*BoardPresence), Said(title="Whether it was there")), **own,
    )  # fmt: skip
    board = create_model(
        "Board", __base__=Table, __doc__="One meeting of the board.",
        held_on=(date, Said(title="Held on")), withdrawn=(str, Said("", title="Withdrawn")),
        typed_by=(str, Said("", title="Typed by")),
        typed_at=(AwareDatetime, Said(None, title="Typed at")),
        there=(several(there), Said(None, title="Who came")), **own,
    )  # fmt: skip
    return create_model(
        "Boards", __base__=Table, __doc__="Meetings of the board of an area.",
        format=(Literal[1], Said(title="Format", description="Always 1.")),
        fiction=(bool, Said(default=False, title="Fiction")),
        board=(several(board), Said(title="Meetings of the board")),
    )  # fmt: skip


def read_boards(path: Path, *, today: date = date.max) -> tuple[BoardMeeting, ...]:
    """The meetings in a file. Raises BadInput with the place, for a day after ``today`` too."""
    return parse_boards(tomlfile.read_text(path), tomlfile.shown(path), today=today)


def parse_boards(text: str, name: str, *, today: date = date.max) -> tuple[BoardMeeting, ...]:
    """The same from text; ``name`` is what messages call it."""
    data = tomlfile.parse_toml(text, name)
    with with_line(text, name):
        try:
            checked = boards_model().model_validate(data).model_dump(exclude_unset=True)
        except ValidationError as wrong:
            # "from None": pydantic's error holds what the file says.
            raise tomlfile.refused(wrong, data, name, PATTERNS) from None
        values = Values(name)
        found: list[BoardMeeting] = []
        for n, table in enumerate(checked["board"], start=1):
            one = _board(table, f"board.{n}", values, today)
            if any(each.held_on == one.held_on for each in found):
                raise values.wrong(f"board.{n}.held_on", "is given twice")
            found.append(one)
    return tuple(sorted(found, key=lambda each: each.held_on))


def _board(table: dict[str, Any], place: str, values: Values, today: date) -> BoardMeeting:
    day = table["held_on"]
    own = table.get("id") or derived_id("board", day.isoformat())
    there: list[AtTheBoard] = []
    for n, row in enumerate(table.get("there", []), start=1):
        at = f"{place}.there.{n}"
        name = " ".join(values.text(row["organisation"], f"{at}.organisation").split())
        one = AtTheBoard(
            id=row.get("id") or derived_id("board", day.isoformat(), name.casefold()), board_id=own,
            organisation=name, agency=AgencyType[row["agency"]],
            presence=BoardPresence(row["presence"]), revision=row.get("revision", 1),
        )  # fmt: skip
        try:
            smb.must_count(one)
        except BadInput as wrong:
            said = wrong.message.rstrip(".")
            raise values.wrong(at, f"cannot be: {said[0].lower()}{said[1:]}") from None
        if any(each.organisation.casefold() == name.casefold() for each in there):
            raise values.wrong(f"{at}.organisation", "is given twice")
        there.append(one)
    if day > today:
        raise values.wrong(f"{place}.held_on", "is a day still to come")
    return BoardMeeting(
        id=own, held_on=day, withdrawn=values.text(table.get("withdrawn", ""), f"{place}.withdrawn"),
        typed_by=values.text(table.get("typed_by", ""), f"{place}.typed_by"),
        typed_at=values.instant(table.get("typed_at"), f"{place}.typed_at"),
        revision=table.get("revision", 1), there=tuple(sorted(there, key=lambda r: r.organisation)),
    )  # fmt: skip


def write_boards(boards: Iterable[BoardMeeting]) -> str:
    """The meetings as a file that is read back the same."""
    blocks = [HEAD, lines([("format", 1)])]
    for one in boards:
        said: dict[str, Any] = {
            "held_on": one.held_on, "id": one.id, "withdrawn": one.withdrawn,
            "typed_by": one.typed_by, "typed_at": one.typed_at, "revision": one.revision,
        }  # fmt: skip
        blocks.append("[[board]]\n" + lines((k, v) for k, v in said.items() if v))
        for row in one.there:
            said = {
                "organisation": row.organisation, "agency": str(row.agency),
                "presence": str(row.presence), "id": row.id, "revision": row.revision,
            }  # fmt: skip
            blocks.append("[[board.there]]\n" + lines(said.items()))
    return "\n\n".join(blocks) + "\n"
