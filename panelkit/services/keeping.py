"""Keeping the record: copies that make themselves, when one was last tried, what to be told of it.

A copy is due when the day's work is over and something was written, when much was written, or
when something of an earlier day has no copy yet: a terminal that was only closed makes none.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.services import copies, pruning
from panelkit.services.acting import acting
from panelkit.services.clock import Clock, room_time
from panelkit.store import belongings, care, places
from panelkit.store import copies as stored
from panelkit.store.arriving import clear_left_over
from panelkit.store.care import Care
from panelkit.store.record import Record

REMIND_AFTER: Final = timedelta(days=30)
"""A copy that nobody brought back for so long is only believed to be one."""


HOUR: Final = 16
ENTRIES: Final = 500


@dataclass(frozen=True, slots=True)
class Rule:
    """When copies make themselves, and where."""

    hour: int = HOUR
    """From this hour of the room's day, the first time the program is left."""
    entries: int = ENTRIES
    """At any hour, once so many journal entries are in no copy."""
    folder: Path | None = None
    """None for the folder ``copies`` beside the record."""
    off: bool = False
    """Whether somebody else makes the copies."""


def rule_from(said: dict[str, str]) -> Rule:
    """What the environment says: ``PANELKIT_COPIES`` (a folder, or ``off``), ``_HOUR``, ``_ENTRIES``.

    Raises BadInput for what is no number.
    """
    folder = said.get("PANELKIT_COPIES", "")
    numbers = {}
    for name, usual, most in (("HOUR", HOUR, 24), ("ENTRIES", ENTRIES, 10**6)):
        given = said.get(f"PANELKIT_COPIES_{name}", "")
        if given and not (given.isascii() and given.isdigit() and int(given) <= most):
            msg = f"PANELKIT_COPIES_{name} is a number up to {most}."
            raise BadInput(msg, remedy=f"Leave it away for {usual}.")
        numbers[name] = int(given) if given else usual
    off = folder.casefold() == "off"
    return Rule(
        numbers["HOUR"], numbers["ENTRIES"], Path(folder) if folder and not off else None, off
    )


@dataclass(frozen=True, slots=True)
class State:
    """How the record stands with its copies."""

    copied: Care | None
    tried: Care | None
    uncopied: int
    """Journal entries that are in no copy."""
    since: datetime | None
    """When the first of those was made."""

    @property
    def words(self) -> tuple[str, ...]:
        """For ``where``: the last copy, and the last one that was brought back."""
        last = "No copy was made yet."
        if self.copied is not None:
            behind = f"; {self.uncopied} entries since" if self.uncopied else "; nothing since"
            last = f"Last copy {_when(self.copied.at)}{behind}."
        tried = "None was tried by bringing it back yet."
        if self.tried is not None:
            tried = f"Last tried by bringing one back: {_when(self.tried.at)}."
        return (last, tried)


def _when(at: datetime) -> str:
    local = room_time(at)
    return f"{long_date(local.date())} {local:%H:%M}"


@acting(
    Act.COPY,
    is_due=Act.ENTER,
    is_overdue=Act.ENTER,
    state=Act.ENTER,
    there=Act.ENTER,
    notices=Act.ENTER,
)
class Keeping:
    """The copies of one record, at one desk."""

    def __init__(self, record: Record, clock: Clock, who: str, rule: Rule) -> None:
        """``rule`` says when and where."""
        self.record = record
        self.clock = clock
        self.who = who
        self.rule = rule
        self._elsewhere = record.is_on_server

    @property
    def folder(self) -> Path:
        """Where copies that make themselves go."""
        return self.rule.folder or belongings.copies_folder(self.record.path)

    def state(self) -> State:
        """How the record stands with its copies now; of a file."""
        copied = self.record.last_care(care.COPIED)
        count, since = self.record.written_since(copied.words if copied else "")
        return State(copied, self.record.last_care(care.TRIED), count, since)

    def there(self) -> tuple[Path, ...]:
        """Copies in that folder, whoever made them: what a disposal or an encryption cannot reach."""
        if self._elsewhere:
            return ()
        folder = self.folder
        if not folder.is_dir():
            return ()
        beside = {stored.sum_beside(path) for path in folder.iterdir()}
        ends = (".sha256", ".keys", ".part")
        found = (p for p in folder.iterdir() if p.is_file() and p not in beside)
        return tuple(sorted(p for p in found if not p.name.endswith(ends)))

    def is_due(self) -> bool:
        """Whether a copy is to be made when the program is left."""
        state = self.state()
        if self._is_somebody_elses():
            return False
        if self.rule.off or not state.uncopied or state.since is None:
            return False
        now = room_time(self.clock())
        earlier = self._is_of_an_earlier_day(state.since)
        made_today = state.copied is not None and room_time(state.copied.at).date() == now.date()
        after_work = now.hour >= self.rule.hour and not made_today
        return earlier or after_work or state.uncopied >= self.rule.entries

    def is_overdue(self) -> bool:
        """Whether something of an earlier day is in no copy: one is due at the start, too."""
        return not (self.rule.off or self._is_somebody_elses()) and self._is_of_an_earlier_day(
            self.state().since
        )

    def _is_somebody_elses(self) -> bool:
        """Whether whoever works here makes no copies: then those who may make them do."""
        if self._elsewhere:
            return True
        me = self.record.me
        return me is not None and not me.may(Act.COPY)

    def _is_of_an_earlier_day(self, since: datetime | None) -> bool:
        if since is None:
            return False
        return room_time(since).date() < room_time(self.clock()).date()

    def make(self) -> copies.Copied:
        """A dated copy, and then those that no rule keeps are removed. Raises as ``backup``."""
        now = room_time(self.clock())
        path = self.folder / pruning.daily_name(self.record.path, now)
        made = copies.backup(self.record, path, self.clock, self.who)
        if made.checked.is_good:
            self.prune()
        return made

    def prune(self) -> tuple[Path, ...]:
        """Remove what no rule keeps; which copies that were. One that cannot be removed stays."""
        now = room_time(self.clock())
        here = [path for path in self.folder.iterdir() if path.is_file()]
        tried = self.record.last_care(care.TRIED)
        daily = pruning.daily_of(self.record.path, here, now)
        before = [
            pruning.Standing(path, datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo))
            for path in here
            if pruning.is_before_upgrade(self.record.path, path)
        ]
        going = [
            *pruning.may_go(daily, now, Path(tried.about) if tried else None),
            *pruning.old_before_upgrades(before, now),
        ]
        gone = []
        for path in going:
            try:
                stored.remove(path)
            except OSError:
                continue
            gone.append(path)
        return tuple(gone)

    def tidy(self) -> None:
        """Clear away what a killed program was filling, beside the record and among its copies."""
        if self._elsewhere:
            return
        clear_left_over(self.record.path.absolute().parent)
        clear_left_over(self.folder)

    def notices(self) -> tuple[str, ...]:
        """What somebody should know of, most pressing first; none where all is well."""
        if self._elsewhere:
            return ()
        state, now = self.state(), self.clock()
        said = list(places.mend_rights(self.record.path))
        if state.copied is None:
            if self.rule.off or self._is_of_an_earlier_day(state.since):
                said.append("This record has no copy yet: panelkit backup makes one.")
        elif not os.path.lexists(state.copied.about):
            said.append("The last copy is no longer where it was made.")
        elif state.tried is None and now - state.copied.at < REMIND_AFTER:
            pass
        elif state.tried is None or now - state.tried.at > REMIND_AFTER:
            said.append("No copy was tried for a month: panelkit restore COPY --test reads one.")
        return tuple(said)
