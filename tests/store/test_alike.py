"""A file and a server are one record: the same acts on both leave the same, and it is read the same.

Chance is taken away from both (ids, salts, the account of the machine), so that every row of every
table is the same on both, the journal's with its hashes; then every reading is asked of both.
"""

from __future__ import annotations

import inspect
import itertools
import secrets
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from panelkit.areas.loader import load_agenda, load_area
from panelkit.audit.forms import form_named
from panelkit.domain import entries as e
from panelkit.domain.action_filter import read_filter
from panelkit.domain.allocating import Again, Allocation
from panelkit.domain.beside import Beside
from panelkit.domain.chasing import (
    About,
    Escalation,
    Reminded,
    Reminder,
    ReminderKind,
    Spoc,
    renewed,
)
from panelkit.domain.demand import WantKind
from panelkit.domain.disposal import Retention
from panelkit.domain.errors import NotAllowed, PanelkitError
from panelkit.domain.guidance import Baseline, Decided, Decision
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.minutes import Fact
from panelkit.domain.people import Access
from panelkit.domain.report_year import ReportYear
from panelkit.domain.requests import Request
from panelkit.domain.sent_out import SentKind, SentOut
from panelkit.domain.sitting import Sitting
from panelkit.domain.taking_on import HalfRead
from panelkit.domain.updates import Entered
from panelkit.domain.vocabulary import InterestHandling, Level, MeetingState
from panelkit.packs.reader import read_pack
from panelkit.services.caseload import Caseload
from panelkit.services.generating import Generating, wanted_years
from panelkit.store import heads, journal
from panelkit.store.keys import Keys, Opened
from panelkit.store.record import Copy, Draft, Frozen, KeptTemplate, Record, Sheet
from panelkit.store.rows import METADATA
from panelkit.store.tables import COMMAND, JOURNAL, PERSON
from tests.servers import Cluster
from tests.store.hands import Hands

SAMPLES = tuple(
    Path(__file__).parents[2] / "sample_meetings" / f"{name}.toml"
    for name in ("child_cross_force", "l3_emergency_dissent", "l3_review")
)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
RUTH = By("Ruth Calloway", NOW)
AREA, AGENDA = load_area("national"), load_agenda("national")
HARD = "[to Leeds] Ünïté Éire 'quoted' \\ 100%_ 𝔘 \ufffd\n\ttabbed  "
"""Words that a database might take for something else."""
ONE_ENGINE = {"alembic_version", "chain_key", "here_now"}
"""Tables in which the engines differ, or that hold nothing of a record."""


def clock() -> datetime:
    return NOW


def without_chance(patch: pytest.MonkeyPatch, account: str) -> None:
    """From here on ids and salts are the next numbers, and the account of the machine is said."""
    ids, salts = itertools.count(1), itertools.count(1)
    patch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=next(ids) << 64 | 4 << 76))
    patch.setattr(secrets, "token_hex", lambda length=16: f"{next(salts):0{2 * length}x}")
    patch.setattr(journal, "os_user", lambda: account)


def the_same_in_a_file(path: Path, server: Record) -> Record:
    """A record in a file that begins with the rows of ``server``: its first person, and its key."""
    keys = server.opened.keys
    assert keys is not None
    mine = Keys(keys.record, bytes(range(32)), keys.chain, keys.chain_from)
    made = Record.open(path, opened=Opened(mine, server.opened.person), create=True)
    with server._reading() as there, made._writing() as here:
        for table in (PERSON, COMMAND, JOURNAL):
            rows = [dict(row) for row in there.execute(select(table)).mappings()]
            here.execute(table.insert(), rows)
    return made


# -- what is done -----------------------------------------------------------------------------


def everything_done(record: Record) -> None:
    """A year of invented cases, every sample meeting, and what those do not have."""
    generating = Generating(record, AREA, AGENDA, clock, RUTH.name)
    generating.years(wanted_years(clock, 1, meetings=10, seed=3, brief=True))
    caseload = Caseload(record, AREA, AGENDA, clock, RUTH.name)
    for sample in SAMPLES:
        pack = read_pack(sample, AGENDA)
        caseload.take_in([*pack.earlier, pack.meeting], pack.beside)
    for act in ACTS:
        act(record, record.load(pack.meeting.ref))


def words(record: Record, meeting: Meeting) -> None:
    for number, said in enumerate((HARD, "second", "", HARD * 50)):
        after = meeting.answer("A6", "index_offence", said, RUTH)
        record.save(meeting, after, RUTH, command=f"w{number}", visit=f"v{number // 2}")
        meeting = after
    after = meeting.add(e.Note(id="note", text=HARD), RUTH)
    record.save(meeting, after, RUTH, command="n", fact=("corrected", HARD))
    changed = after.change(e.Note, "note", RUTH, text="other")
    record.save_all([(after, changed)], RUTH, command="n2", what="all")


def where_somebody_was(record: Record, meeting: Meeting) -> None:
    record.set_position(meeting.id, RUTH.name, "A6", "index_offence")
    for line in ("note", "Note", "action", "é"):
        record.set_draft(meeting.id, RUTH.name, line, HARD + line)
    record.set_draft(meeting.id, RUTH.name, "action", "")


def life(record: Record, meeting: Meeting) -> None:
    happened = (
        ("drafted", ""), ("approved", HARD), ("amended", "x"), ("issued", ""), ("reopened", "y"),
    )  # fmt: skip
    facts = [
        Fact(what=what, who=RUTH.name, at=NOW, reason=reason, about="") for what, reason in happened
    ]
    facts.append(Fact(what="approved", who=RUTH.name, at=NOW, content_hash="f" * 64))
    kept = KeptTemplate(
        sha256="a" * 64, template_id="minutes", version="3", form_label="F",
        effective_from="2026-01-01", body=bytes(range(256)),
    )  # fmt: skip
    frozen = [
        Frozen(kind=kind, body=body, template_hash="a" * 64, template_id="minutes", template_version="3",
               status="final", template=kept)
        for kind, body in (("full", b"\0one"), ("actions", b"\xfftwo"), ("full", b"three"))
    ]  # fmt: skip
    record.advance(meeting, meeting, RUTH, facts=facts, documents=frozen, command="life")
    record.note_life(meeting.id, "exported", RUTH, "z")
    sent = [
        Copy(id=f"copy-{n}", meeting_id=meeting.id, version=1, copy_number=n, name="Helen Tovey",
             organisation="Probation", sha256="b" * 64, protected=True, written_at=NOW)
        for n in (2, 1)
    ]  # fmt: skip
    fact = Fact(what="sent", who=RUTH.name, at=NOW)
    record.register_copies(meeting.id, sent, RUTH, fact=fact, command="r")


def papers(record: Record, meeting: Meeting) -> None:
    asked = record.add_request(
        Request(id="request", meeting_id=meeting.id, requester=HARD), RUTH, command="q"
    )
    changed = replace(asked, reason=HARD, revision=2)
    record.save_request(asked, changed, RUTH, command="q2")
    for number in (1, 2):
        draft = Draft(
            id=f"{number}" * 24, meeting_id=meeting.id, kind="full", version=number, at=NOW,
            who=RUTH.name, sha256="c" * 64, path="/tmp/a b.docx", outline="{}",
        )  # fmt: skip
        record.keep_written(draft, RUTH, command=draft.id)
    record.take_back(meeting, meeting, "1" * 24, "d" * 64, RUTH, command="back")
    record.hand_over(meeting, "Another desk", RUTH, command="out", write=lambda _said: "e" * 64)
    record.take_pen(meeting, HARD, RUTH, command="pen")


def audited(record: Record, meeting: Meeting) -> None:
    form = form_named(AREA, AREA.observation_form)
    sheet = Sheet(
        number="AB12CD", meeting_id=meeting.id, form=form, observer="Gwen Harcastle",
        written_by=RUTH.name, written_at=NOW,
    )  # fmt: skip
    record.add_sheet(sheet, RUTH, command="sheet")


def kept(record: Record, meeting: Meeting) -> None:
    case = meeting.case
    record.save_case(
        case, replace(case, address=HARD, revision=case.revision + 1), RUTH, command="a"
    )
    record.keep_retention(
        None,
        Retention(case_id=case.id, review_on=date(2030, 1, 1), because=HARD, revision=1),
        RUTH,
        command="b",
    )
    begun = HalfRead(id="half", who=RUTH.name, file=HARD, sha256="a" * 64, begun_at=NOW)
    record.keep_half_read(None, begun, RUTH)
    record.note_care("copied", "somewhere", "words", RUTH)
    record.note_opened([(meeting.id, case.id)], RUTH, how="test", command="o")
    record.note_of_record("restored", RUTH, command="z", old="1", new="2")
    record.publish("p", ReportYear.named("2025-26"), {"T1": {"é": 1}}, RUTH, command="p")


def chased(record: Record, meeting: Meeting) -> None:
    action = meeting.of(e.Action)[0]
    asked = Reminder(
        id="reminder", organisation=HARD, kind=ReminderKind.WORD, written_at=NOW, written_by=RUTH.name,
        file="r.docx", sha256="f" * 64, typed_by=RUTH.name, typed_at=NOW,
    )  # fmt: skip
    row = Reminded(
        id="reminded", reminder_id=asked.id, case_id=meeting.case.id, set_at=action.set_at,
        number=action.number, due=action.due, typed_by=RUTH.name, typed_at=NOW,
    )  # fmt: skip
    told = [
        Escalation(
            id=f"told-{about}", organisation=HARD, about=about, to_whom=HARD, made_on=NOW.date(),
            made_by=RUTH.name, words=HARD, case_id=meeting.case.id if about is not About.ATTENDANCE else "",
            set_at=action.set_at, number=action.number, typed_by=RUTH.name, typed_at=NOW,
        )
        for about in About
    ]  # fmt: skip
    spoc = Spoc(
        id="spoc", organisation=HARD, name=HARD, contact=HARD, typed_by=RUTH.name, typed_at=NOW
    )
    done = Entered(
        id="entered", meeting_id=meeting.id, what="level", done_on=NOW.date(), done_by=RUTH.name,
        typed_by=RUTH.name, typed_at=NOW,
    )  # fmt: skip
    fresh = [(None, each) for each in (asked, row, *told, spoc, done)]
    record.keep_chasing(fresh, RUTH, command="chased", what="chased")
    record.keep_chasing(
        [(row, renewed(row, RUTH, reply=HARD))], RUTH, command="reply", what="reply"
    )
    changed = meeting.change(e.Action, action.id, RUTH, owner=HARD, text="ÉTUDE 100%_ \\")
    record.save(
        record.load(meeting.id), _after(record.load(meeting.id), changed), RUTH, command="owner"
    )


def allocated(record: Record, meeting: Meeting) -> None:
    first = record.referrals()[0]
    second = replace(first, id="second", number=0, case_id="", screening=(), revision=1)
    record.keep_referral(None, second, RUTH, command="second")
    steps = [
        Allocation(id="a1", case_id=meeting.case.id, holder=HARD, because=HARD, typed_by=RUTH.name, typed_at=NOW),
        Allocation(id="a2", referral_id=first.id, holder="Joan Quill", typed_by=RUTH.name, typed_at=NOW),
    ]  # fmt: skip
    record.allocate([(None, one) for one in steps], RUTH, command="given")
    after = replace(steps[1], id="a3", number=2, holder="Gail Postern", because=HARD)
    record.allocate([(steps[1], after)], RUTH, command="given on")
    record.empty_allocations([(after, replace(after, because="", revision=2))], RUTH, command="e")
    again = Again(id="again", referral_id=second.id, earlier_id=first.id, typed_by=RUTH.name, typed_at=NOW)  # fmt: skip
    record.keep_again(None, again, RUTH, command="again")
    record.keep_again(again, replace(again, earlier_id="", revision=2), RUTH, command="not again")


def guided(record: Record, meeting: Meeting) -> None:
    """What guidance said, what was decided of changes: kept, accepted, taken back; and a meeting that
    took another agenda."""
    now = record.load(meeting.id)
    other = (replace(now.agenda[0], say=HARD), *now.agenda[1:])
    taken = replace(now.with_facts(booked_minutes=now.booked_minutes + 1), agenda=other)
    record.save(now, taken, RUTH, command="agenda", what="agenda")
    first = Baseline("baseline", AREA.name, NOW, RUTH.name, "1", "{}")
    record.begin_guidance(first, "d" * 64)
    record.begin_guidance(replace(first, id="second"), "d" * 64)
    made = [
        Decision(
            id=f"decided-{n}", number=0, area=AREA.name, place=f"settings.{n}", title=HARD,
            decided=decided, was='"a"', was_source=HARD, now='"b"', now_source=HARD, reason=HARD,
            withdrawn="", typed_by=RUTH.name, typed_at=NOW,
        )
        for n, decided in enumerate((*Decided, Decided.KEPT))
    ]  # fmt: skip
    record.keep_decisions([(None, one) for one in made], RUTH, command="decided", what="kept")
    last = record.decisions(AREA.name)[-1]
    gone = replace(last, withdrawn=HARD, revision=2)
    record.keep_decisions([(last, gone)], RUTH, command="undone", what="taken back")


def _after(now: Meeting, changed: Meeting) -> Meeting:
    """The meeting as it is now, with one action as it was changed."""
    action = changed.of(e.Action)[0]
    return now.change(e.Action, action.id, RUTH, owner=action.owner, text=action.text)


def seated(record: Record, meeting: Meeting) -> None:
    """A sitting with everything that is said of one, and something sent for it."""
    there = Sitting(
        id="seated", held_on=NOW.date(), name=HARD, mode="remote", starts=time(9, 30), chair=HARD,
        minute_taker=HARD, booked_minutes=90, level="2", joining=HARD, joining_number=1,
    )  # fmt: skip
    record.add_sitting(there, RUTH, command="seated")
    now = replace(there, joining="", joining_number=2)
    record.save_sitting(there, now, RUTH, command="seated again")
    sent = SentOut(
        id="sent", sitting_id=there.id, meeting_id=meeting.id, what=SentKind.INVITATION, organisation=HARD,
        sent_on=NOW.date(), sent_by=RUTH.name, told="f" * 64, typed_by=RUTH.name, typed_at=NOW,
    )  # fmt: skip
    record.keep_sent_out([(None, sent)], RUTH, command="sent")
    gone = replace(sent, withdrawn=HARD, revision=2)
    record.keep_sent_out([(sent, gone)], RUTH, command="not sent")
    told = e.Interest(id="told", declared_by=HARD, nature=HARD, handling=InterestHandling.BARRED)
    here = record.load(meeting.id)
    record.save(here, here.add(told, RUTH), RUTH, command="told")


ACTS: tuple[Callable[[Record, Meeting], None], ...] = (
    words, where_somebody_was, life, papers, audited, kept, chased, allocated, seated, guided,
)  # fmt: skip
"""Each on one meeting, after everything that came in at once."""


# -- what is read -----------------------------------------------------------------------------


@dataclass(frozen=True)
class There:
    """What there is to ask for, from the rows themselves."""

    values: Mapping[str, tuple[Any, ...]]

    @classmethod
    def of(cls, record: Record) -> There:
        """The first of everything that is asked for by its name; and a name that is nobody's."""

        def some(table: str, column: str, most: int = 9) -> tuple[Any, ...]:
            found = METADATA.tables[table].c[column]
            asked = select(found).distinct().order_by(found).limit(most)
            with record._reading() as connection:
                return (*connection.execute(asked).scalars(), "nobody")

        cases, meetings = some("case", "id"), some("meeting", "id")
        loaded = tuple(m for each in meetings if (m := record.find(each)) is not None)
        refs = some("case", "ref")
        hashes = ("a" * 64, "b" * 64, "c" * 64, *some("issued", "sha256"))
        with record._reading() as connection:
            numbered = select(JOURNAL.c.hash).where(JOURNAL.c.seq.in_((1, 9, 99)))
            known = connection.execute(numbered.order_by(JOURNAL.c.seq)).scalars().all()
        years = tuple(ReportYear.named(label) for label in ("2024-25", "2025-26", "2026-27"))
        return cls({
            "area": (AREA.name, ""), "meeting_id": meetings, "case_id": cases, "case_ref": refs,
            "ref": (*refs, *(m.ref for m in loaded), *meetings[:3]), "meeting": loaded,
            "meeting_ids": (meetings,), "ids": (meetings,), "case_ids": (cases,), "year": years,
            "running": years, "who": (RUTH.name, "nobody"), "line": ("note", "Note", "é"),
            "kind": ("full", "actions"), "sha256": hashes, "copy_id": some("dispatch", "id"),
            "issued_id": some("issued", "id"), "draft_id": ("1" * 24, "2" * 12, "nobody"),
            "audit_id": some("audit", "id"), "number": ("AB12CD", "nobody"),
            "person_id": some("person", "id"), "what": ("copied", "nobody", "action", "review", "approve", "planned", "cancelled"),
            "first": (date(2025, 4, 1),), "last": (date(2026, 3, 31),),
            "start": (date(2020, 1, 1),), "end": (date(2027, 1, 1),), "head": (*known, "0" * 64),
            "anchor": ("", known[1]), "seq": (0, 5, 99), "digits": (known[0][:12], "0" * 12),
            "kept": ([heads.Head(9, known[1], "")],), "beside": (Beside(),),
            "most": (2, 2000), "beginning": ("wm-01", "WM-0143-3", "nobody"),
            "also_done": (False, True),
            "wanted": tuple(map(read_filter, LINES)), "today": (date(2026, 11, 23),),
            "organisations_of": ({"housing": some("standing_action", "organisation", 3)},),
            "keys": (some("standing_action", "id"),), "reminder_id": ("reminder", "nobody"),
            "actions": ([(case, 1, 1) for case in cases],),
            "also_settled": (False, True), "cancelled": (False, True), "is_theirs": (False, True),
            "oldest_first": (False, True), "level": (None, Level.TWO), "limit": (0, 3, 100),
            "before": (date(2026, 4, 1), date(2027, 1, 1)),
            "but": ("", "ruth calloway"), "called": ("", "m-"), "on": (None, date(2026, 11, 23)),
            "since": (date(2020, 1, 1),), "states": (tuple(MeetingState), ()),
            "day": (date(2026, 1, 1),), "sitting_id": some("sitting", "id"),
            "command": some("command", "id"), "until": (date(2026, 12, 21),),
            "what_id": (*some("allocation", "case_id"), *some("allocation", "referral_id")),
            "case_refs": (refs,), "done": ("carried",),
            "want": (WantKind.REVIEW, WantKind.AFTERWARDS, WantKind.AGAIN, WantKind.LOOSE),
            "entity": tuple(e.BY_KIND), "entity_id": ("nobody",), "field": ("text",),
        })  # fmt: skip


LINES = (
    "", "is:overdue", "is:all", "is:done -@housing", "@housing", "due:<30d level:2", "due:none is:all",
    "is:all étude", "is:all @ünïté", "is:all 100%_", "is:all \\", "is:carried", "is:all is:unaccepted",
    "is:all is:noowner", "is:all case:WM-0098", "level:2 level:3", "is:all -level:2",
)  # fmt: skip
"""What is asked of actions across meetings."""
SPOTS = {"history", "field_history", "first_noted"}
"""Readings of one spot of the journal: asked for spots that there are."""
NOT_READ = frozenset(
    "open open_again open_copy close copy_to duplicate opens_too change_counter put_away_log "
    "set_draft set_position begin_guidance be_at leave presence at_one_moment lag index_again search".split()
)
"""Public methods that tell nothing of what is stored, are of a file, or of this moment. What a search
finds is compared in ``tests/search``, by the words that are shown."""


def readings() -> dict[str, list[str]]:
    """Every public method that is no act, with the names of what it is asked with."""
    found = {}
    for name, method in inspect.getmembers(Record, inspect.isfunction):
        asked = list(inspect.signature(method).parameters)[1:]
        if not name.startswith("_") and name not in NOT_READ and "by" not in asked:
            found[name] = asked
    return found


def spots(connection: Connection) -> list[tuple[Any, ...]]:
    """Fields that were written more than once, and some that were not."""
    names = [JOURNAL.c[name] for name in ("meeting_id", "entity", "entity_id", "field")]
    asked = select(*names).where(JOURNAL.c.meeting_id != "").distinct().order_by(*names)
    every = [tuple(row) for row in connection.execute(asked)]
    return [*every[:: max(1, len(every) // 40)], *(s for s in every if s[2] == "A6.index_offence")]


NOT_HIDDEN = {"earlier", "previous", "meetings_of_case", "verify"}
"""Readings that a file answers whoever asks: with what hangs from a meeting or case in their hands,
and whether the whole is as it was, which a server tells nobody who does not see all of it."""
COUNTED = {"year_rows", "quarter_rows", "panels_of"}
"""Readings that are counted, in no order."""


def answer(record: Record, name: str, given: dict[str, Any]) -> object:
    """What a reading says, or the words in which it refuses; dictionaries in their order."""
    try:
        said = getattr(record, name)(**given)
    except PanelkitError as refused:
        return type(refused), refused.sentence
    if name in COUNTED:
        return (
            {key: sorted(r) for key, r in said.items()} if isinstance(said, dict) else sorted(said)
        )
    return list(said.items()) if isinstance(said, dict) else said


def given(
    name: str, names: list[str], there: There, known: list[tuple[Any, ...]]
) -> Iterator[dict[str, Any]]:
    """With what a reading is asked, one time after the other."""
    if name in SPOTS:
        yield from (dict(zip(names, spot, strict=False)) for spot in known)
        return
    for each in itertools.product(*(there.values[asked] for asked in names)):
        yield dict(zip(names, each, strict=True))


@pytest.fixture(scope="module")
def both(
    cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Record, Record]]:
    """The same acts on a file and on a server."""
    where = cluster.record()
    server = Record.open(where)
    in_file = the_same_in_a_file(tmp_path_factory.mktemp("alike") / "r.db", server)
    for record in (in_file, server):
        with pytest.MonkeyPatch.context() as patch:
            without_chance(patch, where.login)
            everything_done(record)
    yield in_file, server
    in_file.close()
    server.close()
    cluster.drop(where)


@pytest.mark.xdist_group("alike")
def test_every_row_of_every_table_is_the_same_on_both(
    both: tuple[Record, Record], cluster: Cluster
) -> None:
    empty = set()
    for name, table in METADATA.tables.items():
        asked = select(table).order_by(*table.primary_key.columns)
        rows = []
        for record, superuser in zip(both, ("", cluster.superuser), strict=True):
            with closing(Hands(record, superuser)) as hands, hands.owner() as connection:
                rows.append([tuple(row) for row in connection.execute(asked)])
        if name not in ONE_ENGINE:
            assert rows[0] == rows[1], name
            empty |= set() if rows[0] else {name}
    print(f"alike: {len(METADATA.tables)} tables, empty on both: {sorted(empty)}")
    assert len(empty) < 20, "nearly every table has something in it"


@pytest.mark.xdist_group("alike")
def test_each_action_stands_as_its_last_meeting_says_whatever_wrote_it(
    both: tuple[Record, Record],
) -> None:
    for record in both:
        assert record.wrong_lists() == ([], [], [])
        assert record.chased(read_filter("is:all"), date(2026, 11, 23), {}) != []
        assert record.chased(read_filter("is:all @ünïté"), date(2026, 11, 23), {}) != []


@pytest.mark.xdist_group("alike")
def test_every_reading_says_the_same_on_both(both: tuple[Record, Record]) -> None:
    there = There.of(both[0])
    with both[0]._reading() as connection:
        known = spots(connection)
    asked = readings()
    unknown = {name for names in asked.values() for name in names} - set(there.values)
    assert unknown == set(), "say in There what a new reading is asked with"
    count, other = 0, []
    for name, names in asked.items():
        for each in given(name, names, there, known):
            said = [answer(record, name, each) for record in both]
            count += 1
            if said[0] != said[1]:
                other.append((name, each, *said))
                break
    print(f"alike: {len(asked)} readings, asked {count} times of each")
    for each in other:
        print("DIFF", str(each)[:900])
    assert [each[0] for each in other] == [], other[0]
    assert count > 500


@pytest.mark.xdist_group("alike")
def test_a_case_closed_to_somebody_is_hidden_by_both(both: tuple[Record, Record]) -> None:
    """In a file the readings leave it out, on a server the server does: with the same result."""
    there = There.of(both[0])
    closed = both[0].case(read_pack(SAMPLES[0], AGENDA).meeting.case.ref)
    assert both[1].verify().is_good
    for record in both:
        with pytest.MonkeyPatch.context() as patch:
            without_chance(patch, both[1].opened.login)
            record.set_access(
                closed.id, record.opened.person, Access.BARRED, RUTH, command="closed"
            )
    other = []
    for name, names in readings().items():
        if name in SPOTS | NOT_HIDDEN:
            continue
        for each in given(name, names, there, []):
            said = [answer(record, name, each) for record in both]
            if said[0] != said[1]:
                other.append((name, each, *said))
                break
    assert [each[0] for each in other] == [], other[0]
    assert both[1].find_case(closed.ref) is None
    with pytest.raises(NotAllowed, match="verified whole"):
        both[1].verify()  # what is closed would be taken for wiped
