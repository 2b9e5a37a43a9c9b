"""Who lives in the invented area and what is said there, read from the data files beside this."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from panelkit.domain.vocabulary import AgencyType

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who works for an organisation."""

    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation, with how often it is asked and how often it comes."""

    name: str
    agency: AgencyType
    required: float
    """Of 100 cases."""
    required_l3: float
    """Of 100 cases at Level 3."""
    came: float
    """Of 100 meetings at which it is required."""
    reports: float
    """Of 100 meetings that it misses."""
    when: str
    """``custody`` or ``child``: always required of such a case; blank for no such thing."""
    staff: tuple[Worker, ...]


@dataclass(frozen=True, slots=True)
class Lot:
    """What is drawn by lot, with its share of the whole."""

    values: tuple[str, ...]
    upto: tuple[float, ...]

    @classmethod
    def of(cls, shares: Mapping[str, float]) -> Lot:
        """From shares of any whole."""
        return cls(tuple(shares), tuple(accumulate(shares.values())))

    def draw(self, chance: Random) -> str:
        """One of them."""
        return chance.choices(self.values, cum_weights=self.upto)[0]


class World:
    """The area. The same for every seed: only what happens in it differs."""

    def __init__(self, said: Mapping[str, Any], words: Mapping[str, Any]) -> None:
        """``said`` and ``words`` as the data files have them."""
        self.said = said
        self.words = words
        self._names = _names(said["people"])
        self.organisations = tuple(self._organisation(one) for one in said["organisations"])
        self.of_agency = {one.agency: one for one in reversed(self.organisations)}
        unit = said["unit"]
        self.unit = str(unit["name"])
        self.chairs = tuple(self._staff(unit["chairs"], unit["chairs_roles"]))
        self.minute_takers = tuple(self._staff(unit["minute_takers"], ["MAPPA administrator"]))
        self.coordinators = tuple(self._staff(unit["coordinators"], ["MAPPA co-ordinator"]))
        self.lay_advisers = tuple(self._staff(unit["lay_advisers"], ["Lay adviser"]))
        self.auditors = tuple(self._staff(3, ["Auditor"]))
        self.lots = {key: Lot.of(shares) for key, shares in said["shares"].items()}

    def _staff(self, number: int, roles: Sequence[str]) -> list[Worker]:
        return [Worker(next(self._names), roles[place % len(roles)]) for place in range(number)]

    def _organisation(self, one: Mapping[str, Any]) -> Organisation:
        return Organisation(
            name=one["name"], agency=AgencyType[one["agency"]], required=one["required"],
            required_l3=one["required_l3"], came=one["came"], reports=one["reports"],
            when=one.get("when", ""), staff=tuple(self._staff(one["staff"], one["roles"])),
        )  # fmt: skip

    def draw(self, lot: str, chance: Random) -> str:
        """A value by its share: ``draw("category", chance)``."""
        return self.lots[lot].draw(chance)

    def stock(self, section: str, key: str) -> list[str]:
        """Sentences that there are for something; KeyError where there are none."""
        found: Any = self.words
        for part in (*section.split("."), key):
            found = found[part]
        return list(found)

    @cached_property
    def people(self) -> Mapping[str, Sequence[str]]:
        """Forenames by gender, surnames, streets, towns."""
        return {key: tuple(names) for key, names in self.said["people"].items()}


def _names(people: Mapping[str, Sequence[str]]) -> Any:
    """Names of people who work here, each once, always in the same order."""
    chance = Random("panelkit: who works in Harrowmere")  # noqa: S311  # no secret: always the same
    surnames = list(people["surnames"])
    forenames = [*people["male"], *people["female"]]
    while True:
        chance.shuffle(surnames)
        for surname in surnames:
            yield f"{chance.choice(forenames)} {surname}"


@cache
def harrowmere() -> World:
    """The area that ships."""
    here = Path(__file__).parent
    said, words = (
        tomllib.loads((here / name).read_text(encoding="utf-8"))
        for name in ("world.toml", "words.toml")
    )
    return World(said, words)
