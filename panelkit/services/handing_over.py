"""A meeting to another desk and back: one sealed file, one pen, both texts where both wrote."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from panelkit.domain.case import REF, Case
from panelkit.domain.entries import BY_KIND
from panelkit.domain.errors import BadInput, CannotWrite, PanelkitError, Refused
from panelkit.domain.fields import Field, FieldKind, show_text
from panelkit.domain.holding import ANOTHER_DESK, Disagreement, HandOver, moment
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.requests import Request
from panelkit.domain.text import gate, gate_line
from panelkit.packs import sealed
from panelkit.sealing import passphrase as passphrases
from panelkit.services import beside_words
from panelkit.services.acting import acting
from panelkit.services.caseload import Caseload
from panelkit.services.chairing import new_id
from panelkit.store import convert
from panelkit.store.bundle import checked
from panelkit.store.disposal import receipt_of
from panelkit.store.engine import NEWEST
from panelkit.store.record import Parcel, Received

FORMAT: Final = 1
_MISFIT: Final = "The hand-over holds something that this version cannot read."
_SHORTEST_NAME: Final = 3
_TEXTS: Final = frozenset(
    {FieldKind.WORDS, FieldKind.LINE, FieldKind.ORGANISATION, FieldKind.PERSON}
)
_OWN_FACTS: Final = {
    "state": "State", "held_on": "Date", "slot": "Time", "booked_minutes": "Length in minutes",
    "level": "Level", "kind": "Kind of meeting", "sitting": "Sitting", "category": "Category",
    "withdrawn": "Withdrawn because", "restricted_part": "Restricted part", "parent": "Belongs to",
}  # fmt: skip


@acting(
    Act.CARRY,
    pen=Act.READ,
    history=Act.READ,
    disagreements=Act.READ,
    place=Act.READ,
    shown=Act.READ,
    can_combine=Act.READ,
    offered=Act.READ,
    target=Act.READ,
    settle=Act.RECORD,
    settle_all=Act.RECORD,
)
class HandingOver:
    """What a person does to give a meeting to another desk, and to take one in."""

    def __init__(self, caseload: Caseload) -> None:
        """Over the same record, as the same person."""
        self.caseload = caseload
        self.record = caseload.record

    # -- who holds the pen ---------------------------------------------------------------------

    def pen(self, meeting: Meeting) -> str:
        """Who holds the pen, in words for both desks."""
        found = self.record.hand_overs(meeting.id)
        if not found:
            return "The pen is here."
        last = found[-1]
        if last.is_elsewhere:
            return f"READ-ONLY: the pen is {last.words}."
        if last.reason:
            since = last.settled_at or last.at
            return (
                f"The pen is here: taken back {moment(since)} from {last.who}, who may still "
                f"write in a copy."
            )
        return f"The pen is here, from {last.who} since {moment(last.at)}."

    def history(self, meeting: Meeting) -> tuple[HandOver, ...]:
        """Every hand-over of the meeting at this desk, oldest first."""
        return self.record.hand_overs(meeting.id)

    # -- away ------------------------------------------------------------------------------------

    def offered(self) -> str:
        """Words for a passphrase, to be told by voice."""
        return passphrases.offered()

    def target(self, meeting: Meeting, output: Path | None, folder: Path) -> Path:
        """Where the file goes. Raises Refused for a name that holds a person's, or is taken."""
        path = output if output is not None else folder
        if path.is_dir():
            path /= f"{meeting.ref}{sealed.ENDING}"
        said = set(gate_line(path.stem.casefold()).text.replace("_", " ").replace("-", " ").split())
        names = f"{meeting.case.name} {meeting.case.aliases}".casefold().replace(",", " ").split()
        if any(name in said for name in names if len(name) >= _SHORTEST_NAME):
            msg = "The name of the file holds a name from the case."
            raise Refused(msg, remedy=f"Call it {meeting.ref}{sealed.ENDING}.")
        if path.exists():
            msg = f"There is already a file {path.name}."
            raise Refused(msg, remedy="A hand-over never replaces a file; choose another name.")
        return path

    def hand_over(self, meeting: Meeting, path: Path, passphrase: str, to: str = "") -> HandOver:
        """The file written, and the meeting read-only here from then on: both or neither.

        Raises BadInput for a short passphrase, PenElsewhere, Refused, CannotWrite.
        """
        from panelkit.documents.files import write_file

        self.record.must_be_no_practice("handed over")
        must_go = self.record.pen_elsewhere(meeting.id)
        if must_go is not None:
            raise must_go.refusal(meeting.ref)
        seal = sealed.Seal(passphrases.must_do(passphrase))
        written: list[Path] = []

        def write(parcel: dict[str, Any]) -> str:
            said = {"format": FORMAT, "schema": NEWEST, **parcel}
            content = seal.close(json.dumps(said, ensure_ascii=False).encode())
            if len(content) > sealed.LARGEST:
                raise CannotWrite(f"{meeting.ref} is larger than a file that can be received.")
            if path.exists():
                raise Refused(f"There is already a file {path.name}.")
            written.append(write_file(path, content).path)
            return hashlib.sha256(content).hexdigest()

        try:
            return self.record.hand_over(
                meeting, gate_line(to).text.strip() or ANOTHER_DESK, self.caseload.by(),
                command=new_id(), write=write,
            )  # fmt: skip
        except BaseException:
            # The record did not take note: the file must not be sent.
            for made in written:
                with contextlib.suppress(OSError):
                    made.unlink()
            raise

    def take_pen(self, meeting: Meeting, reason: str) -> HandOver:
        """The pen here again. Raises Refused without a reason, or where it is here."""
        if not reason.strip():
            raise Refused("Say why the pen is taken back.")
        return self.record.take_pen(
            meeting, gate(reason).text.strip(), self.caseload.by(), command=new_id()
        )

    # -- and back --------------------------------------------------------------------------------

    def receive(self, parcel: Parcel) -> Received:
        """A file that was read, taken in: all of it or nothing. A practice takes none in."""
        self.record.must_be_no_practice("mixed with what comes from another desk")
        (case,) = parcel.meeting["case"]
        self.caseload.must_be_held_here(convert.case_of(case))
        return self.record.receive(parcel, self.caseload.by(), command=new_id())

    # -- both texts ------------------------------------------------------------------------------

    def disagreements(self, meeting: Meeting) -> tuple[Disagreement, ...]:
        """What both desks changed, differently, and nobody settled yet."""
        return self.record.disagreements(meeting.id)

    def settle(self, found: Disagreement, kept: str, text: str = "") -> None:
        """``theirs`` or ``mine`` stands, or with ``both`` the text; the others are kept too."""
        chosen = {"theirs": found.theirs, "mine": found.mine, "both": text}[kept]
        self.record.settle(found, kept, chosen, self.caseload.by(), command=new_id())

    def settle_all(self, found: Sequence[Disagreement], kept: str) -> None:
        """One side's text for each."""
        for each in found:
            self.settle(each, kept)

    def place(self, found: Disagreement, meeting: Meeting) -> str:
        """Which field, in words."""
        if found.kind in beside_words.KINDS:
            return beside_words.place(self.record, found, meeting)
        described = _described(found, meeting)
        label = described.label if described else _OWN_FACTS.get(found.field, found.field)
        if found.kind == "answer":
            return f"{found.entry.partition('.')[0]} {label}"
        if found.kind in BY_KIND:
            row = meeting.entry(BY_KIND[found.kind], found.entry)
            return f"{row.title} {row.ref}: {label}"
        return f"{found.kind.capitalize()}: {label}"

    def shown(self, found: Disagreement, meeting: Meeting, text: str) -> str:
        """A text as people read it."""
        if found.kind in beside_words.KINDS:
            return beside_words.shown(found, meeting, text)
        described = _described(found, meeting)
        if described is None or described.kind in _TEXTS or not text:
            return text
        try:
            if described.kind is FieldKind.NUMBER:
                return text
            return show_text(convert.field_value(described, text))
        except (PanelkitError, ValueError):
            return text

    def can_combine(self, found: Disagreement, meeting: Meeting) -> bool:
        """Whether the two are words that may be put together."""
        described = _described(found, meeting)
        return described is not None and described.kind in _TEXTS


def read_parcel(content: bytes, passphrase: str) -> Parcel:
    """What a sealed file holds, checked throughout. Raises BadInput; nothing is changed."""
    plain = sealed.open_sealed(content, passphrases.as_told(passphrase))
    try:
        said = json.loads(plain)
    except (ValueError, RecursionError):
        raise BadInput(_MISFIT) from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BadInput(_MISFIT)
    if str(said.get("schema", "")) > NEWEST:
        msg = "The hand-over was written by a newer panelkit."
        raise BadInput(msg, remedy="Install that version; nothing was changed.")
    meeting, _replaced = checked(said.get("meeting"))
    earlier = said.get("earlier")
    lineage, of_case = said.get("lineage"), said.get("case_lineage", [])
    if not isinstance(earlier, list) or not isinstance(lineage, list):
        raise BadInput(_MISFIT)
    if not isinstance(of_case, list):
        raise BadInput(_MISFIT)
    (case,), (facts,) = meeting["case"], meeting["meeting"]
    ids = [said.get("id"), *lineage, *of_case]
    if not all(isinstance(each, str) and 0 < len(each) <= 64 for each in ids):
        raise BadInput(_MISFIT)
    if not REF.fullmatch(case["ref"]) or said.get("id") not in lineage:
        raise BadInput(_MISFIT)
    before = tuple(checked(each)[0] for each in earlier)
    if any(b["case"][0]["id"] != case["id"] for b in before):
        raise BadInput(_MISFIT)
    who = gate_line(str(said.get("by") or "")).text.strip()[:200]
    return Parcel(
        id=str(said["id"]), ref=f"{case['ref']}-{facts['number']}", who=who or ANOTHER_DESK,
        lineage=tuple(lineage), meeting=meeting, earlier=before,
        sha256=hashlib.sha256(content).hexdigest(),
        receipt=receipt_of(str(said["id"]), said.get("meeting")), case_lineage=tuple(of_case),
    )  # fmt: skip


def _described(found: Disagreement, meeting: Meeting) -> Field | None:
    if found.kind == "answer":
        item, _, field = found.entry.partition(".")
        return meeting.field(item, field) if found.field == "text" else None
    kinds: dict[str, type[Any]] = {**BY_KIND, "case": Case, "request": Request}
    if found.kind not in kinds:
        return None
    fields = convert.described_of(kinds[found.kind])
    return next((field for field in fields if field.key == found.field), None)
