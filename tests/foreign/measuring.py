"""How much of the truth was found, and how much of what was found is true."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher

from panelkit.documents import import_guard
from panelkit.documents.foreign import foreign_minutes
from panelkit.documents.foreign.people import bare
from panelkit.documents.foreign.topics import plain
from panelkit.domain.foreign import ForeignAction, ForeignMinutes
from tests.foreign.hand import Hand
from tests.foreign.truth import Action, Truth

KINDS = ("sections", "people", "actions", "owners", "dates", "facts")


def read(content: bytes, name: str = "minutes.docx") -> ForeignMinutes:
    return foreign_minutes(import_guard.opened(content, name), name)


class Score:
    """Counts of one kind: right, in the truth, found."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.wanted: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.wrong: list[str] = []

    def add(self, kind: str, right: int, wanted: int, found: int) -> None:
        self.right[kind] += right
        self.wanted[kind] += wanted
        self.found[kind] += found

    def merge(self, other: Score) -> None:
        for kind in KINDS:
            self.add(kind, other.right[kind], other.wanted[kind], other.found[kind])
        self.wrong += other.wrong

    def recall(self, kind: str) -> float:
        return self.right[kind] / self.wanted[kind] if self.wanted[kind] else 1.0

    def precision(self, kind: str) -> float:
        return self.right[kind] / self.found[kind] if self.found[kind] else 1.0

    def line(self, name: str) -> str:
        said = (f"{kind} {self.recall(kind):.2f}/{self.precision(kind):.2f}" for kind in KINDS)
        return f"{name:26} " + "  ".join(said)


def measured(truth: Truth, minutes: ForeignMinutes) -> Score:
    score = Score()
    _sections(score, truth, minutes)
    _people(score, truth, minutes)
    _actions(score, truth, minutes)
    _facts(score, truth, minutes)
    return score


def _sections(score: Score, truth: Truth, minutes: ForeignMinutes) -> None:
    wanted = Counter((plain(heading), item) for heading, item in truth.sections())
    allowed = {plain(truth.agency_heading)}
    found = Counter(
        (plain(section.heading), section.item)
        for section in minutes.sections
        if section.item and section.item != "A1" and plain(section.heading) not in allowed
        and section.item != "A3"
    )  # fmt: skip
    score.add("sections", (wanted & found).total(), wanted.total(), found.total())
    score.wrong += [f"section missed {each}" for each in wanted - found]
    score.wrong += [f"section not there {each}" for each in found - wanted]


def _people(score: Score, truth: Truth, minutes: ForeignMinutes) -> None:
    wanted = {(p.name, p.organisation, p.present) for p in truth.people}
    found = {
        (p.name, p.organisation, bool(p.status and p.status.present)) for p in minutes.attendance
    }
    score.add("people", len(wanted & found), len(wanted), len(found))
    score.wrong += [f"person missed {each}" for each in wanted - found]
    score.wrong += [f"person not there {each}" for each in found - wanted]


def alike(wanted: str, found: str) -> float:
    one, two = plain_words(wanted), plain_words(found)
    return 1.0 if one == two else SequenceMatcher(None, one, two, autojunk=False).ratio()


def plain_words(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .")


def _actions(score: Score, truth: Truth, minutes: ForeignMinutes) -> None:
    left = list(minutes.actions)
    pairs: list[tuple[Action, ForeignAction]] = []
    for action in truth.actions:
        best = max(left, key=lambda found: alike(action.text, found.text), default=None)
        if best is not None and alike(action.text, best.text) >= 0.9:
            left.remove(best)
            pairs.append((action, best))
        else:
            score.wrong.append(f"action missed {action.text!r}")
    score.wrong += [f"action not there {found.text!r} from {found.raw!r}" for found in left]
    score.add("actions", len(pairs), len(truth.actions), len(minutes.actions))
    owners = [(a, f) for a, f in pairs if bare(a.owner) == bare(f.owner)]
    score.add(
        "owners", len(owners), len(truth.actions), sum(bool(f.owner) for f in minutes.actions)
    )
    score.wrong += [
        f"owner {a.owner!r} read as {f.owner!r}" for a, f in pairs if (a, f) not in owners
    ]
    dated = [a for a in truth.actions if a.due]
    right = [(a, f) for a, f in pairs if a.due and a.due == f.due]
    score.add("dates", len(right), len(dated), sum(f.due is not None for f in minutes.actions))
    score.wrong += [
        f"due {a.due} {a.due_words!r} read as {f.due}" for a, f in pairs if a.due != f.due
    ]


def _facts(score: Score, truth: Truth, minutes: ForeignMinutes) -> None:
    wanted = {
        "held_on": truth.held_on.isoformat(), "chair": truth.chair, "level": truth.level,
        "category": truth.category, "next": truth.next_on.isoformat(),
    }  # fmt: skip
    chairs = [
        p.name for p in minutes.attendance if p.meeting_role and str(p.meeting_role) == "chair"
    ]
    found = {key: fact.value for key in wanted if (fact := minutes.fact(key)) is not None}
    if "chair" not in found and chairs:
        found["chair"] = chairs[0]
    right = sum(found.get(key) == value for key, value in wanted.items())
    score.add("facts", right, len(wanted), len(found))
    score.wrong += [f"{key} {value!r} read as {found.get(key)!r}" for key, value in wanted.items() if found.get(key) != value]  # fmt: skip


def measured_by_hand(hand: Hand, minutes: ForeignMinutes) -> Score:
    """The same for a document written by hand."""
    score = Score()
    wanted = Counter(hand.sections)
    found = Counter(
        (plain(section.heading), section.item)
        for section in minutes.sections
        if (section.item and section.item not in ("A1", "A3")) or (plain(section.heading), section.item) in wanted
    )  # fmt: skip
    score.add("sections", (wanted & found).total(), wanted.total(), found.total())
    score.wrong += [f"section missed {each}" for each in wanted - found]
    score.wrong += [f"section not there {each}" for each in found - wanted]
    named, listed = (
        {bare(n) for n in hand.people},
        {bare(p.name) for p in minutes.attendance if p.name},
    )
    listed -= {bare(f.value) for f in minutes.facts if f.key == "minute_taker"}
    score.add("people", len(named & listed), len(named), len(listed))
    score.wrong += [f"person missed {each}" for each in named - listed]
    score.wrong += [f"person not there {each}" for each in listed - named]
    left, pairs = list(minutes.actions), []
    for action in hand.actions:
        best = next((f for f in left if action[0] in f.text.casefold()), None)
        if best is None:
            score.wrong.append(f"action missed {action[0]!r}")
            continue
        left.remove(best)
        pairs.append((action, best))
    score.wrong += [f"action not there {f.text!r} from {f.raw!r}" for f in left]
    score.add("actions", len(pairs), len(hand.actions), len(minutes.actions))
    owners = [f for a, f in pairs if a[1] and bare(a[1]) == bare(f.owner)]
    score.add("owners", len(owners), sum(bool(a[1]) for a in hand.actions), sum(bool(f.owner) for f in minutes.actions))  # fmt: skip
    score.wrong += [f"owner {a[1]!r} read as {f.owner!r}" for a, f in pairs if bare(a[1]) != bare(f.owner)]  # fmt: skip
    dates = [f for a, f in pairs if a[2] and a[2] == f.due]
    score.add("dates", len(dates), sum(bool(a[2]) for a in hand.actions), sum(f.due is not None for f in minutes.actions))  # fmt: skip
    score.wrong += [f"due {a[2]} read as {f.due} {f.due_words}" for a, f in pairs if a[2] != f.due]
    facts = {"held_on": hand.held_on.isoformat(), "level": hand.level, "chair": bare(hand.chair)}
    said = {key: bare(fact.value) if key == "chair" else fact.value for key in facts if (fact := minutes.fact(key))}  # fmt: skip
    score.add("facts", sum(said.get(k) == v for k, v in facts.items()), len(facts), len(said))
    score.wrong += [
        f"{k} {v!r} read as {said.get(k)!r}" for k, v in facts.items() if said.get(k) != v
    ]
    return score
