"""The data of the invented area is whole: every code has its words, every share is of something."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import Any

import pytest

from panelkit.domain.put_off import PutOffReason
from panelkit.domain.referrals import REASONS, Screened
from panelkit.domain.vocabulary import (
    ActionStatus,
    AgencyType,
    Category,
    DisclosureDecision,
    EmergencyCause,
    LevelDecision,
    MaracLink,
    MediaRisk,
    MeetingKind,
    Mode,
    Pillar,
    RiskOfSeriousHarm,
    Term,
    VloStatus,
)
from panelkit.fiction.world import harrowmere

KNOWN = {"he", "him", "his", "He", "lead", "lead_agency", "level", "day", "other"}
"""What a sentence may be filled in with."""


def sentences(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    else:
        for one in found.values() if isinstance(found, dict) else found:
            yield from sentences(one)


CATEGORIES = [each for each in Category if each is not Category.UNCONFIRMED]
"""Categories that an invented case has."""


@pytest.mark.parametrize(
    ("section", "keys"),
    [
        ("emergency", [*EmergencyCause, "interim"]),
        ("offence", CATEGORIES),
        ("tool", [*CATEGORIES, "result"]),
        ("purpose", list(MeetingKind)),
        ("measure", list(Pillar)),
        ("decision", [*LevelDecision, *(f"because_{one}" for one in LevelDecision)]),
        ("disclosure", [f"rationale_{one}" for one in DisclosureDecision]),
        ("contribution", [one.agency for one in harrowmere().organisations]),
    ],
)
def test_every_code_has_its_words(section: str, keys: list[str]) -> None:
    for key in keys:
        assert harrowmere().stock(section, str(key)), key


def test_sentences_are_filled_in_with_what_there_is() -> None:
    found = list(sentences(harrowmere().words))
    assert len(found) > 150
    for sentence in found:
        names = {name for _text, name, _spec, _how in string.Formatter().parse(sentence) if name}
        assert names <= KNOWN, sentence
        assert not re.search(r"[{}]", sentence.format_map(dict.fromkeys(KNOWN, "x"))), sentence


@pytest.mark.parametrize(
    ("lot", "of"),
    [
        ("category", Category), ("referred_by", AgencyType), ("cause_else", EmergencyCause),
        ("postponed_because", PutOffReason), ("cancelled_because", PutOffReason),
        ("mode_l2", Mode), ("mode_l3", Mode), ("disclosure", DisclosureDecision),
        ("rosh", RiskOfSeriousHarm), ("media", MediaRisk), ("vlo_status", VloStatus),
        ("marac", MaracLink),
    ],
)  # fmt: skip
def test_what_is_drawn_by_lot_is_a_code(lot: str, of: type[Term]) -> None:
    assert set(harrowmere().lots[lot].values) <= {str(member) for member in of}


def test_referrals_are_screened_for_reasons_that_their_decision_may_have() -> None:
    lots = harrowmere().lots
    for lot, decision in (
        ("rejected_because", Screened.REJECTED),
        ("more_because", Screened.MORE_INFORMATION),
    ):
        assert set(lots[lot].values) <= {str(reason) for reason in REASONS[decision]}
    assert set(lots["old_action"].values) <= {*(str(one) for one in ActionStatus), "late"}


def test_nobody_works_in_two_places_and_nobody_is_named_twice() -> None:
    world = harrowmere()
    everybody = [who.name for one in world.organisations for who in one.staff]
    everybody += [who.name for who in (*world.chairs, *world.minute_takers, *world.auditors)]
    everybody += [who.name for who in (*world.coordinators, *world.lay_advisers)]
    assert len(everybody) == len(set(everybody))
    assert world.of_agency[AgencyType.LHA].name == "Harrowmere City Council Housing"
