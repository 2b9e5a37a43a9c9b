"""A file and a server find the same, whatever is typed, and follow whatever is saved."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from panelkit.domain import entries as e
from panelkit.domain.asking import match, read
from panelkit.domain.case import Case
from panelkit.domain.fields import fields_of
from panelkit.domain.folding import words_in
from panelkit.domain.meeting import By
from panelkit.domain.referrals import Referral
from panelkit.domain.requests import Request
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.packs.reader import read_pack
from panelkit.services.caseload import Caseload
from panelkit.services.finding import Finding
from panelkit.store import searching
from panelkit.store.record import Record
from panelkit.store.rows import METADATA
from panelkit.store.searched import BY_TABLE, CASE, NOT_SEARCHED, PROGRAMS_OWN, SEARCHED
from panelkit.store.searched import WORDS as KINDS
from tests.desk import SAMPLES, Clock
from tests.servers import Cluster
from tests.store.test_alike import AGENDA, AREA, RUTH

TYPED = (
    "O’Brien said: “Ærøskøbing, Łódź & Île-de-France”",
    "the café in ÉIRE; a cafe\u0301 in Zürich",
    "ΣΊΣΥΦΟΣ и Ёлка ѝ 日本語 مرحبا ١٢٣ ½ x² 𝔘 \ufffd",
    "well-being; re-offending 12/11/2026 at 10:30, £1,000.50 (50%) a_b R&D <b>",
    "''' \"\"\" \\ % ~ | & ! : * ( ) -- /* */ $$ ;",
    "Rue de l'Église\nnew line\ttab  double  space",
)
"""Words that an engine might read its own way."""


def filled(record: Record) -> Record:
    """The same on either: samples, and what :data:`TYPED` holds, in every kind of place."""
    caseload = Caseload(record, AREA, AGENDA, Clock(), RUTH.name)
    for name in ("l2_review_carried_actions", "l3_review"):
        pack = read_pack(SAMPLES / f"{name}.toml", AGENDA)
        caseload.take_in([*pack.earlier, pack.meeting], pack.beside)
    meeting = record.load("WM-0143-3")
    for number, words in enumerate(TYPED):
        after = meeting.add(e.Note(id=f"note-{number}", text=words), RUTH)
        after = after.answer("A6", "index_offence", words, RUTH)
        record.save(meeting, after, RUTH, command=f"c{number}")
        meeting = after
    return record


@pytest.fixture(scope="module")
def both(
    cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Record, Record]]:
    """A file and a server that hold the same words."""
    file = Record.open(tmp_path_factory.mktemp("search") / "r.db", create=True)
    with closing(filled(file)), closing(filled(Record.open(cluster.record()))) as server:
        yield file, server


def places(record: Record, typed: str, *, still: bool) -> list[tuple[str, ...]]:
    """What is found, as people read it."""
    page = Finding(record, Clock(), RUTH.name).find(typed, still_typing=still)
    return [
        (each.ref, each.place, each.label, each.snippet.words, str(each.snippet.marks), each.table)
        for each in page.found
    ]


def some_words() -> list[str]:
    """Of everything that the samples and TYPED hold, as it was typed."""
    pack = read_pack(SAMPLES / "l2_review_carried_actions.toml", AGENDA)
    text = " ".join([*TYPED, *(a.text for a in pack.meeting.answers.values())])
    return sorted({text[word.start : word.end] for word in words_in(text)})


WORDS = some_words()
PART = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(str.upper),
    st.sampled_from(WORDS).map(lambda word: word[:3] + "*"),
    st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(lambda two: f'"{" ".join(two)}"'),
    st.sampled_from(WORDS).map(lambda word: f"-{word}"),
    st.sampled_from(TYPED),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
)


@given(st.lists(PART, min_size=1, max_size=3), st.booleans())
@settings(
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(["curfew", "-police"], False)
@example(["harrow"], True)
@example(['"of the"'], False)
@example(["cafe"], True)
def test_both_engines_find_the_same(
    both: tuple[Record, Record], parts: list[str], still: bool
) -> None:
    typed = " ".join(parts)
    file, server = both
    assert places(file, typed, still=still) == places(server, typed, still=still)


def by_reading(record: Record, typed: str) -> set[tuple[str, str]]:
    """What answers a question, found by reading every row: slow, and by no index."""
    asked, found = read(typed), set()
    with record._reading() as connection:
        for place in SEARCHED:
            table = METADATA.tables[place.table]
            for row in connection.execute(table.select()).mappings():
                texts = [str(row[name] or "") for name in place.columns]
                if match(asked, texts) is not None:
                    found.add((place.table, "/".join(str(row[name]) for name in place.key)))
    return found


@pytest.mark.parametrize("engine", [0, 1], ids=["file", "server"])
def test_nothing_that_answers_is_missed(both: tuple[Record, Record], engine: int) -> None:
    record = both[engine]
    asked = [
        "curfew", "curfew -police", '"of the"', "police visit", "helen tovey", "O'BRIEN", "cafe",
        "eglise", "εστι", "ΣΊΣΥΦΟΣ", "ёлка", "елка", "日本語", "10:30", "x²", '"new line"', "12/11/2026",
        *random.Random(7).sample(WORDS, 30),
    ]  # fmt: skip
    for typed in asked:
        with record._reading() as connection:
            hits = searching.found(connection, read(typed), list(BY_TABLE), most=2000)
        found = {(hit.place, hit.row_id) for hit in hits}
        assert found == by_reading(record, typed), typed
    assert by_reading(record, "curfew")


@pytest.mark.parametrize("engine", [0, 1], ids=["file", "server"])
def test_the_index_is_as_the_record_is_after_every_kind_of_saving(
    both: tuple[Record, Record], engine: int
) -> None:
    record = both[engine]
    if engine == 0:  # on a server it is asked by its owner: see the checks of a server
        assert record.lag().is_good
    by = By(RUTH.name, Clock()())
    meeting = record.load("WM-0143-3")
    note = next(row for row in meeting.of(e.Note) if row.id == "note-0")

    def finds(typed: str) -> set[str]:
        return {place for _ref, place, *_rest in places(record, typed, still=False)}

    assert not finds("quokka")
    added = meeting.change(e.Note, note.id, by, text="A quokka was seen")
    record.save(meeting, added, by, command=f"add {engine}")
    assert len(finds("quokka")) == 1
    gone = added.change(e.Note, note.id, by, text="Nothing was seen")
    record.save(added, gone, by, command=f"gone {engine}")
    assert not finds("quokka")
    case = record.case("WM-0143")
    renamed = dataclasses.replace(case, aliases="Quokka", revision=case.revision + 1)
    record.save_case(case, renamed, by, command=f"case {engine}")
    assert finds("quokka") == {"Case"}
    if engine == 0:
        assert record.lag().is_good


@pytest.mark.parametrize("engine", [0, 1], ids=["file", "server"])
def test_a_referral_is_found_with_the_case_that_it_led_to(
    both: tuple[Record, Record], engine: int
) -> None:
    record = both[engine]
    by = By(RUTH.name, Clock()())
    case = record.case("WM-0143")
    came = Referral(
        id=f"r{engine}", number=77, received_on=date(2026, 4, 1), organisation="Numbat House",
        agency=AgencyType.POL, level_asked=Level.TWO,
    )  # fmt: skip
    record.keep_referral(None, came, by, command=f"r {engine}")
    finding = Finding(record, Clock(), RUTH.name)
    found = finding.find("numbat").found
    assert [(each.ref, each.case_id, each.held_on) for each in found] == [
        ("", "", date(2026, 4, 1))
    ]
    kept = next(each for each in record.referrals() if each.id == came.id)
    linked = dataclasses.replace(kept, case_id=case.id, revision=kept.revision + 1)
    record.keep_referral(kept, linked, by, command=f"l {engine}")
    assert [each.case_id for each in finding.find("numbat").found] == [case.id]
    assert [each.table for each in finding.find("numbat", case_ref="WM-0143").found] == ["referral"]


def test_every_column_of_words_is_searched_or_somebody_said_why_not() -> None:
    assert set(METADATA.tables) == set(BY_TABLE) | set(NOT_SEARCHED)
    assert not set(BY_TABLE) & set(NOT_SEARCHED)
    assert all(NOT_SEARCHED.values())
    described = {CASE: Case, "request": Request, **e.BY_KIND}
    for place in SEARCHED:
        columns = METADATA.tables[place.table].columns
        assert set(place.columns) <= set(columns.keys()), place.table
        assert len(place.labels) == len(place.columns)
        if place.table in described:
            fields = fields_of(described[place.table])
            wanted = {field.key for field in fields if field.kind in KINDS}
        else:
            wanted = {each.name for each in columns if each.info.get("sensitivity") == "restricted"}
        left_out = {name for table, name in PROGRAMS_OWN if table == place.table}
        assert wanted - left_out <= set(place.columns), place.table
        assert not left_out & set(place.columns), place.table
