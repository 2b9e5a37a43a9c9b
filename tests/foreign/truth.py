"""Invented meetings with known truth, the same for a seed: what a good reader would find."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from panelkit.domain.vocabulary import AgencyType as Agency

PEOPLE = (
    ("DI Ruth Calloway", "Detective Inspector", "Northmoor Police", Agency.POL),
    ("DC Anita Rowe", "Offender manager", "Northmoor Police", Agency.POL),
    ("Marcus Hale", "Senior Probation Officer", "Probation Service", Agency.PRB),
    ("Ffion Price", "Probation practitioner", "Probation Service", Agency.PRB),
    ("Jay Patel", "Housing options manager", "Northmoor Housing Options", Agency.LHA),
    ("Siobhan Rafferty", "Team manager", "Children's Services", Agency.CSC),
    ("Dr Samuel Mbeki", "Consultant psychiatrist", "Northmoor Mental Health Trust", Agency.NHST),
    ("Tom Ashdown", "Offender management unit", "HMP Fellgate", Agency.PRI),
    ("Gwen O'Leary", "Victim liaison officer", "Victim Liaison Unit", Agency.VLO),
    ("PC Imran Sarwar", "Neighbourhood officer", "Northmoor Police", Agency.POL),
    ("Lena Kowalczyk", "Work coach", "Jobcentre Plus", Agency.DWP),
    ("Beth Stanhope", "Adult safeguarding lead", "Adult Social Care", Agency.ASC),
)
APOLOGIES = (
    ("Carl Denby", "Team leader", "Substance Misuse Service", Agency.SUB),
    ("Priya Nair", "Safeguarding nurse", "Northmoor Integrated Care Board", Agency.ICB),
)
DEEDS = (
    "visit the home address unannounced twice and report contact with children to the co-ordinator",
    "submit an intelligence report about the vehicle seen outside the school",
    "complete an updated risk assessment and share it with the panel",
    "refer the family to early help",
    "confirm in writing whether the proposed release address is suitable",
    "arrange a joint visit to the approved premises",
    "write to the GP about medication reviews",
    "ask the court for the sentencing remarks",
    "check the tenancy agreement for restrictions on visitors",
    "install a panic alarm at the address of V1",
    "speak to the employer about shift patterns",
    "request an exclusion zone covering the town centre",
    "provide the chronology of missed appointments",
    "obtain the discharge summary from the ward",
    "update ViSOR with the new telephone number",
    "serve the Sexual Harm Prevention Order papers",
    "meet the new partner and assess what she knows",
    "book a place on the Horizon programme",
)
VAGUE = ("by next meeting", "ASAP", "ongoing", "in due course", "TBC")
PROSE = {
    "A2": "The confidentiality statement was read and all present agreed to it.",
    "A6": "He was convicted of two offences against a former partner. He has since moved to a flat in Thornwick and is working part time.",
    "A7": "Attended each appointment since release. No new intelligence was held.",
    "A8": "He has a diagnosis of dyslexia. Letters are read to him and appointments are confirmed by text.",
    "A9": "V1 has opted in to the contact scheme and asks for an exclusion zone. Her school knows whom to call.",
    "A10": "The risk is of sexual assault on a woman he knows. It is greatest when he drinks and when a relationship ends.",
    "A11": "Weekly supervision continues with unannounced visits. He lives in approved accommodation with a curfew.",
    "A12": "Each restriction was considered against Article 8 and found necessary and proportionate.",
    "A13": "Disclosure was considered. No disclosure is to be made now because he has no contact with children.",
    "A14": "There has been no interest from the media.",
    "A15": "All agencies agreed that he remains at Level 2 because several services are still needed.",
    "A18": "The panel meets again as below.",
}
HEADINGS = {
    "A2": ("Confidentiality", "Confidentiality statement", "Confidentiality and diversity statement"),
    "A6": ("Case summary", "Reason for referral", "Background", "Update since last meeting", "Index offence"),
    "A8": ("Diversity", "Diversity issues", "Equality and diversity", "Diversity considerations"),
    "A9": ("Victim issues", "Victims", "Victim concerns", "Victims and potential victims"),
    "A10": ("Risk assessment", "Risk of serious harm", "Current risk assessment", "RoSH summary"),
    "A11": ("Risk management plan", "RMP", "Risk Management Plan (RMP)", "Management plan"),
    "A12": ("Human rights", "Human rights considerations", "Restrictive measures and human rights"),
    "A13": ("Disclosure", "Disclosure decision", "Consideration of disclosure", "Disclosure to third parties"),
    "A14": ("Media", "Media handling", "Press and media", "Media issues"),
    "A15": ("Level decision", "Decision on level", "MAPPA level decision", "Level of management decision"),
}  # fmt: skip
AGENCY_HEADING = (
    "Information from agencies",
    "Agency updates",
    "Information shared",
    "Information exchange",
)
ACTIONS_HEADING = ("Actions", "Action plan", "Agreed actions", "Summary of actions", "New actions")
NEXT_HEADING = ("Date of next meeting", "Next meeting", "Next review")


@dataclass(frozen=True)
class Person:
    name: str
    role: str
    organisation: str
    agency: Agency
    present: bool = True


@dataclass(frozen=True)
class Action:
    text: str
    owner: str
    organisation: str
    due: date | None
    due_words: str


@dataclass(frozen=True)
class Part:
    heading: str
    item: str
    text: str


@dataclass(frozen=True)
class Truth:
    held_on: date
    held_words: str
    next_on: date
    next_words: str
    level: str
    category: str
    kind: str
    ref: str
    people: tuple[Person, ...]
    actions: tuple[Action, ...]
    parts: tuple[Part, ...]
    agency_parts: tuple[Part, ...]
    agency_heading: str
    actions_heading: str
    next_heading: str

    @property
    def chair(self) -> str:
        return self.people[0].name

    @property
    def present(self) -> list[Person]:
        return [p for p in self.people if p.present]

    @property
    def absent(self) -> list[Person]:
        return [p for p in self.people if not p.present]

    def sections(self) -> list[tuple[str, str]]:
        """Headings with their items, as every layout prints them."""
        made = [(part.heading, part.item) for part in (*self.parts, *self.agency_parts)]
        return [*made, (self.actions_heading, "A16"), (self.next_heading, "A18")]


def ordinal(day: int) -> str:
    ending = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def said(day: date, source: random.Random, *, year: bool | None = None) -> str:
    """A date as people write it."""
    full = source.random() < 0.5 if year is None else year
    if full:
        return source.choice(
            (
                f"{day.day}/{day.month}/{day:%y}", f"{day:%d/%m/%Y}", f"{day:%d.%m.%y}", f"{day:%d-%m-%Y}",
                f"{ordinal(day.day)} {day:%B} {day.year}", f"{day.day} {day:%b} {day.year}",
                f"{day:%A} {ordinal(day.day)} {day:%B} {day.year}", f"{day:%B} {ordinal(day.day)}, {day.year}", f"{day:%d %b} '{day:%y}",
            )
        )  # fmt: skip
    return source.choice(
        (
            f"{day.day}/{day.month}", f"{ordinal(day.day)} {day:%B}", f"{day.day} {day:%B}",
            f"{day:%a} {day.day} {day:%b}", f"{ordinal(day.day)} of {day:%B}", f"{day:%A} {ordinal(day.day)} {day:%b}",
        )
    )  # fmt: skip


def truth(seed: int) -> Truth:
    """An invented meeting."""
    source = random.Random(seed)
    held_on = date(2025, 9, 1) + timedelta(days=source.randrange(500))
    next_on = held_on + timedelta(days=7 * source.randrange(4, 14))
    first, *others = PEOPLE
    there = [first, *source.sample(others, source.randrange(5, 9))]
    people = [Person(*each) for each in there]
    people += [Person(*each, present=False) for each in APOLOGIES]
    parts = [
        Part(source.choice(HEADINGS[item]), item, PROSE[item])
        for item in ("A2", "A6", "A8", "A9", "A10", "A11", "A12", "A13", "A14", "A15")
    ]
    bodies = list(dict.fromkeys(p.organisation for p in people if p.present))[:4]
    deeds = source.sample(DEEDS, source.randrange(5, 9))
    return Truth(
        held_on=held_on, held_words=said(held_on, source, year=True),
        next_on=next_on, next_words=said(next_on, source, year=True),
        level=source.choice("23"), category=source.choice("123"), kind=source.choice(("initial", "review", "emergency")),
        ref=f"NM/{source.randrange(100, 999)}", people=tuple(people),
        actions=tuple(_action(deed, people, held_on, source) for deed in deeds),
        parts=tuple(parts), agency_parts=tuple(Part(body, "A7", PROSE["A7"]) for body in bodies),
        agency_heading=source.choice(AGENCY_HEADING), actions_heading=source.choice(ACTIONS_HEADING),
        next_heading=source.choice(NEXT_HEADING),
    )  # fmt: skip


def _action(deed: str, people: list[Person], held_on: date, source: random.Random) -> Action:
    owner = source.choice([p for p in people if p.present])
    if source.random() < 0.15:
        return Action(deed, owner.name, owner.organisation, None, source.choice(VAGUE))
    due = held_on + timedelta(days=source.randrange(2, 60))
    return Action(deed, owner.name, owner.organisation, due, said(due, source))
