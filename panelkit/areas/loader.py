"""Area files: read, checked, laid over the file that they extend.

``load_area`` gives the settings, ``load_agenda`` the agenda; both take the name of a
shipped area or the path of a file. No figure is hidden in the program: the national file
holds all of them, each with its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from panelkit import tomlfile
from panelkit.areas.agenda import apply
from panelkit.areas.calendar import EnglandAndWales
from panelkit.areas.kept import kept_values, with_kept_words
from panelkit.domain.agenda import AGENDA, AgendaItem
from panelkit.domain.area import Area, Timescale
from panelkit.domain.errors import BadInput, NotFound
from panelkit.domain.guidance import Decision
from panelkit.domain.plain_words import PlainRules, Vague
from panelkit.domain.return_paper import ReturnQuestion
from panelkit.domain.timescales import Calendar, WeekdaysOnly
from panelkit.domain.vocabulary import AgencyType, EmergencyCause

_HERE: Final = Path(__file__).resolve().parent

Written = dict[str, Any]
"""An area file as TOML gives it, checked."""


def area_names() -> tuple[str, ...]:
    """The shipped areas, by the names that ``load_area`` takes."""
    return tuple(sorted(path.stem for path in _HERE.glob("*.toml")))


def load_area(
    name_or_path: str | Path = "national", kept: Mapping[str, Decision] | None = None
) -> Area:
    """The settings of an area, with what the area ``kept`` of them against a change, by its place.

    Raises NotFound for a name that is not shipped, BadInput for a file that cannot be
    read; both name the place.
    """
    files = laid_over(name_or_path, kept)
    settings: dict[str, Any] = {}
    sources: dict[str, str] = {}
    timescales: dict[str, Timescale] = {}
    acronyms: dict[str, str] = {}
    organisations: dict[str, AgencyType] = {}
    ring: dict[str, str] = {}
    figures: dict[str, Timescale] = {}
    for path, file in files:
        for key, setting in file.get("settings", {}).items():
            settings[key], sources[key] = setting["value"], setting["source"]
        if "audit_forms" in file.get("settings", {}):
            settings["audit_forms"] = str(path.parent / settings["audit_forms"])
        if "practice_folder" in file.get("settings", {}):
            settings["practice_folder"] = str(path.parent / settings["practice_folder"])
        for key, figure in file.get("audit_figures", {}).items():
            figures[key] = Timescale(key, figure["value"], figure["source"])
        for key, figure in file.get("timescales", {}).items():
            timescales[key] = Timescale(key, figure["value"], figure["source"])
        acronyms.update(file.get("acronyms", {}))
        organisations.update(
            (body["name"], _agency(body["agency"])) for body in file.get("organisations", [])
        )
        ring.update(
            (body["name"], body["ring"]) for body in file.get("organisations", []) if "ring" in body
        )
    targets = _said(files, "targets", "target", sources)
    audit = _said(files, "audit", "audit", sources)
    counting = _said(files, "counting", "counting", sources)
    updates = _said(files, "updates", "updates", sources)
    for key in ("quorum", "child_quorum", "emergency_quorum", "emergency_agencies"):
        if key in settings:
            settings[key] = tuple(_agency(code) for code in settings[key])
    if "emergency_causes" in settings:
        settings["emergency_causes"] = tuple(map(EmergencyCause, settings["emergency_causes"]))
    for key in ("attestation", "controllers"):
        if key in settings:
            settings[key] = tuple(settings[key])
    longest = settings.pop("longest_sentence", PlainRules().longest_sentence)
    days = settings.pop("bank_holidays", [])
    calendar = _calendar(settings.get("calendar", "england_and_wales"), days)
    written = [file for _, file in files]
    return Area(
        name=files[-1][1]["name"],
        file=str(name_or_path),
        kept=tuple((place, one.kept_words) for place, one in (kept or {}).items()),
        **{**settings, "calendar": calendar},
        timescales=tuple(timescales.values()),
        acronyms=tuple(acronyms),
        expansions=tuple(acronyms.items()),
        organisations=tuple(organisations.items()),
        ring=tuple(ring.items()),
        audit=tuple(audit.items()),
        audit_figures=tuple(figures.values()),
        targets=tuple(targets.items()),
        counting=tuple(counting.items()),
        updates=tuple(updates.items()),
        sources=tuple(sources.items()),
        plain=PlainRules(
            _vague(written),
            tuple(acronyms.items()),
            tuple(
                dict.fromkeys(
                    word for file in written for word in file.get("everyday_acronyms", [])
                )
            ),
            longest,
        ),
        phrases=_phrases(written),
        return_questions=_questions(written),
    )


def _said(
    files: list[tuple[Path, Written]], table: str, called: str, sources: dict[str, str]
) -> dict[str, Any]:
    """What the files say in a table of settings; where each comes from goes into ``sources``."""
    found = {}
    for _path, file in files:
        for key, setting in file.get(table, {}).items():
            found[key], sources[f"{called}.{key}"] = setting["value"], setting["source"]
    return found


def load_agenda(
    name_or_path: str | Path = "national", kept: Mapping[str, Decision] | None = None
) -> tuple[AgendaItem, ...]:
    """The agenda of an area: the national one, with what the area adds and what it ``kept``.

    Raises NotFound and BadInput as ``load_area`` does.
    """
    agenda = AGENDA
    for path, file in chain(name_or_path):
        agenda = apply(agenda, file.get("agenda", {}), tomlfile.shown(path))
    return with_kept_words(agenda, kept or {})


def laid_over(
    name_or_path: str | Path, kept: Mapping[str, Decision] | None = None
) -> list[tuple[Path, Written]]:
    """The files of an area, the last of them with the values that it kept."""
    files = chain(name_or_path)
    values = kept_values(kept or {})
    if not values:
        return files
    path, last = files[-1]
    merged = {**last, **{table: {**last.get(table, {}), **said} for table, said in values.items()}}
    return [*files[:-1], (path, merged)]


def _vague(files: list[Written]) -> tuple[Vague, ...]:
    words: dict[str, dict[str, None]] = {}
    rules: dict[str, tuple[str, str]] = {}
    for file in files:
        for kind, said in file.get("vague_words", {}).items():
            mine = words.setdefault(kind, {})
            mine.update(dict.fromkeys(said.get("words", [])))
            left_out = {word.casefold() for word in said.get("leave_out", [])}
            words[kind] = {word: None for word in mine if word.casefold() not in left_out}
            suggestion, unless = rules.get(kind, ("Say it exactly.", ""))
            rules[kind] = (said.get("suggestion", suggestion), said.get("unless", unless))
    return tuple(
        Vague(kind.replace("_", " "), tuple(found), *rules[kind]) for kind, found in words.items()
    )


def _phrases(files: list[Written]) -> tuple[tuple[str, str], ...]:
    book: dict[tuple[str, str], None] = {}
    for file in files:
        for phrase in file.get("phrase", []):
            words = (phrase["item"], phrase["text"].strip())
            if phrase.get("use", True):
                book[words] = None
            else:
                book.pop(words, None)
    return tuple(book)


def _questions(files: list[Written]) -> tuple[ReturnQuestion, ...]:
    found: dict[tuple[str, str], ReturnQuestion] = {}
    for file in files:
        for said in file.get("return_question", []):
            key = (said["item"], said["ask"].strip())
            if said.get("use", True):
                agencies = tuple(_agency(code) for code in said.get("agencies", []))
                found[key] = ReturnQuestion(*key, agencies, said["source"])
            else:
                found.pop(key, None)
    return tuple(found.values())


def _agency(code: str) -> AgencyType:
    return next(agency for agency in AgencyType if agency == code)


def _calendar(name: str, days: Iterable[date]) -> Calendar:
    return EnglandAndWales(frozenset(days)) if name == "england_and_wales" else WeekdaysOnly()


def chain(name_or_path: str | Path) -> list[tuple[Path, Written]]:
    """The files from the national one to the one asked for, each with its path. Raises as ``load_area``."""
    path = _find(name_or_path)
    found: list[tuple[Path, Written]] = []
    seen: set[Path] = set()
    while True:
        name = tomlfile.shown(path)
        if path.resolve() in seen:
            raise BadInput(
                f"{name}: extends comes back to the same file.", remedy="Break the ring."
            )
        seen.add(path.resolve())
        file = _file(path, path.stat().st_mtime_ns) if path.is_file() else _checked(path)
        found.insert(0, (path, file))
        if "extends" not in file:
            return found
        path = _extended(file["extends"], path, name)


def _find(name_or_path: str | Path) -> Path:
    path = Path(name_or_path)
    if isinstance(name_or_path, Path) or path.suffix == ".toml" or len(path.parts) > 1:
        return path
    if name_or_path in area_names():
        return _HERE / f"{name_or_path}.toml"
    raise NotFound(
        f"There is no area called {tomlfile.shown(path)}.",
        remedy=f"Use {_or(area_names())}, or the path of an area file.",
    )


def _extended(name: str, of: Path, shown: str) -> Path:
    """An area file beside the one that extends it, else a shipped one."""
    for folder in (of.parent, _HERE):
        path = folder / f"{name}.toml"
        if path.is_file() and path.resolve() != of.resolve():
            return path
    raise BadInput(
        f"{shown}: extends names an area that is not there.",
        remedy=f"Use {_or(area_names())}, or a file beside this one.",
    )


def _or(names: Iterable[str]) -> str:
    return " or ".join(names)


@cache
def _file(path: Path, _changed_at: int) -> Written:
    # The shipped files are checked by the tests; checking them again would cost every start
    # a tenth of a second.
    return tomlfile.read_toml(path) if path.parent == _HERE else _checked(path)


def _checked(path: Path) -> Written:
    """The file as it is written, every key and value of it known to be right."""
    from panelkit.areas.models import check

    data = tomlfile.read_toml(path)
    check(data, tomlfile.shown(path))
    return data
