"""Two desks put together: nothing is lost, nothing is guessed, numbers never collide."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from panelkit.domain.merging import (
    CONFIRMED,
    LATE,
    NEVER,
    QUIET,
    TO_CONFIRM,
    WHOLE,
    Place,
    Things,
    Value,
    Values,
    merge,
)

TEXTS = st.sampled_from(["", "no", "yes", "to Leeds", "[/x] & <y>", "stays\nhere"])
KINDS = ("actions", "notes", "decisions", "victims")
FIELDS = ("text", "who", "withdrawn")


def entry(kind: str, number: int, values: Mapping[str, str], who: str = "base") -> Values:
    return {
        "id": f"{kind}-{who}-{number}", "meeting_id": "m", "number": number, "revision": 1,
        "typed_by": who, "typed_at": "2026-11-23T10:00:00+00:00", "read_back": "",
        "confirmed_by": "", "carried_from": "", "set_at": 3, **values,
    }  # fmt: skip


def values_of(draw: st.DrawFn) -> dict[str, str]:
    return {name: draw(TEXTS) for name in FIELDS}


@st.composite
def states(draw: st.DrawFn) -> tuple[Things, Things, Things]:
    """A base, and what two desks made of it: fields changed, entries added."""
    base: dict[Place, Values] = {("meeting", "m"): {"id": "m", "state": "closed", "revision": 1}}
    for kind in KINDS:
        for number in range(1, draw(st.integers(1, 3)) + 1):
            made = entry(kind, number, values_of(draw))
            base[kind, str(made["id"])] = made
    sides = []
    for who in ("theirs", "mine"):
        side: dict[Place, Values] = {}
        for place, before in base.items():
            changed = {n: draw(TEXTS) for n in FIELDS if n in before and draw(st.booleans())}
            side[place] = before
            if any(before[n] != text for n, text in changed.items()):
                side[place] = {**before, **changed, "typed_by": who, "revision": 2}
        for kind in KINDS:
            last = sum(place[0] == kind for place in base)
            for number in range(last + 1, last + 1 + draw(st.integers(0, 2))):
                made = entry(kind, number, values_of(draw), who)
                side[kind, str(made["id"])] = made
        sides.append(side)
    return base, sides[0], sides[1]


def content(values: Values) -> dict[str, Value]:
    return {n: v for n, v in values.items() if n not in NEVER | QUIET}


def unstamped(values: Values) -> dict[str, Value]:
    return {n: v for n, v in values.items() if n not in ("revision", "typed_by", "typed_at")}


@settings(max_examples=150, deadline=None)
@given(states())
def test_what_one_side_changed_is_kept_and_what_both_changed_is_shown(
    found: tuple[Things, Things, Things],
) -> None:
    base, theirs, mine = found
    merged = merge(base, theirs, mine)
    clashes = {(c.place, c.field): c for c in merged.clashes}
    assert set(merged.things) == set(theirs) | set(mine), "no thing comes from nowhere or goes"
    for place, values in merged.things.items():
        if place not in theirs or place not in mine:
            assert content(values) == content(mine.get(place) or theirs[place])
            continue
        was, t, m = base[place], theirs[place], mine[place]
        differ = [n for n in content(m) if t[n] != m[n]]
        both = any(t[n] != was[n] for n in differ) and any(m[n] != was[n] for n in differ)
        for name in content(m):
            if t[name] == m[name]:
                assert values[name] == m[name]
                assert (place, name) not in clashes
                continue
            one_sided = was[name] in (t[name], m[name])
            if one_sided and not (place[0] in WHOLE and both):
                assert values[name] == (t[name] if m[name] == was[name] else m[name])
                assert (place, name) not in clashes
            else:
                shown = clashes[place, name]
                assert (shown.theirs, shown.mine) == (t[name], m[name]), "both texts, as they are"
                assert values[name] in (t[name], m[name])
    assert len(clashes) == len(merged.clashes)


@settings(max_examples=80, deadline=None)
@given(states())
def test_numbers_never_collide_and_a_new_one_is_always_said(
    found: tuple[Things, Things, Things],
) -> None:
    base, theirs, mine = found
    merged = merge(base, theirs, mine)
    said = {r.place: r for r in merged.renumbered}
    for kind in KINDS:
        numbers = [v["number"] for (k, _id), v in merged.things.items() if k == kind]
        assert len(numbers) == len(set(numbers))
    for place, values in merged.things.items():
        own = mine.get(place, theirs.get(place))
        if own is not None and values.get("number") != own.get("number"):
            assert (said[place].was, said[place].now) == (own["number"], values["number"])
            assert place in theirs, "what only this side made keeps its number"
    for place in mine:
        assert merged.things[place].get("number") == mine[place].get("number"), "mine keep theirs"


@settings(max_examples=80, deadline=None)
@given(states())
def test_both_desks_see_the_same_questions_and_the_next_merge_has_none(
    found: tuple[Things, Things, Things],
) -> None:
    base, theirs, mine = found
    here, there = merge(base, theirs, mine), merge(base, mine, theirs)
    assert {(c.place, c.field, c.theirs, c.mine) for c in here.clashes} == {
        (c.place, c.field, c.mine, c.theirs) for c in there.clashes
    }
    again = merge(theirs, theirs, here.things)
    assert (again.clashes, again.taken, again.renumbered) == ((), (), ())
    back = merge(theirs, here.things, theirs)
    assert {p: unstamped(v) for p, v in back.things.items()} == {
        p: unstamped(v) for p, v in here.things.items()
    }
    assert back.clashes == ()


@settings(max_examples=80, deadline=None)
@given(states())
def test_what_was_withdrawn_on_either_side_stays_withdrawn(
    found: tuple[Things, Things, Things],
) -> None:
    base, theirs, mine = found
    for place, values in merge(base, theirs, mine).things.items():
        both = place in theirs and place in mine and place in base
        if not both or "withdrawn" not in values:
            continue
        sides = (theirs[place]["withdrawn"], mine[place]["withdrawn"])
        if base[place]["withdrawn"] == "" and any(sides):
            assert values["withdrawn"] in sides
            assert values["withdrawn"] != ""


@settings(max_examples=80, deadline=None)
@given(states())
def test_with_no_common_state_every_difference_is_shown(
    found: tuple[Things, Things, Things],
) -> None:
    _base, theirs, mine = found
    merged = merge(None, theirs, mine)
    differing = {
        (place, name)
        for place in set(theirs) & set(mine)
        for name in content(mine[place])
        if theirs[place][name] != mine[place][name]
    }
    assert {(c.place, c.field) for c in merged.clashes} == differing


def answer(text: str, who: str, carried: str = "", confirmed: str = "") -> Values:
    return {
        "meeting_id": "m", "item": "A6", "field": "x", "text": text, "revision": 1,
        "typed_by": who, "typed_at": f"2026-11-23T10:0{len(who) % 9}:00+00:00",
        "carried_from": carried, "confirmed_by": confirmed,
    }  # fmt: skip


def test_who_typed_it_goes_with_the_words() -> None:
    place = ("answer", "A6.x")
    base = {place: answer("old", "Ann", carried="WM-1-1")}
    theirs = {place: {**answer("new", "Bob"), "revision": 2}}
    values = merge(base, theirs, base).things[place]
    assert (values["text"], values["typed_by"], values["carried_from"]) == ("new", "Bob", "")
    assert merge(base, base, theirs).things[place] == theirs[place]


def test_a_chairs_confirmation_covers_only_the_words_the_chair_saw() -> None:
    place = ("actions", "a")
    base = {place: entry("actions", 1, {"text": "visit"})}
    confirmed = {place: {**base[place], "read_back": CONFIRMED, "revision": 2}}
    changed = {place: {**base[place], "text": "visit daily", "revision": 2}}
    for theirs, mine in ((confirmed, changed), (changed, confirmed)):
        merged = merge(base, theirs, mine)
        assert merged.things[place]["text"] == "visit daily"
        assert merged.things[place]["read_back"] == TO_CONFIRM
        assert merged.clashes == ()
    assert merge(base, confirmed, base).things[place]["read_back"] == CONFIRMED


def test_words_of_approved_minutes_are_not_replaced_by_what_was_typed_meanwhile() -> None:
    meeting, place, late = ("meeting", "m"), ("answer", "A6.x"), ("notes", "n")
    base: Things = {
        meeting: {"id": "m", "state": "closed", "revision": 1}, place: answer("as said", "Ann"),
    }  # fmt: skip
    theirs = {**base, meeting: {"id": "m", "state": "approved", "revision": 2}}
    mine = {
        **base, place: {**answer("as changed", "Bob"), "revision": 2},
        late: entry("notes", 1, {"text": "late", "withdrawn": ""}, "mine"),
        ("answer", "A7.y"): answer("only here", "Bob"),
    }  # fmt: skip
    merged = merge(base, theirs, mine)
    assert merged.things[meeting]["state"] == "approved"
    assert merged.things[place]["text"] == "as said"
    assert merged.things["answer", "A7.y"]["text"] == ""
    shown = {(c.place, c.theirs, c.mine) for c in merged.clashes}
    assert shown == {
        (place, "as said", "as changed"), (("answer", "A7.y"), "", "only here")
    }  # fmt: skip
    assert (merged.things[late]["text"], merged.things[late]["withdrawn"]) == ("late", LATE)
    assert merge(base, mine, theirs).things[place]["text"] == "as said", "whichever side receives"


def test_an_approval_withdrawn_at_the_other_desk_is_withdrawn() -> None:
    meeting, place = ("meeting", "m"), ("answer", "A6.x")
    mine: Things = {
        meeting: {"id": "m", "state": "approved", "revision": 2}, place: answer("approved", "Ann"),
    }  # fmt: skip
    theirs = {
        meeting: {"id": "m", "state": "closed", "revision": 3},
        place: {**answer("mended", "Bob"), "revision": 2},
    }
    merged = merge(mine, theirs, mine)
    assert merged.clashes == ()
    assert merged.things[meeting]["state"] == "closed"
    assert merged.things[place]["text"] == "mended"
