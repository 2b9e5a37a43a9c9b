"""Names, ranks, agencies: who is meant by a few words in minutes."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from panelkit.domain.vocabulary import AgencyType

AGENCIES: Final[tuple[tuple[re.Pattern[str], AgencyType], ...]] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), agency)
    for words, agency in (
        ("lay advis[eo]rs?|lay member", AgencyType.LAY),
        ("observers?|observing", AgencyType.OBS),
        ("mappa (?:unit|co-?ordinators?|admin(?:istrators?)?|team|office)|co-?ordination unit|minute[- ]takers?|note[- ]takers?", AgencyType.ADM),
        ("victim (?:liaison|contact)(?: officers?| unit| service| team)?|vlo|vlu|vcs", AgencyType.VLO),
        ("approved premises", AgencyType.AP),
        ("electronic monitoring|ems|tagging", AgencyType.EM),
        ("youth (?:justice|offending)(?: service| team)?|yot|yjs|yos", AgencyType.YJS),
        ("child(?:ren)?['’]?s?['’]? (?:and families |social |safeguarding )?(?:services?|care|social care|social work)|csc|children['’]s", AgencyType.CSC),
        ("adult(?:s['’]?|['’]s)? (?:social )?(?:care|services?|safeguarding)|asc", AgencyType.ASC),
        ("idva|isva|domestic (?:abuse|violence) advis[eo]rs?|women['’]s aid", AgencyType.IDVA),
        ("(?:drug|substance|alcohol)[\\w -]{0,20}(?:service|team|misuse)s?", AgencyType.SUB),
        ("housing associations?|registered (?:housing )?providers?", AgencyType.RSL),
        ("housing(?: options| services?| department| team)?|homelessness", AgencyType.LHA),
        ("home office|immigration(?: enforcement)?|ukvi|border force", AgencyType.HO),
        ("dwp|job ?centre(?: plus)?|work and pensions", AgencyType.DWP),
        ("ministry of defence|mod", AgencyType.MOD),
        ("integrated care board|icb|ccg", AgencyType.ICB),
        ("nhs england", AgencyType.NHSE),
        ("mental health(?: trust| services?| team)?|nhs(?: foundation)?(?: trust)?|cmht|forensic (?:services?|team)|health(?:care)?|foundation trust|hospital", AgencyType.NHST),
        ("education|schools?", AgencyType.EDU),
        ("probation(?: service)?|nps|pdu|hmpps", AgencyType.PRB),
        ("hm prisons?(?: service)?|hmp|yoi|prisons?(?: service)?|offender management unit|omu", AgencyType.PRI),
        ("police(?: service| force)?|constabulary|mosovo|public protection unit|ppu|ppd|jigsaw", AgencyType.POL),
    )
)  # fmt: skip
"""Words that name an agency; the first that is found counts, so the narrow stand first."""

_RANK: Final = (
    r"(?:T/|A/)?(?:PC|DC|PS|DS|DI|DCI|DSU|DCS|SGT|Sgt|Sergeant|Insp|Inspector|CI|Supt|Superintendent|Det|Detective"
    r"|Constable|Chief|Mr|Mrs|Ms|Miss|Mx|Dr|Prof|SPO|PO|PSO|PP|OM|SW|VLO|Cllr|Rev|Ch|Sister|Nurse|WPC|PCSO)\b\.?"
)
_GIVEN: Final = r"(?:[A-Z][a-zà-ÿ]+(?:['’-][A-Z]?[a-zà-ÿ]+)*|[A-Z]['’][A-Z][a-zà-ÿ]+(?:-[A-Z][a-zà-ÿ]+)?|Mc[A-Z][a-z]+|Mac[A-Z][a-z]+|[A-Z]\.?(?=[\s.]))"
PERSON: Final = re.compile(
    rf"(?<![\w.'’-])(?:{_RANK}\s+)+{_GIVEN}(?:\s+{_GIVEN}){{0,2}}|(?<![\w.'’-]){_GIVEN}(?:\s+(?:de|van|von|al|el|bin))?(?:\s+{_GIVEN}){{1,2}}"
)
_RANKED: Final = re.compile(rf"(?:{_RANK}\s+)+")
_NOT_NAMES: Final = frozenset(
    "action actions all agencies agency panel chair level category risk management plan police probation housing "
    "service services council team unit board hospital trust prison court officer manager senior social worker "
    "lead head deputy the to by before date monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december children adult youth victim "
    "liaison mental health home office public protection lay adviser minutes meeting minute taker approved premises "
    "city county borough district north south east west general national high low medium very serious harm".split()
)


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a few words name."""

    name: str = ""
    organisation: str = ""
    agency: AgencyType | None = None
    other: str = ""
    """Words that are neither: a role, an abbreviation."""


def agency_of(text: str) -> AgencyType | None:
    """The kind of agency that words name; None where they name none."""
    part = text[:300]
    return next((agency for words, agency in AGENCIES if words.search(part)), None)


def agency_words(text: str) -> str:
    """The words that name the agency in ``Probation practitioner``: ``Probation``."""
    found = (words.search(text[:300]) for words, _agency in AGENCIES)
    return next((match[0] for match in found if match), "")


def is_agency(text: str) -> bool:
    """Whether a short text is the name of an organisation and nothing else."""
    words = text.split()
    if not 0 < len(words) <= 8 or agency_of(text) is None:
        return False
    return all(word[:1].isupper() or word.casefold() in _JOINING for word in words) or (
        len(words) <= 3 and any(found.fullmatch(text.strip()) for found, _agency in AGENCIES)
    )


_JOINING: Final = frozenset("and of the for & -".split())


def name_in(text: str) -> str:
    """The first person named in ``text``; blank where nobody is."""
    for found in PERSON.finditer(text[:400]):
        words = _RANKED.sub("", found[0]).casefold().split()
        if words and not any(word.strip(".") in _NOT_NAMES for word in words):
            return found[0].strip()
    return ""


def is_person(text: str, known: Collection[str] = ()) -> bool:
    """Whether the whole of a short text names one person, by a name that is ``known`` or not."""
    plain = text.strip(" .,:;")
    if is_agency(plain) and full_name(plain, known) is None:
        return False
    return bool(plain) and (name_in(plain) == plain or full_name(plain, known) is not None)


def bare(name: str) -> str:
    """A name without its rank or title."""
    return _RANKED.sub("", name.strip()).strip()


def full_name(text: str, known: Collection[str]) -> str | None:
    """The one of ``known`` that a surname, initials or a shorter form means; None unless one."""
    said = bare(text.strip(" .,:;()")).casefold()
    if not said:
        return None
    fits = {name for name in known if said in _short_forms(name)}
    return fits.pop() if len(fits) == 1 else None


def _short_forms(name: str) -> set[str]:
    words = bare(name).casefold().split()
    if not words:
        return set()
    initials = "".join(word[0] for word in words)
    forms = {
        " ".join(words),
        words[-1],
        f"{words[0][0]} {words[-1]}",
        f"{words[0][0]}. {words[-1]}",
    }
    if "-" in words[0]:
        forms.add(f"{'-'.join(part[:1] for part in words[0].split('-'))} {words[-1]}")
    return forms | ({initials, ".".join(initials)} if len(initials) > 1 else set())


def who_is(text: str, known: Collection[str] = (), bodies: Collection[str] = ()) -> Who:
    """Person and organisation in words such as ``DC Rowe (Police)`` or ``Housing – J Patel``.

    ``known`` and ``bodies`` are the people and the organisations of the attendance list.
    """
    for body in sorted(bodies, key=len, reverse=True):
        at = text.casefold().find(body.casefold())
        if at >= 0 and len(body.split()) > 1:
            who = who_is(f"{text[:at]};{text[at + len(body) :]}", known)
            return Who(who.name, body, agency_of(body), who.other)
    name = organisation = ""
    agency: AgencyType | None = None
    other = []
    for part in _parts(text):
        kind = None if full_name(part, known) else agency_of(part)
        if not name and is_person(part, known):
            name = full_name(part, known) or part
        elif kind is not None and not organisation:
            organisation, agency = part, kind
            inside = name_in(part)
            if not name and inside and (rest := part.replace(inside, "").strip(" ,-")):
                name, organisation = inside, rest
        elif kind is not None and is_agency(part):
            organisation = f"{organisation} and {part}"
        elif name and is_person(part, known):
            name = f"{name} and {full_name(part, known) or part}"
        else:
            other.append(part)
    return Who(name, organisation, agency, ", ".join(other))


def _parts(text: str) -> list[str]:
    parts = re.split(r"[()\[\];,\n\t/|]| [-–—] | and (?=[A-Z])", text[:300])
    return [part.strip(" .:-–—") for part in parts if part.strip(" .:-–—")]
