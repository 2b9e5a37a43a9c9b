"""Referrals of an invented area, numbered as they came, with how each was screened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from panelkit.domain.meeting import By
from panelkit.domain.referrals import Referral, Screened, ScreenedBecause, Screening
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.fiction.course import Course
from panelkit.fiction.histories import new_id
from panelkit.fiction.world import World


class Referrals:
    """Makes them one after another; what would be decided after the last day is not decided yet."""

    def __init__(self, world: World, until: date, by: By) -> None:
        """``by`` is who typed them."""
        self.world = world
        self.until = until
        self.by = by
        self.number = 0

    def of(self, course: Course, case_id: str, chance: Random) -> Referral:
        """One that was accepted, perhaps after more was asked for."""
        steps: list[tuple[Screened, str, date, Level | None]] = []
        if course.more_asked_on is not None:
            why = self.world.draw("more_because", chance)
            steps.append((Screened.MORE_INFORMATION, why, course.more_asked_on, None))
        why = "senior" if course.level_given is Level.THREE else "adds_value"
        as_asked = course.level_given is course.level_asked
        decision = Screened.ACCEPTED if as_asked else Screened.ANOTHER_LEVEL
        steps.append((decision, why, course.accepted, course.level_given))
        return self._referred(course.received, course.level_asked, case_id, steps, chance)

    def rejected(self, received: date, chance: Random) -> Referral:
        """One that led to no case."""
        asked = Level.THREE if chance.random() < 0.04 else Level.TWO
        why = self.world.draw("rejected_because", chance)
        day = received + timedelta(days=chance.randint(0, 11))
        return self._referred(received, asked, "", [(Screened.REJECTED, why, day, None)], chance)

    def _referred(
        self, received: date, asked: Level, case_id: str,
        steps: Sequence[tuple[Screened, str, date, Level | None]], chance: Random,
    ) -> Referral:  # fmt: skip
        self.number += 1
        agency = AgencyType[self.world.draw("referred_by", chance)]
        typed: dict[str, Any] = {"typed_by": self.by.name, "typed_at": self.by.at}
        made = new_id(chance)
        return Referral(
            id=made, number=self.number, received_on=received,
            organisation=self.world.of_agency[agency].name, agency=agency, level_asked=asked,
            case_id=case_id, **typed,
            screening=tuple(
                Screening(
                    id=new_id(chance), referral_id=made, decision=decision,
                    because=ScreenedBecause(why), decided_on=day, level_given=level, **typed,
                )
                for decision, why, day, level in steps if day <= self.until
            ),
        )  # fmt: skip
