"""Who was there: from tables, from lists, from one line that names everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from panelkit.documents.foreign.parts import Outline, Row, Rows, Section, Words
from panelkit.documents.foreign.people import (
    agency_of,
    agency_words,
    is_agency,
    is_person,
    name_in,
    who_is,
)
from panelkit.domain.foreign import ForeignPerson, Sure, Where
from panelkit.domain.vocabulary import AttendanceStatus, MeetingRole

_STATUSES: Final = {
    "present": AttendanceStatus.ATTENDED,
    "apologies": AttendanceStatus.APOLOGIES_NO_REPORT,
    "reports": AttendanceStatus.REPORT_ONLY,
    "no_response": AttendanceStatus.NO_RESPONSE,
}
_SAID: Final = (
    (re.compile(r"report (?:only|received|sent|provided|submitted)|written report|^report$", re.IGNORECASE), AttendanceStatus.REPORT_ONLY),
    (re.compile(r"apolog|^\W*n(?:o)?\W*$|absent|not present|unable|did not attend|☐", re.IGNORECASE), AttendanceStatus.APOLOGIES_NO_REPORT),
    (re.compile(r"no response|no reply", re.IGNORECASE), AttendanceStatus.NO_RESPONSE),
    (re.compile(r"deput", re.IGNORECASE), AttendanceStatus.DEPUTY),
    (re.compile(r"in part|part[- ]?time|left (?:at|early)|joined (?:at|late)", re.IGNORECASE), AttendanceStatus.PART),
    (re.compile(r"present|attend|^\W*y(?:es)?\W*$|[✓✔☒☑]|in person|teams|remote|virtual|telephone|dial", re.IGNORECASE), AttendanceStatus.ATTENDED),
)  # fmt: skip
_ROLES: Final = (
    (re.compile(r"\bchair(?:person|man|woman|ing)?\b(?! of)", re.IGNORECASE), MeetingRole.CHAIR),
    (re.compile(r"\b(?:minute|note)[- ]?(?:s )?tak(?:er|ing)\b|\bminutes\b", re.IGNORECASE), MeetingRole.MINUTE_TAKER),
    (re.compile(r"\bco-?ordinator\b", re.IGNORECASE), MeetingRole.COORDINATOR),
    (re.compile(r"\bvictim liaison\b|\bVLO\b"), MeetingRole.VICTIM_LIAISON),
)  # fmt: skip


def attendance_of(outline: Outline) -> tuple[ForeignPerson, ...]:
    """Everybody who is listed, once each."""
    found: list[ForeignPerson] = []
    for section in outline.sections:
        for rows in section.lists:
            if rows.kind == "attendance":
                found += _table(rows, section)
        if section.topic.lists in _STATUSES:
            for words in section.words:
                found += _line(words, section)
    found.sort(key=lambda person: (person.where.paragraph, person.where.row))
    return tuple(_once(found))


def _once(found: list[ForeignPerson]) -> list[ForeignPerson]:
    seen = set()
    kept = []
    for person in found:
        key = (person.name.casefold(), person.organisation.casefold() if not person.name else "")
        if key not in seen:
            seen.add(key)
            kept.append(person)
    return kept


def _status(words: str, section: Section) -> AttendanceStatus | None:
    said = next((status for pattern, status in _SAID if words and pattern.search(words)), None)
    return said or (None if words else _STATUSES.get(section.topic.lists))


def _table(rows: Rows, section: Section) -> Iterator[ForeignPerson]:
    for row in rows.rows:
        if rows.names:
            made = _known_row(row, section)
        else:
            made = _person(", ".join(row.values.values()), section, row.where, Sure.GUESS)
        if made is not None:
            yield made


def _known_row(row: Row, section: Section) -> ForeignPerson | None:
    values = {name: " ".join(text.split()) for name, text in row.values.items()}
    name, organisation = values.get("name", ""), values.get("organisation", "")
    if not name and not organisation:
        return None
    role = values.get("role", "")
    if name and not organisation and "organisation" not in values:
        who = who_is(f"{name}; {role}")
        organisation = who.organisation if who.name else ""
    inside = re.fullmatch(r"(.+?)\s*[(,–-]\s*([^()]*?)\)?", name)
    if inside and is_person(inside[1]):
        name, role = inside[1], role or inside[2]
    said = values.get("status", "")
    status = _status(said, section)
    missing = [] if status else ["status"]
    agency = agency_of(organisation) or agency_of(role)
    return ForeignPerson(
        name=name, role=role, organisation=organisation, agency=agency,
        meeting_role=_meeting_role(f"{values.get('name', '')} {role}"), status=status,
        raw=row.raw, where=row.where, sure=Sure.SURE,
        doubts=tuple(missing + ([] if agency else ["agency"]) + ([] if organisation else ["organisation"])),
    )  # fmt: skip


def _meeting_role(words: str) -> MeetingRole | None:
    return next((role for pattern, role in _ROLES if pattern.search(words)), None)


def _line(words: Words, section: Section) -> Iterator[ForeignPerson]:
    text = words.text.strip()
    if len(text) > 1200:
        return
    for part in _people(text):
        made = _person(part, section, words.where, Sure.LIKELY)
        if made is not None:
            yield made


def _people(text: str) -> list[str]:
    """A line as one part for each person in it."""
    lead = re.match(r"^([^:]{2,60}):\s*(.+)$", text)
    if lead and is_agency(lead[1]):
        return [
            f"{part.strip()}, {lead[1]}" for part in re.split(r",|;| and ", lead[2]) if part.strip()
        ]
    if ";" in text:
        return [part.strip() for part in text.split(";") if part.strip()]
    if text.count("(") > 1:
        return [part.strip(" ,") for part in re.findall(r"[^()]+\([^()]*\)", text)]
    return [text]


def _person(text: str, section: Section, where: Where, sure: Sure) -> ForeignPerson | None:
    """One person from words such as ``DC Anita Rowe – Offender manager – Northmoor Police``."""
    parts = [
        p.strip(" .:") for p in re.split(r"[()\[\];,\t|]|\s[-–—]\s", text[:300]) if p.strip(" .:")
    ]
    if not parts or len(text.split()) > 30:
        return None
    name = next((part for part in parts if is_person(part)), "") or name_in(parts[0])
    rest = [part for part in parts if part != name]
    organisation = next((p for p in reversed(rest) if agency_of(p) and not _only_role(p)), "")
    if not name and not (organisation and is_agency(organisation)):
        return None
    said = next(
        (p for p in rest if p != organisation and any(x.search(p) for x, _s in _SAID[:5])), ""
    )
    role = next((p for p in rest if p not in (organisation, said) and not _is_chair(p)), "")
    unsure = not organisation
    if organisation and not role and _ROLE_WORD.search(organisation):
        role, organisation, unsure = organisation, agency_words(organisation), True
    status = _status(said, section)
    made = ForeignPerson(
        name=name, role=role, organisation=organisation, agency=agency_of(organisation) if organisation else None,
        meeting_role=_meeting_role(" ".join(rest)), status=status, raw=text, where=where, sure=sure,
        doubts=tuple(each for each, missing in (("status", status is None), ("organisation", unsure), ("agency", not organisation)) if missing),
    )  # fmt: skip
    return made if name else replace(made, sure=Sure.GUESS)


_ROLE_WORD: Final = re.compile(
    r"\b(?:practitioner|officer|manager|worker|nurse|leader|lead|coach|inspector|sergeant|constable|psychologist|psychiatrist)$",
    re.IGNORECASE,
)


def _is_chair(text: str) -> bool:
    return text.casefold() in ("chair", "minute taker", "minutes", "note taker")


def _only_role(text: str) -> bool:
    return bool(re.fullmatch(r"(?i)(?:minute|note)[- ]?taker|(?:mappa )?co-?ordinator|chair", text))
