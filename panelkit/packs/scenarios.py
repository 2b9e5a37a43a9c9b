"""Scenarios to practise: one file each, with the pack that it is made of beside it.

The files are written by hand, also by an area's trainer. They are checked as packs are: an unknown
key, a value that may not stand there, an item or a person that the pack does not have is refused
with its place. What is shown to a learner passes the gate here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from panelkit import tomlfile
from panelkit.domain import entries as e
from panelkit.domain.agenda import AGENDA, AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.completeness import completeness, stopping
from panelkit.domain.errors import BadInput, PanelkitError
from panelkit.domain.meeting import By, Meeting, Place
from panelkit.domain.practice import Learner, Line, LookFor, Scenario
from panelkit.domain.practice_begun import renamed, to_lead, to_write_up
from panelkit.domain.practice_found import not_to_do
from panelkit.domain.text import gate
from panelkit.domain.vocabulary import Stops
from panelkit.packs.lines import with_line
from panelkit.packs.reader import read_pack

ENDING: Final = ".scenario.toml"
"""What the name of a scenario's file ends in; a pack beside it ends in ``.toml`` alone."""
ITEM: Final = r"^[AX][1-9][0-9]?$"
PLACE: Final = r"^[AX][1-9][0-9]?\.[a-z][a-z0-9_]{1,60}$"
TIME: Final = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
PACK: Final = r"^[A-Za-z0-9_-]{1,60}$"
ID: Final = r"^[a-z][a-z0-9-]{1,30}$"
PATTERNS: Final = {
    ITEM: "an agenda item such as A11",
    PLACE: "an item and a field such as A11.accommodation",
    TIME: 'a time such as "10:00", in quotation marks',
    PACK: "the name of a pack beside the file, or of a sample that ships, without .toml",
}
"""What each pattern asks for, in words."""

Words = Annotated[str, Field(min_length=1, max_length=2000)]
At = Annotated[str, Field(pattern=ITEM)]
Field_ = Annotated[str, Field(pattern=PLACE)]


class Table(BaseModel):
    """Nothing converted, nothing unknown."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)


class SayTable(Table):
    """``[[say]]``: what somebody says at an item."""

    item: At
    who: Words
    words: Words


class LookForTable(Table):
    """``[[look_for]]``: what the record should show at the end."""

    item: At
    what: Words
    why: Words
    better: Words
    words: list[Words] = []
    gone: list[Words] = []


class PlantTable(Table):
    """``[[plant]]``: words that are not as they should be, for the minute taker to find."""

    place: Field_
    text: Words


class NoteTable(Table):
    """``[[note]]``: a note that was taken, as it was scribbled."""

    item: At
    who: Words
    text: Words


class ScenarioFile(Table):
    """One file."""

    format: Literal[1]
    fiction: Literal[True]
    title: Annotated[str, Field(min_length=1, max_length=60)]
    role: Literal["chair", "minute-taker"]
    you: Words
    story: Words
    teaches: Annotated[list[Words], Field(min_length=1, max_length=8)]
    minutes: Annotated[int, Field(ge=1, le=240)]
    pack: Annotated[str, Field(pattern=PACK)]
    day: date
    at: Annotated[str, Field(pattern=TIME)]
    papers: list[Field_] = []
    """What is known from the papers already, for a first meeting."""
    blank: list[Field_] = []
    """What the minute taker has to write."""
    say: list[SayTable] = []
    look_for: list[LookForTable] = []
    plant: list[PlantTable] = []
    note: list[NoteTable] = []


def read_scenario(
    path: Path, area: Area, agenda: tuple[AgendaItem, ...] = AGENDA, *, samples: Path
) -> Scenario:
    """The scenario in the file at ``path``; its pack lies beside it, else among ``samples``.

    Raises BadInput, with the place, for anything that a scenario may not hold.
    """
    said, name, text = _read(path)
    with with_line(text, name):
        pack = read_pack(_pack(path, said.pack, name, samples), agenda)
        if not pack.meeting.case.fiction:
            raise _wrong(name, "pack", "is of a real case", "Only what is invented is practised.")
        _must_fit(said, pack.meeting, name)
        by = By(said.you, datetime.combine(said.day, time(), UTC))  # before the story begins
        *earlier, whole = renamed((*pack.earlier, pack.meeting))
        last = earlier[-1] if earlier else None
        try:
            begun = _begun(said, whole, last, by, area)
        except PanelkitError as refused:
            raise _wrong(name, "pack", f"does not make a meeting: {refused.message}") from None
        if said.role != str(Learner.CHAIR):
            for gap in stopping(completeness(begun, area), Stops.CLOSING)[:1]:
                raise _wrong(
                    name, "pack", f"does not close at {gap.item}, {gap.message}",
                    "A minute taker writes up a meeting that was closed.",
                )  # fmt: skip
        scenario = _scenario(said, path, [*earlier, begun])
        _must_be_to_do(scenario, name)
    return scenario


def read_head(path: Path) -> Scenario:
    """The same without its meetings: what a list shows, without reading the pack. Raises BadInput."""
    said, _name, _text = _read(path)
    return _scenario(said, path, [])


def _read(path: Path) -> tuple[ScenarioFile, str, str]:
    name, text = tomlfile.shown(path), tomlfile.read_text(path)
    data = tomlfile.parse_toml(text, name)
    with with_line(text, name):
        try:
            return ScenarioFile.model_validate(data), name, text
        except ValidationError as wrong:
            raise tomlfile.refused(wrong, data, name, PATTERNS) from None


def _pack(path: Path, called: str, name: str, samples: Path) -> Path:
    for folder in (path.parent, samples):
        found = folder / f"{called}.toml"
        if found.is_file():
            return found
    raise _wrong(
        name, "pack", "is not beside the file and is no sample that ships", "Put it there."
    )


def _wrong(name: str, place: str, sentence: str, remedy: str = "") -> BadInput:
    return BadInput(f"{name}: {place} {sentence}.", remedy=remedy)


def _place(words: str) -> Place:
    item, _, field = words.partition(".")
    return item, field


def _must_fit(said: ScenarioFile, whole: Meeting, name: str) -> None:
    """Every item, field and person that is named is there, and fits whoever practises."""
    codes = {item.code for item in whole.agenda}
    named = [(f"say.{n}", row.item) for n, row in enumerate(said.say, start=1)]
    named += [(f"look_for.{n}", row.item) for n, row in enumerate(said.look_for, start=1)]
    named += [(f"note.{n}", row.item) for n, row in enumerate(said.note, start=1)]
    for place, item in named:
        if item not in codes:
            raise _wrong(name, f"{place}.item", "is no item of this agenda")
    places = [(f"papers.{n}", at) for n, at in enumerate(said.papers, start=1)]
    places += [(f"blank.{n}", at) for n, at in enumerate(said.blank, start=1)]
    places += [(f"plant.{n}.place", one.place) for n, one in enumerate(said.plant, start=1)]
    for place, at in places:
        if whole.field(*_place(at)) is None:
            raise _wrong(name, place, "is no field of this agenda")
    if said.you not in {person.name for person in whole.live(e.Attendance)}:
        raise _wrong(
            name, "you", "is nobody on the list of the pack's meeting", "Name one of them."
        )
    _must_be_for(said, name)
    _must_be_written(said, whole, name)


def _must_be_for(said: ScenarioFile, name: str) -> None:
    """What a chair hears is not for a minute taker, nor the other way round."""
    leads = said.role == str(Learner.CHAIR)
    of_chair = {"papers": bool(said.papers), "say": bool(said.say)}
    of_taker = {"blank": bool(said.blank), "plant": bool(said.plant), "note": bool(said.note)}
    for table, given in (of_taker if leads else of_chair).items():
        if given:
            whose = "a minute taker" if leads else "a chair"
            raise _wrong(name, table, f"is for {whose}", "Take it out, or change the role.")


def _must_be_written(said: ScenarioFile, whole: Meeting, name: str) -> None:
    for number, plant in enumerate(said.plant, start=1):
        field = whole.field(*_place(plant.place))
        try:
            if field is not None:
                field.parse(plant.text)
        except BadInput:
            allowed = field.allowed if field is not None else ""
            raise _wrong(name, f"plant.{number}.text", f"must be {allowed}") from None
    for number, row in enumerate(said.look_for, start=1):
        if bool(row.words) == bool(row.gone):
            raise _wrong(
                name, f"look_for.{number}", "has words or gone, and not both",
                "words: any of them shows it. gone: none of them is left.",
            )  # fmt: skip


def _begun(said: ScenarioFile, whole: Meeting, last: Meeting | None, by: By, area: Area) -> Meeting:
    whole = whole.with_facts(held_on=said.day, slot=time.fromisoformat(said.at), sitting="")
    if said.role == str(Learner.CHAIR):
        return to_lead(whole, last, by, area, {_place(words) for words in said.papers})
    return to_write_up(
        whole, by, blank={_place(words) for words in said.blank},
        said_instead={_place(one.place): gate(one.text).text for one in said.plant},
        notes=[(one.item, gate(one.who).text, gate(one.text).text) for one in said.note],
    )  # fmt: skip


def _scenario(said: ScenarioFile, path: Path, meetings: Sequence[Meeting]) -> Scenario:
    def shown(words: str) -> str:
        return " ".join(gate(words).text.split())

    return Scenario(
        id=scenario_id(path), title=shown(said.title), role=Learner(said.role), you=said.you,
        story=shown(said.story), teaches=tuple(map(shown, said.teaches)), minutes=said.minutes,
        day=said.day, at=time.fromisoformat(said.at),
        lines=tuple(
            Line(item=one.item, who=shown(one.who), words=shown(one.words)) for one in said.say
        ),
        looks_for=tuple(
            LookFor(
                item=one.item, what=shown(one.what), why=shown(one.why), better=shown(one.better),
                words=tuple(one.words), gone=tuple(one.gone),
            )
            for one in said.look_for
        ),
        meetings=tuple(meetings), source=tomlfile.shown(path),
    )  # fmt: skip


def _must_be_to_do(scenario: Scenario, name: str) -> None:
    """What is looked for is not there from the first: else a learner is praised for nothing."""
    for number in not_to_do(scenario)[:1]:
        raise _wrong(
            name, f"look_for.{number}", "is so from the beginning",
            "Look for words that only the learner can write, or that are planted.",
        )  # fmt: skip


def scenario_id(path: Path) -> str:
    """What a scenario is called: the name of its file."""
    return path.name.removesuffix(ENDING)


def scenario_files(folders: Sequence[Path]) -> Mapping[str, Path]:
    """The files in these folders by what they are called; one of a later folder replaces one of an
    earlier. Raises BadInput for a folder that is not there."""
    found: dict[str, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            msg = f"The folder of scenarios {tomlfile.shown(folder)} is not there."
            raise BadInput(msg, remedy="Make it, or take practice_folder out of the area file.")
        found |= {scenario_id(path): path for path in sorted(folder.glob(f"*{ENDING}"))}
    return dict(sorted(found.items()))


def as_data(scenario: Scenario) -> dict[str, Any]:
    """What other programs read; more keys may be added."""
    return {
        "id": scenario.id, "title": scenario.title, "role": str(scenario.role),
        "minutes": scenario.minutes, "story": scenario.story, "teaches": list(scenario.teaches),
        "file": scenario.source,
    }  # fmt: skip
