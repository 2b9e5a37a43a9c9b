"""Settings, paths and the clock become a desk: read here and nowhere else."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit import paths, unseen
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput, PanelkitError, Refused
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.services.clock import Clock, system_clock
from panelkit.store import places
from panelkit.store.machine import Machine, this_machine
from panelkit.store.server import Location, Server, location_of

if TYPE_CHECKING:
    from panelkit.services.choosing import Choosing
    from panelkit.services.desk import Desk, OpensAgain
    from panelkit.services.keeping import Rule
    from panelkit.services.remembering import Memory
    from panelkit.store.record import Record
    from panelkit.store.tries import Tries

TRIES: Final = 3
"""How often a passphrase is asked for at a terminal before the program gives up."""
DEFAULT_AREA = "west_midlands"


VARIABLE: Final = "PANELKIT_PASSPHRASE"
"""For scripts; a passphrase is never an argument, which other accounts could read."""

NEW: Final = "PANELKIT_NEW_PASSPHRASE"
"""The same for one that is changed."""


def ask_passphrase(prompt: str) -> str:
    """From the environment, else from whoever sits at the terminal. Raises BadInput without either."""
    given = os.environ.get(VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        msg = "This record asks for a passphrase."
        raise BadInput(msg, remedy=f"Start panelkit at a terminal, or set {VARIABLE}.")
    return unseen.ask(prompt)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line and the environment said."""

    db: str = ""
    area: str = ""
    who: str = ""
    clock: Clock = system_clock
    templates: str = ""
    ask: Callable[[str], str] = ask_passphrase
    """Asks for a passphrase, with the words to ask with."""
    place_reason: str = ""
    machine: Callable[[], Machine] = this_machine
    """What the system says of places; asked when a record is named."""

    @property
    def named(self) -> Location:
        """The record's file or server, wherever that is.

        Raises BadInput for an address that is not read.
        """
        named = self.db or os.environ.get("PANELKIT_DB", "")
        return location_of(named) if named else paths.default_database()

    @property
    def database(self) -> Location:
        """Where the record is, in a place that is fit for it. Raises BadInput, Refused."""
        where = self.named
        if isinstance(where, Server):
            where.must_be_guarded(self.reason_for_place)
        else:
            places.must_be_fit(where, self.machine(), reason=self.reason_for_place)
        return where

    @property
    def file(self) -> Path:
        """The record's file, for what only a file knows. Raises as ``database``; Refused for a
        server."""
        where = self.database
        if isinstance(where, Server):
            msg = "That is done with a record in a file, and this one is on a server."
            raise Refused(msg, remedy="Whoever looks after the server does it there.")
        return where

    @property
    def reason_for_place(self) -> str:
        """Why a record or a copy is where it would otherwise be refused; blank for no reason."""
        return self.place_reason or os.environ.get("PANELKIT_PLACE_REASON", "")

    @property
    def is_named(self) -> bool:
        """Whether somebody said which record."""
        return bool(self.db or os.environ.get("PANELKIT_DB"))

    @property
    def area_name(self) -> str:
        """The area file in use."""
        return self.area or os.environ.get("PANELKIT_AREA", "") or DEFAULT_AREA

    @property
    def claimed(self) -> str:
        """Who somebody says that they are; blank where nobody says."""
        return self.who or os.environ.get("PANELKIT_AS", "")

    @property
    def own_templates(self) -> Path | None:
        """The area's own folder of template folders; None where there is none."""
        named = self.templates or os.environ.get("PANELKIT_TEMPLATES", "")
        return Path(named).absolute() if named else None

    @property
    def person(self) -> str:
        """Who is working, where the record does not know: a claim."""
        return self.claimed or self.account

    @property
    def account(self) -> str:
        """The account of the machine."""
        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return "somebody"


def document_password() -> str:
    """The password for documents that the environment gives; blank where it gives none."""
    return os.environ.get("PANELKIT_DOCUMENT_PASSWORD", "")


def choosing_of(settings: Settings, record: Record | None) -> Choosing:
    """What picks a document's template, from those that ship and the area's own."""
    from panelkit.areas.loader import load_area
    from panelkit.services.choosing import Choosing

    area = load_area(settings.area_name).name
    return Choosing(
        record, settings.clock, paths.shipped("templates"), settings.own_templates, area
    )


def area_of(
    settings: Settings, record: Record | None = None
) -> tuple[Area, tuple[AgendaItem, ...]]:
    """The area and the agenda that its meetings open with; of a record, with what the area keeps
    there against changes of guidance."""
    from panelkit.areas.loader import load_agenda, load_area

    area = load_area(settings.area_name)
    kept = record.kept_local(area.name) if record is not None else {}
    if kept:
        area = load_area(settings.area_name, kept)
    return area, load_agenda(settings.area_name, kept)


def memory_of(where: Location) -> Memory:
    """What is remembered outside the record at ``where``, by this person on this machine."""
    from panelkit.services.remembering import Memory

    return Memory(paths.heads_folder(), where)


def memory_for(record: Record) -> Memory | None:
    """The same for an open record; None on a server for somebody who does not see all of the
    journal, so that they could not say whether it is as it was."""
    me = record.me
    if record.is_on_server and me is not None and not me.may(Act.COPY):
        return None
    return memory_of(record.location)


_RUNS: list[tuple[Callable[[str], object], list[Record]]] = []
"""The run of the program: whom to tell, and what it opened; nothing is kept here outside of a run."""


def open_record(settings: Settings, where: Location, *, create: bool = False) -> Record:
    """The record at ``where``, with a passphrase where it is encrypted; on a server, with the login.

    Its head is remembered when it is closed, at the latest when the run ends. At a terminal a
    wrong passphrase may be mended twice. Raises Refused, NotFound, BadInput, NotSaved.
    """
    is_new = create and isinstance(where, Path) and not where.exists()
    record = _open(settings, where, create=create)
    if is_new:
        # Another record may have lain here; that this one is another is no news.
        memory_of(where).forget()
    for say, opened in _RUNS[-1:]:
        record.before_closing = partial(_remember_head, say)
        opened.append(record)
    return record


@contextmanager
def record_in_use(settings: Settings) -> Iterator[Record]:
    """The record that is named, open for as long as the block takes. Raises as open_record."""
    record = open_record(settings, settings.database)
    try:
        yield record
    finally:
        record.close()


@contextmanager
def desk_in_use(settings: Settings) -> Iterator[Desk]:
    """Whoever works, at the record that is named, for as long as the block takes."""
    with record_in_use(settings) as record:
        yield desk_over(settings, record)


def _remember_head(say: Callable[[str], object], record: Record) -> None:
    try:
        memory = memory_for(record)
        if memory is not None and (record.is_on_server or record.path.exists()):
            memory.remember(record)
    except PanelkitError as failed:
        say(f"the head was not remembered outside the record: {failed.sentence}")


@contextmanager
def remembering_heads(say: Callable[[str], object]) -> Iterator[None]:
    """A run of the program: the head of each record it opened is kept outside it.

    Where that cannot be done, ``say`` is told why; the run is as it was.
    """
    opened: list[Record] = []
    _RUNS.append((say, opened))
    try:
        yield
    finally:
        _RUNS.pop()
        for record in opened:
            record.close()


def _open(settings: Settings, where: Location, *, create: bool) -> Record:
    from panelkit.store.belongings import is_encrypted, keys_of
    from panelkit.store.record import Record

    if isinstance(where, Server):
        from panelkit.store.outbox import outbox_of

        record = Record.open(where)
        record.outbox = outbox_of(paths.outbox_folder(), where)
        return record
    path = where
    if not path.is_file() or not is_encrypted(path):
        return Record.open(path, create=create)
    if not keys_of(path).exists():
        # Damaged, or its key slots are gone: whoever opens it says which copy is whole.
        try:
            return Record.open(path)
        except BadInput as failed:
            name = keys_of(path).name
            more = f"If it is encrypted, {name} is missing beside it: bring that back from a copy."
            raise BadInput(failed.message, remedy=f"{failed.remedy} {more}") from None
    try:
        return _entered(settings, path)
    finally:
        unseen.show_again()


def _entered(settings: Settings, path: Path) -> Record:
    """An encrypted record, by a passphrase that is asked for some times."""
    from panelkit.services.entering import enter

    tries = 1 if os.environ.get(VARIABLE) is not None else TRIES
    for left in reversed(range(tries)):
        said = settings.ask(f"Passphrase for {path.name}: ")
        try:
            return enter(
                path, settings.claimed, settings.account, said, wrong_tries(), settings.clock
            )
        except Refused as refused:
            if not left:
                raise
            print(refused.sentence, file=sys.stderr)
    raise AssertionError  # the last try returns or raises


def wrong_tries() -> Tries:
    """Where wrong passphrases are counted."""
    from panelkit.store.tries import Tries

    return Tries(paths.tries_file())


def open_desk(
    settings: Settings, where: Location, *, create: bool = False, demo: bool = False
) -> Desk:
    """A person at a desk over the record at ``where``."""
    return desk_over(settings, open_record(settings, where, create=create), demo=demo)


def desk_over(settings: Settings, record: Record, *, demo: bool = False) -> Desk:
    """A person at a desk over an open record: whoever opened it, else who they say they are."""
    from panelkit.services.desk import Desk, services_of

    area, agenda = area_of(settings, record)
    clock = settings.clock
    opens_again: OpensAgain | None = None
    who = who_works(settings, record)
    if record.is_on_server and record.opened.by_password:
        from panelkit.services.entering import OpensWithLogin

        opens_again = OpensWithLogin(record, wrong_tries(), clock)
    elif record.opened.person and not record.is_on_server:
        from panelkit.services.entering import OpensWith

        opens_again = OpensWith(record, wrong_tries(), clock)
    rule = None if demo else copy_rule()
    if not demo:
        keep_reason(record, settings, record.location)
    desk = Desk(
        **services_of(
            record, area, agenda, clock, who, paths.shipped("templates"), settings.own_templates
        ),
        area=area,
        clock=clock,
        who=who,
        encrypted=record.is_encrypted or record.is_on_server,
        demo=demo,
        documents=Path.cwd() if not demo else Path("panelkit-demo").absolute(),
        opens_again=opens_again,
        memory=memory_for(record),
        copy_rule=rule,
    )
    begin_guidance(desk)
    return desk


def begin_guidance(desk: Desk) -> None:
    """From its first opening on, a record knows what guidance and forms said; where that cannot be
    written now it is at the next."""
    try:
        desk.guidance.begin()
    except (PanelkitError, OSError):  # a file that is being edited may not be read
        return


def who_works(settings: Settings, record: Record | None) -> str:
    """Whose act it is: whoever opened the record with a passphrase, else who they say they are."""
    me = record.me if record is not None else None
    return me.name if me is not None else settings.person


def copy_rule() -> Rule:
    """When and where copies make themselves, as the environment says. Raises BadInput."""
    from panelkit.services.keeping import rule_from

    return rule_from(dict(os.environ))


def keep_reason(record: Record, settings: Settings, place: Location) -> None:
    """Where ``place`` is one that somebody had to answer for, the record knows who and why.

    The same reason for the same place is kept once. Raises NotSaved.
    """
    from panelkit.domain.meeting import By
    from panelkit.store.care import PLACE

    reason = settings.reason_for_place.strip()
    if isinstance(place, Server):
        is_fit, about = place.is_guarded, str(place)
    else:
        is_fit = places.judge(place, settings.machine()) is None
        about = str(place.absolute())
    if not reason or is_fit:
        return
    last = record.last_care(PLACE)
    if last is None or (last.about, last.words) != (about, reason):
        record.note_care(PLACE, about, reason, By(who_works(settings, record), settings.clock()))


@dataclass(frozen=True, slots=True)
class About:
    """What was named, and where it is."""

    meeting: Meeting
    earlier: Meeting | None
    """The one before it in the pack; in a record it is found there."""
    area: Area
    record: Record | None
    """None for a pack."""


def note_opened(
    settings: Settings, record: Record, meetings: Sequence[Meeting | tuple[str, str]], how: str
) -> None:
    """The command ``how`` puts out what these meetings hold: journaled, once for each.

    Where that cannot be written it is said, and the command goes on.
    """
    from panelkit.services.opening import Opening

    problem = Opening(record, settings.clock, who_works(settings, record)).note(meetings, how)
    if problem:
        sys.stderr.write(f"panelkit: this opening is not journaled: {problem}\n")


@contextmanager
def about(settings: Settings, ref: str, how: str = "a command") -> Iterator[About]:
    """The meeting called ``ref``, with its record open for so long. Raises NotFound, BadInput.

    That the command ``how`` opened it is journaled; a pack has no journal.
    """
    if ref.casefold().endswith(".toml"):
        from panelkit.packs.reader import read_pack

        area, agenda = area_of(settings)
        pack = read_pack(Path(ref), agenda)
        yield About(pack.meeting, pack.earlier[-1] if pack.earlier else None, area, None)
        return
    from panelkit.services.acting import must_may

    with record_in_use(settings) as record:
        must_may(record, Act.READ)
        area, _agenda = area_of(settings, record)
        meeting = record.load(ref)
        note_opened(settings, record, [meeting], how)
        yield About(meeting, None, area, record)


def find_meeting(settings: Settings, ref: str, how: str) -> tuple[Meeting, Area]:
    """The meeting that REF means: the path of a pack, or a reference in the record."""
    with about(settings, ref, how) as it:
        return it.meeting, it.area


def sample_packs() -> list[Path]:
    """The fictional meetings that ship with the program."""
    return sorted(paths.shipped("sample_meetings").glob("*.toml"))
