"""Everything that the files of an area and the national agenda say, place by place.

What is kept local is not in it: it is what the files say, against which it is kept.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from panelkit.areas.agenda import apply
from panelkit.areas.kept import WORDING_OF
from panelkit.areas.loader import Written, chain, load_area
from panelkit.domain.agenda import AGENDA, AgendaItem
from panelkit.domain.fields import Field
from panelkit.domain.guidance import BENEATH, Part, Provision, part_of, value_of

TABLES: Final = ("settings", "timescales", "audit_figures", "targets", "counting", "updates")
"""Tables of one value each; rules of the audit are read with the rules."""
_PROGRAM: Final = "panelkit's agenda"


def provisions(name_or_path: str | Path) -> Iterator[Provision]:
    """Values, lists of words and the agenda of an area. Raises NotFound, BadInput as ``load_area``."""
    files = chain(name_or_path)
    for table in TABLES:
        yield from _values(files, table)
    yield from _lists(name_or_path, files[-1][0].name)
    yield from _agenda(files)


def _values(files: list[tuple[Path, Written]], table: str) -> Iterator[Provision]:
    found: dict[str, list[Provision]] = {}
    for at, (path, file) in enumerate(files):
        for key, setting in file.get(table, {}).items():
            place = f"{table}.{key}"
            one = Provision(
                place, part_of(place), _title(table, key), value_of(setting["value"]),
                setting["source"], path.name, is_own=at > 0,
            )  # fmt: skip
            found.setdefault(key, []).append(one)
    for said in found.values():
        yield said[-1]
        if len(said) > 1:
            yield _beneath(said[-2])


def _title(table: str, key: str) -> str:
    words = key if table == "targets" else key.replace("_", " ")
    what = {
        "targets": "Target of ",
        "counting": "Counting: ",
        "updates": "Owed to ViSOR or MAPPS: ",
    }
    words = words.replace(" l2 ", " Level 2 ").replace(" l3 ", " Level 3 ")
    return f"{what.get(table, '')}{words}" if table in what else words[:1].upper() + words[1:]


def _beneath(one: Provision) -> Provision:
    return Provision(
        f"{BENEATH}{one.place}", one.part, one.title, one.value, one.source, one.stands_in
    )


def _lists(name_or_path: str | Path, file: str) -> Iterator[Provision]:
    area = load_area(name_or_path)
    phrases: dict[str, list[str]] = {}
    for item, text in area.phrases:
        phrases.setdefault(item, []).append(text)
    said: list[tuple[str, str, Any]] = [
        ("acronyms", "Acronyms and what they stand for", dict(area.expansions)),
        ("everyday_acronyms", "Acronyms that need no explanation", list(area.plain.everyday)),
        *(
            (
                f"vague_words.{vague.kind.replace(' ', '_')}", f"Words pointed out: {vague.kind}",
                {"suggestion": vague.suggestion, "answered by": vague.unless, "words": list(vague.words)},
            )
            for vague in area.plain.vague
        ),
        *((f"phrase.{item}", f"Phrases for {item}", texts) for item, texts in phrases.items()),
    ]  # fmt: skip
    for place, title, value in said:
        yield Provision(place, Part.WORDS, title, value_of(value), stands_in=file)


# -- the agenda ----------------------------------------------------------------------------


def _agenda(files: list[tuple[Path, Written]]) -> Iterator[Provision]:
    states = [AGENDA]
    for path, file in files:
        if file.get("agenda"):
            states.append(apply(states[-1], file["agenda"], path.name))
    below = [{one.place: one for one in _of_agenda(state)} for state in states[:-1]]
    stands = {code: path.name for path, file in files for code in file.get("agenda", {})}
    for one in _of_agenda(states[-1]):
        earlier = [there.get(one.place) for there in reversed(below)]
        beneath = next((e for e in earlier if e is not None and e.value != one.value), None)
        if beneath is not None or (below and one.place not in below[0]):
            own = stands[one.place.split(".")[1]]
            yield dataclasses.replace(one, stands_in=own, is_own=True)
        else:
            yield one
        if beneath is not None:
            yield _beneath(beneath)


def _of_agenda(agenda: tuple[AgendaItem, ...]) -> Iterator[Provision]:
    for item in agenda:
        head = f"agenda.{item.code}"
        rules = {"on the agenda": item.held, "holds": list(item.entries)}
        yield _said(head, f"{item.code} {item.title}", rules)
        for name in sorted(WORDING_OF["item"]):
            title = f"{item.code} {item.short}: {_called(name)}"
            yield _said(f"{head}.{name}", title, getattr(item, name))
        for field in item.fields:
            yield from _of_field(item, field, f"{head}.fields.{field.key}")


def _of_field(item: AgendaItem, field: Field, place: str) -> Iterator[Provision]:
    rules = {
        "kind": field.kind.value, "choices": field.choices, "stops": str(field.stops),
        "needed": field.needed, "shown": field.shown, "sensitivity": str(field.sensitivity),
        "carried": field.carried, "can be parked": field.can_park,
    }  # fmt: skip
    title = f"{item.code} {item.short}: {field.label}"
    yield _said(place, title, rules)
    for name in sorted(WORDING_OF["field"]):
        yield _said(f"{place}.{name}", f"{title} ({_called(name)})", getattr(field, name))


_CALLED: Final = {
    "ask": "question", "why": "why it matters", "say": "what to say", "voice": "who speaks first",
    "short": "short name", "initial_minutes": "minutes, initial", "review_minutes": "minutes, review",
}  # fmt: skip


def _called(name: str) -> str:
    return _CALLED.get(name, name)


def _said(place: str, title: str, value: object) -> Provision:
    return Provision(place, Part.AGENDA, title, value_of(value), stands_in=_PROGRAM)
