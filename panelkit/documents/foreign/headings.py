"""Which lines are headings, labels with values, or words.

What makes a line a heading is said with each: a heading style, a bold line, a numbered line,
capitals, a cell of a table, the words before a colon. A heading that is not known takes the
item of the one above it only where it plainly stands below it.
"""

from __future__ import annotations

import re
from typing import Final

from panelkit.documents.foreign.blocks import Line
from panelkit.documents.foreign.parts import ACTION_LINE, Outline, Pair, Section, Words
from panelkit.documents.foreign.people import is_agency, is_person
from panelkit.documents.foreign.topics import HEADINGS, Topic, label_of, number_of, plain, topic_of
from panelkit.domain.foreign import Sure, Where, least

_BEFORE_COLON: Final = re.compile(r"^([^:\t]{2,60}?)\s*(?::|\t)\s*(.*)$", re.DOTALL)
_MARKING: Final = re.compile(
    r"^\W*(?:official|restricted|confidential|secret|draft|private)\b", re.IGNORECASE
)
_LOOSE: Final = frozenset(
    "update updates outcome summary information discussion review status plan action actions decision "
    "statement sentence notes panel level dates risk risks offence conviction referral victim control "
    "conditions licence treatment monitoring opening close records recording purpose strengths".split()
)
"""Words that begin a sentence before a colon too often to be a heading there."""
_RANKS: Final = {"style": 0, "cell": 1, "number": 1, "caps": 2, "bold": 3, "line": 4, "lead": 5}


class Headings:
    """The sections of a document in the making."""

    def __init__(self) -> None:
        self.outline = Outline()
        self._parent: Section | None = None
        """The last heading whose item was known."""
        self._understood = 0

    @property
    def _here(self) -> Section:
        return self.outline.sections[-1]

    def _where(self, line: Line | None, grid: int = 0, row: int = 0) -> Where:
        return Where(
            paragraph=line.number if line else 0, table=grid, row=row,
            box=bool(line and line.box), section=self._here.heading,
        )  # fmt: skip

    # -- lines -----------------------------------------------------------------------

    def line(
        self, line: Line, grid: int = 0, row: int = 0, *, alone: bool = True, label: bool = False
    ) -> None:
        """One line: a heading, a label with its value, a heading with its first words, or words."""
        where = self._where(line, grid, row)
        if self._heading(line, where, alone=alone, label=label):
            return
        if ACTION_LINE.match(line.text):
            self._here.words.append(Words(line.text, where, line.listed))
            return
        if line.lead and len(line.lead) < 60 and ":" not in line.lead:
            after = line.text[len(line.lead) :].strip(" :–—-")
            if after and self._lead(line, line.lead, after, where):
                return
        if found := _BEFORE_COLON.match(line.text[:4000]):
            before, value = found[1], line.text[found.start(2) :].strip()
            if self._pair(before, value, where):
                return
            if value and self._lead(line, before, value, where):
                return
        self._here.words.append(Words(line.text, where, line.listed))

    def _heading(self, line: Line, where: Where, *, alone: bool, label: bool = False) -> bool:
        text = line.text.strip()
        if not 2 < len(text) <= 140 or line.title or not any(c.isalpha() for c in text):
            return False
        if ACTION_LINE.match(text) or (_MARKING.match(text) and topic_of(text) is None):
            return False
        said, _, value = text.partition(":")
        if value.strip() and not line.level:
            return False
        how = self._kind(line, said) or ("cell" if label else "")
        if self._here.topic.lists in ("present", "apologies", "reports") and (
            is_agency(said) or is_person(number_of(said)[1])
        ):
            return False
        styled = self._parent is not None and self._parent.how == "style"
        if styled and where.table and not (alone or label or line.level):
            return False  # a label in a row of cells, in a document whose headings have a style
        named = topic_of(said)
        rest = number_of(said)[1]
        if (
            is_agency(rest)
            and how
            and (alone or label or text.endswith(":"))
            and (named is None or self._in("A7") or self._is_acting())
        ):
            self._agency(rest, how, line, where)
            return True
        if named is not None and how:
            sure = named.sure if how != "line" else least(named.sure, Sure.LIKELY)
            self._open(said, named.topic, sure, how, line, where)
            return True
        exact = named is not None and named.sure is Sure.SURE
        plain_line = (
            (alone or text.endswith(":")) and line.listed != "bullet" and len(rest.split()) <= 7
        )
        if named is not None and exact and plain_line and not text.endswith("."):
            if named.phrase in _LOOSE and not text.endswith(":"):
                return False
            self._open(said, named.topic, Sure.LIKELY, "line", line, where)
            return True
        told = how == "style" or alone or label
        if named is None and how and told and self._parent is not None and not line.listed:
            return self._unknown_heading(said, how, line, where)
        return False

    @staticmethod
    def _kind(line: Line, text: str) -> str:
        """What makes a line look like a heading; blank where nothing does."""
        words = len(text.split())
        if line.level:
            return "style"
        number, rest = number_of(text)
        ends = text.rstrip().endswith((".", ";", ",")) and len(rest.split()) > 4
        if words > 11 or ends:
            return ""
        letters = [c for c in text if c.isalpha()]
        if len(letters) > 3 and all(c.isupper() for c in letters):
            return "caps"
        if line.bold and line.listed != "bullet":
            return "bold"
        known = topic_of(text)
        if (number or line.listed == "number") and known is not None:
            return "number" if known.sure is Sure.SURE or number.endswith(".0") else ""
        return "number" if number.endswith(".0") else ""

    def _unknown_heading(self, label: str, how: str, line: Line, where: Where) -> bool:
        """A heading whose words are not known: below the last known one, or beside it."""
        if how in ("bold", "caps") and (len(label.split()) > 8 or is_person(label)):
            return False
        parent = self._parent
        depth = self._depth(label, how, line)
        if parent is not None and depth > parent.depth and not self._is_acting():
            self._open(label, parent.topic, Sure.LIKELY, how, line, where, inherited=True)
        else:
            self._open(label, Topic(""), Sure.SURE, how, line, where)
        return True

    def _lead(self, line: Line, label: str, value: str, where: Where) -> bool:
        """``Disclosure: considered ...``: the words before the colon are a heading."""
        rest = number_of(label)[1]
        strong = bool(line.lead) and plain(line.lead) == plain(label)
        people = self._here.topic.lists in ("present", "apologies", "reports")
        if (
            (self._in("A7") or (strong and not people))
            and not self._is_acting()
            and is_agency(rest)
        ):
            self._agency(rest, "lead", line, where)
        elif (named := topic_of(label)) is not None and named.sure is Sure.SURE:
            if not strong and (
                named.phrase in _LOOSE or line.listed == "bullet" or self._is_acting()
            ):
                return False
            sure = Sure.SURE if strong else Sure.LIKELY
            self._open(label, named.topic, sure, "lead", line, where)
        else:
            return False
        self._here.words.append(
            Words(value, self._where(line, where.table, where.row), line.listed)
        )
        return True

    def _pair(self, label: str, value: str, where: Where) -> bool:
        key = label_of(label)
        if not key or len(value) > 600:
            return False
        item = key.partition(".")[0] if "." in key else ""
        if item in ("A10", "A6") and not self._in(item) and len(plain(label).split()) < 2:
            return False
        if not value and not item:
            return False
        topic = topic_of(label)
        own = topic.topic.item if topic is not None else ""
        if topic is not None and value and not self._in(own) and (key == "next" or own == item):
            line = Line(text=label, number=where.paragraph)
            how = "cell" if where.table else "lead"
            self._open(label, topic.topic, Sure.LIKELY, how, line, where)
        self._here.pairs.append(Pair(key, label.strip(" :"), value, where))
        return True

    # -- headings --------------------------------------------------------------------

    def _in(self, item: str) -> bool:
        return self._here.topic.item == item

    def _is_acting(self) -> bool:
        return self._here.topic.lists in ("actions", "old_actions")

    def _agency(self, label: str, how: str, line: Line, where: Where) -> None:
        topic = self._here.topic if self._is_acting() else Topic("A7", "", "organisation")
        plan = self._parent is not None and self._parent.topic.item == "A11"
        if plan and plain(label) == "housing":
            topic = Topic("A11", "accommodation")
        inside = self._in("A7") or self._is_acting()
        sure = Sure.SURE if inside else Sure.LIKELY
        self._open(label, topic, sure, how, line, where, organisation=label, inherited=inside)

    def _depth(self, label: str, how: str, line: Line) -> tuple[int, int]:
        number = number_of(label)[0]
        deep = line.level or number.removesuffix(".0").count(".")
        return (_RANKS[how], deep)

    def _open(
        self, label: str, topic: Topic, sure: Sure, how: str, line: Line, where: Where,
        *, organisation: str = "", inherited: bool = False,
    ) -> None:  # fmt: skip
        topic = self._settled(label, topic)
        heading = number_of(label)[1].strip(" :–—-\t") or label
        made = Section(
            heading=heading, topic=topic, organisation=organisation, sure=sure, how=how,
            depth=self._depth(label, how, line), inherited=inherited,
            where=Where(paragraph=where.paragraph, table=where.table, row=where.row, box=where.box),
        )  # fmt: skip
        self.outline.sections.append(made)
        if topic.item and not inherited:
            self._parent = made
        elif not topic.item:
            self._parent = made if how == "style" else self._parent

    def _settled(self, label: str, topic: Topic) -> Topic:
        """The topic that a heading has where it stands: level at the start is status."""
        seen = {section.topic.item for section in self.outline.sections}
        words = plain(number_of(label)[1])
        if (
            topic == HEADINGS["level"]
            and "decision" not in words
            and not seen & {"A10", "A11", "A13"}
            and len(self.outline.sections) < 6
        ):
            return HEADINGS["mappa status"]
        if words in ("victim safety", "victim safety plan") and "A11" not in seen:
            return HEADINGS["victims"]
        return topic
