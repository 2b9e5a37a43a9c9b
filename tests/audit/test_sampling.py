"""All of Level 3, a share of Level 2 by chair: seeded, so that it can be drawn again."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from panelkit.audit.sampling import MayBeDrawn, draw
from panelkit.domain.vocabulary import Level

CHAIRS = ["Ruth Calloway"] * 40 + ["Amir Voss"] * 11 + ["Jo Fenn"] * 2 + [""] * 3


def meetings() -> list[MayBeDrawn]:
    two = [
        MayBeDrawn(
            meeting_id=f"m{n}", ref=f"HM-{n:04}-1", level=Level.TWO,
            held_on=date(2026, 7, 1) + timedelta(days=n), chair=chair,
        )
        for n, chair in enumerate(CHAIRS)
    ]  # fmt: skip
    three = [
        MayBeDrawn(
            meeting_id=f"t{n}", ref=f"HM-9{n:03}-1", level=Level.THREE, held_on=date(2026, 8, 1 + n), chair="Jo Fenn"
        )
        for n in range(5)
    ]  # fmt: skip
    return two + three


def test_all_of_level_three_and_at_least_one_of_each_chair() -> None:
    drawn = draw(meetings(), "2026-Q3", 10)
    by_chair = Counter(d.meeting.chair for d in drawn if d.meeting.level is Level.TWO)
    assert by_chair == {"Ruth Calloway": 4, "Amir Voss": 2, "Jo Fenn": 1, "": 1}
    assert sum(d.meeting.level is Level.THREE for d in drawn) == 5
    assert [d.meeting.held_on for d in drawn] == sorted(d.meeting.held_on for d in drawn)
    assert all(d.why for d in drawn)


def test_the_same_seed_draws_the_same_in_any_order() -> None:
    first = draw(meetings(), "2026-Q3", 10)
    assert draw(list(reversed(meetings())), "2026-Q3", 10) == first
    others = {tuple(d.meeting.ref for d in draw(meetings(), f"seed {n}", 10)) for n in range(20)}
    assert len(others) > 15


def test_what_was_drawn_on_this_machine_is_drawn_on_every_other() -> None:
    refs = [d.meeting.ref for d in draw(meetings(), "2026-Q3", 10) if d.meeting.level is Level.TWO]
    assert refs == [
        "HM-0004-1",
        "HM-0017-1",
        "HM-0026-1",
        "HM-0028-1",
        "HM-0043-1",
        "HM-0045-1",
        "HM-0051-1",
        "HM-0053-1",
    ]


def test_a_meeting_added_under_another_chair_changes_nothing_of_the_rest() -> None:
    more = MayBeDrawn(
        meeting_id="x",
        ref="HM-7777-1",
        level=Level.TWO,
        held_on=date(2026, 9, 1),
        chair="New Chair",
    )
    before = set(draw(meetings(), "s", 10))
    assert set(draw([*meetings(), more], "s", 10)) - before == set(draw([more], "s", 10))


def test_over_many_seeds_every_meeting_is_drawn_about_as_often() -> None:
    times = Counter(
        d.meeting.ref for n in range(400) for d in draw(meetings(), str(n), 10) if d.meeting.chair == "Ruth Calloway"
    )  # fmt: skip
    assert len(times) == 40
    assert 15 < min(times.values()) <= max(times.values()) < 75


@pytest.mark.parametrize(("percent", "many"), [(0, 4), (100, 56)])
def test_the_ends(percent: int, many: int) -> None:
    drawn = [d for d in draw(meetings(), "s", percent) if d.meeting.level is Level.TWO]
    assert len(drawn) == many


def test_no_share_outside_nought_to_a_hundred() -> None:
    with pytest.raises(ValueError, match="share"):
        draw(meetings(), "s", 101)
    assert draw([], "s", 10) == ()
