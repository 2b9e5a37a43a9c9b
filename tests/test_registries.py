"""Lists are walked: what is added in one place is whole everywhere."""

from __future__ import annotations

import pytest
from sqlalchemy import TableClause

from panelkit.domain import entries as e
from panelkit.domain.agenda import AGENDA
from panelkit.domain.conditions import CONDITIONS
from panelkit.domain.decisions import DECISION_TESTS
from panelkit.domain.fields import TERMS, FieldKind, fields_of
from panelkit.domain.vocabulary import Stops
from panelkit.store import tables
from panelkit.store.rows import ENTRY_TABLES, METADATA
from panelkit.store.tables import COMMON
from panelkit.tui.app import PanelkitApp
from panelkit.tui.keys import HOME_KEYS, MEETING_KEYS, Key
from panelkit.tui.panes.registry import PANES
from panelkit.tui.screens.chairkeys import ChairKeys
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.widgets.entrytable import COLUMNS

NO_TABLE = {"presence", "parts", "pauses", "visits"}
"""Kinds that are about the running of the meeting and have no table of their own."""


def test_the_agenda_is_a1_to_a18_in_order() -> None:
    assert [item.code for item in AGENDA] == [f"A{n}" for n in range(1, 19)]


@pytest.mark.parametrize("item", AGENDA, ids=lambda i: i.code)
def test_an_agenda_item_is_whole(item: object) -> None:
    assert item.title and item.say and item.guidance and len(item.short) <= 11  # type: ignore[attr-defined]  # noqa: PT018
    assert item.held in CONDITIONS  # type: ignore[attr-defined]
    assert set(item.entries) <= set(e.BY_KIND)  # type: ignore[attr-defined]
    keys = [field.key for field in item.fields]  # type: ignore[attr-defined]
    assert len(keys) == len(set(keys))
    for field in item.fields:  # type: ignore[attr-defined]
        assert field.needed in CONDITIONS
        assert field.shown in CONDITIONS
        if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
            assert field.choices in TERMS


def test_only_the_statement_and_the_next_date_can_never_be_parked() -> None:
    fixed = {(i.code, f.key) for i in AGENDA for f in i.fields if not f.can_park}
    assert fixed == {("A2", "confidentiality_statement"), ("A18", "next_review_date")}


@pytest.mark.parametrize("kind", e.ENTRIES, ids=lambda k: k.kind)
def test_a_kind_of_content_has_its_table_and_its_columns(kind: type[e.Entry]) -> None:
    columns = {column.name for column in ENTRY_TABLES[kind.kind].columns}
    assert columns == {*COMMON, "meeting_id", *(field.key for field in fields_of(kind))}
    for column in ENTRY_TABLES[kind.kind].columns:
        described = {field.key: field for field in fields_of(kind)}
        if column.name in described:
            assert column.info["sensitivity"] == str(described[column.name].sensitivity)
    if kind.kind not in NO_TABLE:
        assert {key for key, _width in COLUMNS[kind.kind]} <= {f.key for f in fields_of(kind)}
    if kind.follows:
        assert kind.follows in e.BY_KIND


def test_what_queries_name_is_what_the_schema_has() -> None:
    named = [t for t in vars(tables).values() if isinstance(t, TableClause)]
    named += tables.ENTRY_TABLES.values()
    for name, kept in tables.KEPT_BESIDE.items():
        assert kept <= {c.name for c in METADATA.tables[name].columns}
    assert {t.name: {c.name for c in t.columns} for t in named} == {
        name: {c.name for c in t.columns} - tables.KEPT_BESIDE.get(name, frozenset())
        for name, t in METADATA.tables.items()
    }


@pytest.mark.parametrize(("every", "screen"), [(MEETING_KEYS, ChairKeys), (HOME_KEYS, HomeScreen)])
def test_every_key_is_its_own_and_does_something(every: tuple[Key, ...], screen: type) -> None:
    keys = [key.key for key in every if key.key]
    letters = [key.letter for key in every]
    assert len(keys) == len(set(keys))
    assert len(letters) == len(set(letters))
    assert all(letter.isalpha() and len(letter) == 1 for letter in letters)
    for key in every:
        everywhere = key.id.startswith("app.")
        owner = PanelkitApp if everywhere else screen
        assert hasattr(owner, f"action_{key.id.removeprefix('app.')}"), key.id
        assert len(key.label.split()) <= 4
        assert key.tooltip.endswith(".")


def test_panes_and_tests_of_decisions_name_what_there_is() -> None:
    assert set(PANES) <= {item.code for item in AGENDA}
    assert len({test.id for test in DECISION_TESTS}) == len(DECISION_TESTS)


def test_what_stops_closing_is_said_or_decided_in_the_room() -> None:
    prose = [
        (i.code, f.key)
        for i in AGENDA
        for f in i.fields
        if f.stops is Stops.CLOSING and f.is_prose and f.needed == "always"
    ]
    assert prose == [], "no sentence is owed before the meeting closes"
