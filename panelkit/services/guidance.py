"""Changes of guidance and forms, walked through one by one: what was agreed, what is said now, what
was decided.

    guidance = Guidance(record, area, (shipped, own), clock, who)
    guidance.changes()                       # each with the words before and now, and what it reaches
    guidance.accept([change]); guidance.keep(change, "our board, 3 June")

A record begins to look when it is first opened for an area: that is its baseline, and nobody was
asked about it. From then on a change stands here until somebody decides.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit import __version__
from panelkit.domain import guidance as g
from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput, NotFound, PanelkitError, Refused
from panelkit.domain.guidance import Baseline, Change, Decided, Decision, Provision, What
from panelkit.domain.meeting import By
from panelkit.domain.people import Act
from panelkit.domain.timescales import room_day
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.services.words import because, line
from panelkit.store.record import Record

if TYPE_CHECKING:
    from datetime import date

    from panelkit.documents.shelf import Shelf
    from panelkit.documents.templates import Template

_OF_A_FORM: Final = ("*/template.toml", "*/house.docx", "*/wording/*.j2")
"""Files that a form is made of, below the folder of forms; whatever else lies there says nothing."""

_COUNTED: Final[dict[tuple[str, str, int, str], int]] = {}
"""How many changes there were for an area, what is said, what was decided and a record: counting
them reads everything, and nothing of it changes from one look to the next."""


_SAID: Final[dict[str, tuple[Provision, ...]]] = {}
"""What is said, by the digest of it: the last that was read."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One change, with what somebody who decides has to know."""

    number: int
    """Its place in the list, from 1: another once one before it is decided."""
    change: Change
    meaning: str
    """What it reaches."""
    not_kept: str
    """Why the words before cannot be kept, with the way on; blank where they can."""

    @property
    def place(self) -> str:
        """Its name, which stays the same whatever is decided of others."""
        return self.change.place


@acting(
    Act.AGREE,
    changes=Act.READ,
    find=Act.READ,
    many=Act.READ,
    many_at_once=Act.READ,
    decided=Act.READ,
    begin=Act.READ,
)
class Guidance:
    """What a co-ordinator does about changes of guidance and forms."""

    def __init__(
        self, record: Record, area: Area, forms: tuple[Path, Path | None], clock: Clock, who: str
    ) -> None:
        """``area`` says whose; ``forms`` are the folders of those that ship and of the area's own."""
        self.record = record
        self.area = area
        self.forms = forms
        self.clock = clock
        self.who = who

    def by(self) -> By:
        """Who acts, now."""
        return By(self.who, self.clock())

    def _shelf(self) -> Shelf:
        from panelkit.documents.shelf import Shelf

        return Shelf(*self.forms)

    # -- what is said ------------------------------------------------------------------------

    def _now(self) -> tuple[Provision, ...]:
        """Everything that is said; read once for as long as none of it changes."""
        return self._said(self._digest())

    def _said(self, digest: str) -> tuple[Provision, ...]:
        if digest not in _SAID:
            _SAID.clear()
            _SAID[digest] = tuple(self._read())
        return _SAID[digest]

    def _read(self) -> list[Provision]:
        from panelkit.areas.loader import load_area
        from panelkit.areas.provisions import provisions
        from panelkit.audit.provisions import provisions as rules
        from panelkit.documents.form_provisions import provisions as forms

        plain = load_area(self.area.file)
        today = room_day(self.clock())
        return [*provisions(self.area.file), *rules(plain), *forms(self._shelf(), today)]

    def _digest(self) -> str:
        """Of everything that is said, without reading it: files, and the program's own lists."""
        from panelkit.areas.loader import chain

        today = room_day(self.clock()).isoformat()
        digest = hashlib.sha256(_of_program())
        for path, _file in chain(self.area.file):
            digest.update(_of_file(path, today))
        for root in reversed(self.forms):
            there = (p for form in _OF_A_FORM for p in root.glob(form)) if root is not None else ()
            for path in sorted(there):
                digest.update(_of_file(path, today))
        return digest.hexdigest()

    def begin(self) -> bool:
        """What is said now is what changes are told from; nothing where that is known already, and
        where whoever works decides nothing of it. Whether it began. Raises NotSaved."""
        me = self.record.me
        if (me is not None and not me.may(Act.AGREE)) or self.record.baseline_digest(
            self.area.name
        )[0]:
            return False
        digest = self._digest()
        body = g.body_of(self._said(digest))
        new = Baseline(new_id(), self.area.name, self.clock(), self.who, __version__, body)
        self.record.begin_guidance(new, digest)
        return True

    # -- what changed -------------------------------------------------------------------------

    def many(self) -> int:
        """How many changes wait for somebody to look at; 0 for a record that does not look yet.

        Cheap where nothing changed since it first looked, or since it was last counted here.
        """
        key = self._state()
        if key is not None and key not in _COUNTED:
            _COUNTED[key] = len(self._found())
        return _COUNTED[key] if key is not None else 0

    def many_at_once(self) -> int | None:
        """The same where it is known already; None where everything that is said has to be read first."""
        key = self._state()
        return _COUNTED.get(key) if key is not None else 0

    def _state(self) -> tuple[str, str, int, str] | None:
        """What a count of changes rests on; None where there is none to count."""
        first, decided = self.record.baseline_digest(self.area.name)
        if not first:
            return None
        try:
            digest = self._digest()
        except (BadInput, NotFound, OSError):
            return None  # a file is being edited: whoever looks at the changes is told
        if digest == first and not decided:
            return None
        return (self.area.name, digest, decided, str(self.record.location))

    def changes(self) -> tuple[Shown, ...]:
        """Everything that is not as it was agreed, in the order of what is said: agenda, figures and
        so on as the files have them."""
        found = self._found()
        reached = self.record.reached_by_guidance() if found else g.Reached()
        in_force = cache(self._shelf().in_force)  # one form may have many changes
        return tuple(
            Shown(number, one, g.meaning(one, reached), self._not_kept(one, in_force))
            for number, one in enumerate(found, 1)
        )

    def _found(self) -> list[Change]:
        """The same without what is shown beside each."""
        decisions = self.record.decisions(self.area.name)
        agreed = g.agreed_of(self.record.baseline(self.area.name), decisions)
        now = self._now()
        found = [*g.changes(now, agreed), *self._unusable(now, g.kept_of(decisions))]
        order = list(g.Part)
        found.sort(key=lambda one: order.index(one.part))
        return list(_once(found))

    def _unusable(self, now: Sequence[Provision], kept: Mapping[str, Decision]) -> list[Change]:
        """What is kept, and can no longer hold, though what is said did not change again."""
        from panelkit.areas.kept import why_not_usable

        said = {one.place: one for one in now}
        return [
            Change(
                place, said[place].part, said[place].title, What.CHANGED, one.was, one.kept_source,
                said[place].value, said[place].source, said[place].stands_in, kept=one,
            )
            for place, one in kept.items()
            if place in said and why_not_usable(place, one)
        ]  # fmt: skip

    def _not_kept(self, change: Change, in_force: Callable[[str, date], Template]) -> str:
        from panelkit.areas.kept import WORDING_OF, why_not_usable

        why = g.why_not_kept(change, WORDING_OF)
        if why:
            return why
        would = self._decision(change, Decided.KEPT, "-")
        if refused := why_not_usable(change.place, would):
            return f"No file may say it any more: {refused} Say another value in your area's file."
        if change.part is g.Part.FORMS and not change.beneath:
            return self._form_refuses(change, would, in_force)
        return ""

    def _form_refuses(
        self, change: Change, would: Decision, in_force: Callable[[str, date], Template]
    ) -> str:
        from panelkit.documents.form_provisions import with_kept

        template_id = change.place.split(".")[1]
        try:
            today = room_day(self.clock())
            form = in_force(template_id, today)
            same = with_kept(form, {change.place: would}, today) is form
        except PanelkitError as refused:
            return f"The form cannot be printed with it: {refused.sentence}"
        if same:
            return "The form of today has other sections: the ones before cannot be put in order there."
        return ""

    def find(self, named: str, among: Sequence[Shown] = ()) -> Shown:
        """A change by its place, or its number in the list, of those that wait. Raises NotFound."""
        plain = line(named)
        every = among or self.changes()
        for one in every:
            if plain in (one.place, str(one.number)):
                return one
        if plain in {inner.place for one in every for inner in one.change.within}:
            head = next(o for o in every if plain in {i.place for i in o.change.within})
            msg = f"{plain} goes with {head.place}."
            raise NotFound(msg, remedy="Decide that one.")
        msg = f"There is no change {plain} to look at."
        raise NotFound(msg, remedy="See panelkit changes list.")

    # -- what is decided -----------------------------------------------------------------------

    def accept(self, found: Sequence[Shown], why: str = "") -> tuple[Decision, ...]:
        """The words of now hold, also where others were kept until now. Raises StaleRecord where a
        change is not as it was shown, NotSaved."""
        changes = [each for one in found for each in (one.change, *one.change.within)]
        made = [self._decision(one, Decided.ACCEPTED, line(why)) for one in changes]
        return self._keep(found, made, "accepted")

    def keep(self, shown: Shown, why: str) -> tuple[Decision, ...]:
        """The words before hold here, with the reason, which prints beside their source.

        Raises BadInput without a reason, Refused where they cannot be kept, saying why and the way
        on; StaleRecord, NotSaved.
        """
        clean = because(why, "Say why it is kept: it prints beside its source.")
        if shown.not_kept:
            raise Refused("That cannot be kept.", remedy=shown.not_kept)
        change = shown.change
        made = [self._decision(change, Decided.KEPT, clean)]
        # The question of a new rule that is turned off goes with it.
        made += [self._decision(one, Decided.ACCEPTED, "") for one in change.within]
        return self._keep([shown], made, "kept local")

    def _decision(self, change: Change, decided: Decided, reason: str) -> Decision:
        was, source = change.was, change.was_source
        if change.kept is not None:
            source = change.kept.was_source
        return Decision(
            id=new_id(), number=0, area=self.area.name, place=change.place, title=change.title,
            decided=decided, was=was, was_source=source, now=change.now, now_source=change.now_source,
            reason=reason, withdrawn="", typed_by=self.who, typed_at=self.clock(),
        )  # fmt: skip

    def _keep(
        self, shown: Sequence[Shown], made: Sequence[Decision], what: str
    ) -> tuple[Decision, ...]:
        now = {one.place: one for one in self._found()}
        for one in shown:
            if now.get(one.place) != one.change:
                msg = f"{one.change.title}: it is not as it was shown any more."
                raise Refused(msg, remedy="Look at the list again.")
        self.record.keep_decisions(
            [(None, one) for one in made], self.by(), command=new_id(), what=what
        )
        ids = {one.id for one in made}
        return tuple(one for one in self.record.decisions(self.area.name) if one.id in ids)

    def decided(self) -> tuple[Decision, ...]:
        """Every decision of this area, those that were taken back too, the oldest first."""
        return self.record.decisions(self.area.name)

    def undo(self, number: int, why: str) -> Decision:
        """It was not so: the decision stays in sight with the reason, and the change waits again.

        Raises NotFound, BadInput without a reason, Refused for one that is not the last of its place.
        """
        clean = because(why)
        every = self.decided()
        before = next((one for one in every if one.number == number), None)
        if before is None:
            raise NotFound(
                f"There is no decision {number}.", remedy="See panelkit changes decided."
            )
        if not before.is_live:
            raise Refused(f"Decision {number} was taken back: {before.withdrawn}")
        if any(o.is_live and o.place == before.place and o.number > number for o in every):
            msg = f"{before.title} was decided again since."
            raise Refused(msg, remedy="Take that back first.")
        gone = replace(
            before, withdrawn=clean, typed_by=self.who, typed_at=self.clock(),
            revision=before.revision + 1,
        )  # fmt: skip
        self.record.keep_decisions([(before, gone)], self.by(), command=new_id(), what="taken back")
        return gone


@cache
def _of_program() -> bytes:
    from panelkit.domain.agenda import AGENDA

    rules = Path(__file__).parents[1] / "audit" / "rules.py"
    said = rules.read_bytes() if rules.is_file() else b""
    return hashlib.sha256(f"{__version__}\n{AGENDA!r}\n".encode() + said).digest()


def _of_file(path: Path, today: str) -> bytes:
    """Of one file; a form also by whether it is in force ``today``."""
    there = path.stat()
    content, begins = _content(path, there.st_mtime_ns, there.st_size)
    return f"{path.parent.name}/{path.name} {begins <= today} ".encode() + content


@cache
def _content(path: Path, _changed_at: int, _size: int) -> tuple[bytes, str]:
    """The digest of a file, and the day from which it is in force; read once for as long as it is as
    it was."""
    body = path.read_bytes()
    begins = _BEGINS.search(body) if path.name == "template.toml" else None
    return hashlib.sha256(body).digest(), begins[1].decode() if begins else ""


_BEGINS: Final = re.compile(rb"^effective_from\s*=\s*(\d{4}-\d\d-\d\d)", re.MULTILINE)


def _once(found: Sequence[Change]) -> list[Change]:
    """Each place once."""
    return list({one.place: one for one in reversed(found)}.values())[::-1]
