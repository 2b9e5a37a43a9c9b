"""What to chase, said on one line: ``@housing is:overdue due:<7d level:3 "rent arrears" -case:WM-0143``.

    wanted = read_filter("@housing is:overdue")
    str(wanted)                    # the same filter again, as it is printed

Any line is either a filter or one sentence that names the word that was not understood and what
is possible in its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from panelkit.domain.errors import BadInput
from panelkit.domain.text import gate_line

IS: Final = {
    "open": "not done yet, late or not",
    "overdue": "not done, and the day is past",
    "done": "complete, superseded or no longer needed",
    "all": "open ones and done ones",
    "carried": "carried forward at least once",
    "unaccepted": "not accepted by its owner",
    "noowner": "no owner is named",
}
"""What may stand behind ``is:``, each with what it means."""
LEVELS: Final = ("2", "3")
POSSIBLE: Final = '@agency, is:overdue, due:<7d, level:3, case:WM-0143, "words", or a plain word; - before one leaves it out'
DUE: Final = "due:today, due:<7d, due:>2w, due:>2026-12-01, due:none"
_ALTERNATIVES: Final = ("who", "level", "case")
"""Kinds of which several that are not left out mean any of them; of all others each must hold."""

_TOKEN: Final = re.compile(
    r"""\s*(?P<minus>-?)(?:(?P<key>@|[A-Za-z]+:)(?=\S))?(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+))(?=\s|$)"""
)
_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "„": '"'})
_SPAN: Final = re.compile(r"(-?\d{1,4})([dw])")
_OPERATORS: Final = ("<=", ">=", "<", ">")


@dataclass(frozen=True, slots=True)
class Due:
    """A day to hold a due date against: so many days from today, or a day itself."""

    sign: str
    """``<``, ``<=``, ``>``, ``>=`` or blank for that very day."""
    count: int = 0
    unit: str = ""
    """``d`` or ``w``; blank where a day is named."""
    day: date | None = None
    """The day that is named; without it and without a unit, no due date at all."""

    def __str__(self) -> str:
        """As it is typed."""
        if self.unit:
            return f"{self.sign}{self.count}{self.unit}" if (self.sign or self.count) else "today"
        return f"{self.sign}{self.day.isoformat()}" if self.day else "none"

    def on(self, today: date) -> date | None:
        """The day meant, seen from ``today``; None where no date is asked for."""
        if not self.unit:
            return self.day
        days = self.count * (7 if self.unit == "w" else 1)
        try:
            return today + timedelta(days=days)
        except OverflowError:
            return date.max if days > 0 else date.min


@dataclass(frozen=True, slots=True)
class Term:
    """One condition."""

    kind: str
    """``who``, ``is``, ``due``, ``level``, ``case`` or ``words``."""
    value: str
    """As it is typed behind its mark, small letters where capitals make no difference."""
    without: bool = False
    """Whether what it says is left out."""

    @property
    def due(self) -> Due:
        """The day of a ``due:``."""
        return _due(self.value, self.value)

    def __str__(self) -> str:
        """As it is typed; in quotation marks where it would be read as something else."""
        minus = "-" if self.without else ""
        mark = {"who": "@", "words": ""}.get(self.kind, f"{self.kind}:")
        value = self.value
        if not value or re.search(r"\s", value) or (not mark and _is_marked(value)):
            value = f'"{value}"'
        return f"{minus}{mark}{value}"


def _is_marked(word: str) -> bool:
    return word.startswith(("-", "@")) or re.match(r"[A-Za-z]+:", word) is not None


@dataclass(frozen=True, slots=True)
class ActionFilter:
    """All conditions of one line, in the order typed."""

    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        """The line; read again it is the same filter."""
        return " ".join(map(str, self.terms))

    def of(self, kind: str, *, without: bool = False) -> tuple[str, ...]:
        """What is said of one kind."""
        return tuple(t.value for t in self.terms if t.kind == kind and t.without is without)

    @property
    def reads_done(self) -> bool:
        """Whether actions that are done can be meant; else only open ones are looked at."""
        return bool({"done", "all"} & {*self.of("is")}) or "open" in self.of("is", without=True)

    def and_also(self, *more: Term) -> ActionFilter:
        """The same with more conditions; one that is there already is not said twice."""
        return ActionFilter((*self.terms, *(term for term in more if term not in self.terms)))


def read_filter(line: str) -> ActionFilter:
    """The filter that a line means. Raises BadInput with one sentence and what is possible."""
    text = gate_line(line).text.translate(_QUOTES)
    terms: list[Term] = []
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            raise _not_a_token(text[at:].split()[0], text[at:])
        terms.append(_term(found, text[found.start() : found.end()].strip()))
        at = found.end()
    return ActionFilter(tuple(dict.fromkeys(terms)))


def _not_a_token(word: str, rest: str) -> BadInput:
    if rest.count('"') % 2:
        return BadInput(f"{_shown(word)}: a quotation mark is opened and not closed.")
    if '"' in word:
        msg = f"{_shown(word)}: a quotation mark stands inside a word."
        return BadInput(msg, remedy="Put the whole of it in quotation marks.")
    return BadInput(f"{_shown(word)} alone says nothing.", remedy=f"Possible: {POSSIBLE}.")


def _term(found: re.Match[str], word: str) -> Term:
    key, without = found["key"] or "", bool(found["minus"])
    bare = found["quoted"] is None
    value = " ".join((found["plain"] if bare else found["quoted"]).split())
    if not value or (bare and not key and value in ("-", "@")):
        raise BadInput(f"{_shown(word)} alone says nothing.", remedy=f"Possible: {POSSIBLE}.")
    if not key:
        if bare and _is_marked(value):
            raise BadInput(f"{_shown(word)} is not understood.", remedy=f"Possible: {POSSIBLE}.")
        return Term("words", value.casefold(), without)
    if key == "@":
        return Term("who", value.casefold(), without)
    kind = key[:-1].casefold()
    plain = value.casefold()
    if kind == "is":
        if plain not in IS:
            raise BadInput(
                f"{_shown(word)}: there is no is:{_shown(plain)}.",
                remedy=f"Possible: {', '.join(f'is:{each}' for each in IS)}.",
            )
    elif kind == "level":
        plain = plain.removeprefix("l")
        if plain not in LEVELS:
            msg = f"{_shown(word)}: meetings are held at Level 2 or Level 3."
            raise BadInput(msg, remedy="Possible: level:2, level:3.")
    elif kind == "due":
        plain = str(_due(plain, word))
    elif kind == "case":
        plain = value.upper()
    else:
        msg = f"{_shown(word)}: {_shown(key)} is not understood."
        raise BadInput(msg, remedy=f"Possible: {POSSIBLE}. As plain words: in quotation marks.")
    return Term(kind, plain, without)


def _due(value: str, word: str) -> Due:
    sign = next((each for each in _OPERATORS if value.startswith(each)), "")
    rest = value[len(sign) :]
    if found := _SPAN.fullmatch(rest):
        return Due(sign, int(found[1]), found[2] if int(found[1]) else "d")
    if rest == "today":
        return Due(sign, 0, "d")
    if rest == "tomorrow":
        return Due(sign, 1, "d")
    if rest == "none" and not sign:
        return Due("")
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", rest):
            return Due(sign, day=date.fromisoformat(rest))
    except ValueError:
        raise BadInput(
            f"{_shown(word)}: there is no such day.", remedy=f"Possible: {DUE}."
        ) from None
    raise BadInput(f"{_shown(word)}: this is no date.", remedy=f"Possible: {DUE}.")


def _shown(word: str) -> str:
    return word if len(word) <= 24 else f"{word[:23]}…"


def kinds_of_any(wanted: ActionFilter) -> dict[str, tuple[str, ...]]:
    """For each kind of which several mean any of them, what is wanted; kinds not said are left out."""
    return {kind: values for kind in _ALTERNATIVES if (values := wanted.of(kind))}
