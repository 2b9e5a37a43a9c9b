"""Words of SQL about searched rows that both engines read: whose a row is, and what it says.

Each is an expression over a row called ``row``: ``NEW`` in a trigger, or a table's other name.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import column, table

from panelkit.store.searched import SEARCHED, Searched

SEARCH: Final = table(
    "search", column("doc"), column("place"), column("row_id"), column("case_id"), column("chars")
)
"""Which row of the record each number of the index stands for."""
BETWEEN: Final = " \ue000 "
"""Stands between the columns of a row, so that no phrase goes from one into the next. It counts as a
word that nobody types."""
LONGEST: Final = 100_000
"""Characters of a row that are searched, some 17,000 words: a server refuses to index more at once,
and no save is ever refused for its length."""
SHIFT: Final = 28
"""Bits of a number that count the rows of one day; those above them are the day."""
LAST_DAY: Final = 131_071
"""Stands for rows of no day, which come first: the case itself."""
NEWEST_DOC: Final = (LAST_DAY + 1) << SHIFT
"""Above every number."""
_OF_A_TABLE: Final = 22
"""Bits that count the rows of one day and one table where the whole index is made."""


def key_of(place: Searched, row: str) -> str:
    """What the row is called in the index."""
    return " || '/' || ".join(f'{row}."{name}"' for name in place.key)


def said_of(place: Searched, row: str) -> str:
    """All its words, as much of them as is searched."""
    return f"substr({joined(place, row)}, 1, {LONGEST})"


def has_words(place: Searched, row: str) -> str:
    """Whether it says anything."""
    return f"{joined(place, row, '')} <> ''"


def joined(place: Searched, row: str, between: str = BETWEEN) -> str:
    """All its words, in the order of the columns."""
    # A column that a later revision added may hold NULL, which is passed over.
    columns = ", ".join(f'{row}."{name}"' for name in place.columns)
    return f"concat_ws('{between}', {columns})"


def changes(place: Searched) -> tuple[str, ...]:
    """Columns whose change changes the index."""
    return (*place.columns, "case_id") if place.table == "referral" else place.columns


def case_of(place: Searched, row: str) -> str:
    """Id of the case that it is of; NULL where what it hangs from is not there."""
    return {
        "meeting": f"(SELECT m.case_id FROM meeting AS m WHERE m.id = {row}.meeting_id)",
        "audit": (
            "(SELECT m.case_id FROM audit AS a JOIN meeting AS m ON m.id = a.meeting_id "
            f"WHERE a.id = {row}.audit_id)"
        ),
        "referral": f"(SELECT f.case_id FROM referral AS f WHERE f.id = {row}.referral_id)",
        "case": f"{row}.id" if place.table == "case" else f"{row}.case_id",
    }[place.through]


def date_of(place: Searched, row: str) -> str:
    """The day that it is ordered by, as the record keeps days; blank for none."""
    if place.day:
        return f'{row}."{place.day}"'
    return {
        "meeting": f"(SELECT m.held_on FROM meeting AS m WHERE m.id = {row}.meeting_id)",
        "audit": (
            "(SELECT m.held_on FROM audit AS a JOIN meeting AS m ON m.id = a.meeting_id "
            f"WHERE a.id = {row}.audit_id)"
        ),
        "case": "''",
    }[place.through]


def first_of(place: Searched) -> int:
    """Above which number, within a day, the rows of a table are counted when all are."""
    return SEARCHED.index(place) << _OF_A_TABLE
