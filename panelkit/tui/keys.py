"""Every key of the chair's screen, once: footer, help, palette and README follow.

Each has a second way: the leader key and a letter, for terminals that take function
keys and for Alt+letters that type into a text area.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.binding import Binding

LEADER: Final = "ctrl+f"
"""Free in every terminal that was tried; then one letter."""


@dataclass(frozen=True, slots=True)
class Key:
    """One thing a key does."""

    id: str
    """Name of the action on the screen."""
    key: str
    """The key itself; blank where only the leader reaches it."""
    letter: str
    """After the leader key."""
    label: str
    """Two words for the footer."""
    tooltip: str
    """A sentence for help."""
    shown: bool = True
    """Whether the footer shows it."""

    @property
    def display(self) -> str:
        """``F8`` or ``^N``."""
        shown = self.key.replace("ctrl+", "^").replace("backslash", "\\").replace("slash", "/")
        return shown.upper() if self.key else ""


LOCK: Final = Key(
    "app.lock_now",
    "ctrl+backslash",
    "L",
    "Lock",
    "Save everything and lock the screen, on whichever screen you are.",
    shown=False,
)
"""Everywhere in the program: no terminal and no editor takes this key for itself."""

MASK: Final = Key(
    "app.mask", "f12", "m", "Mask", "Hide every field that is not marked open, for sharing."
)
"""Everywhere in the program; off asks."""

MEETING_KEYS: Final[tuple[Key, ...]] = (
    Key("help", "f1", "h", "Help", "What this screen and this field are for, and every key."),
    Key(
        "jump",
        "f2",
        "j",
        "Jump",
        "Go to any item by its number or by typing a word of it.",
        shown=False,
    ),
    Key("back", "f3", "b", "Back", "The item before this one."),
    Key("next", "f4", "n", "Next", "The item after this one."),
    Key("note", "ctrl+n", "t", "Note", "One line to any item: LHA i A11: flat falls through."),
    Key(
        "decision",
        "f5",
        "d",
        "Decision",
        "A decision with its options, evidence, views and reason.",
    ),
    Key(
        "action",
        "f8",
        "a",
        "Action",
        "An action in one line: Police: DI Shah: visit by 12 Jan > R2.",
    ),
    Key("owed", "f9", "o", "Owed", "Everything still owed; Enter goes there."),
    Key("room", "ctrl+t", "r", "Room", "Who is in, late, left, sent a report; quorum."),
    Key("last", "ctrl+l", "l", "Last time", "What was said at this item last time.", shown=False),
    Key(
        "guide",
        "ctrl+g",
        "g",
        "Guide",
        "What belongs here, where that comes from, how sure we are.",
        shown=False,
    ),
    Key("close", "f10", "c", "Close", "What is owed before closing; then close."),
    MASK,
    LOCK,
    Key(
        "returned",
        "ctrl+r",
        "w",
        "Where I was",
        "Back to the item and field before this one.",
        shown=False,
    ),
    Key(
        "confirm_carried",
        "",
        "y",
        "Confirm carried",
        "Everything carried at this item is current.",
        shown=False,
    ),
    Key(
        "read_back",
        "",
        "k",
        "Read back",
        "Every decision, risk and action on one page, to be confirmed.",
        shown=False,
    ),
    Key(
        "restricted",
        "",
        "x",
        "Restricted part",
        "Begin or end a part that only some hear.",
        shown=False,
    ),
    Key("pause", "", "p", "Pause or go on", "Stop the clock, or start it again.", shown=False),
    Key(
        "finish_now",
        "",
        "f",
        "Finish now",
        "Time is gone: what must hold meanwhile, and when we go on.",
        shown=False,
    ),
    Key(
        "same_people",
        "",
        "i",
        "Same people",
        "Take the attendance list of another meeting of this sitting, to be confirmed.",
        shown=False,
    ),
    Key(
        "calls",
        "",
        "R",
        "Ring round",
        "Who can be reached for this meeting: one key for tried, reached, coming, not reached.",
        shown=False,
    ),
    Key(
        "returns",
        "",
        "B",
        "Returns",
        "What organisations were asked before the meeting, and what came back: read one in.",
        shown=False,
    ),
    Key(
        "afterwards",
        "",
        "A",
        "Owed afterwards",
        "What an emergency panel leaves owing: papers in writing, referral, category, review.",
        shown=False,
    ),
    Key(
        "next_case",
        "",
        "v",
        "Next case",
        "The next meeting of this sitting, once this one is paused or closed.",
        shown=False,
    ),
    Key(
        "other_meeting",
        "ctrl+o",
        "O",
        "Other meeting",
        "A meeting open beside this one, such as a linked case; what is typed here stays.",
        shown=False,
    ),
    Key(
        "earlier",
        "",
        "e",
        "Earlier words",
        "What stood in this field before; Enter puts it back.",
        shown=False,
    ),
    Key(
        "history",
        "",
        "E",
        "Field history",
        "Who changed this field or entry, when, each older text, and whether it is as journaled.",
        shown=False,
    ),
    Key(
        "timeline",
        "",
        "T",
        "Timeline",
        "Everything that happened in this case, one list: meetings, decisions, copies, openings.",
        shown=False,
    ),
    Key(
        "level_history",
        "",
        "S",
        "Level history",
        "Level, category and whereabouts of this case from day to day, and what became of it.",
        shown=False,
    ),
    Key(
        "withdrawn",
        "",
        "W",
        "Withdrawn",
        "Everything withdrawn here; Enter brings it back with a reason.",
        shown=False,
    ),
    Key("unplaced", "", "u", "Notes", "Every note, and where it belongs.", shown=False),
    Key(
        "documents",
        "",
        "s",
        "Documents",
        "Write a document; answer a request from outside.",
        shown=False,
    ),
    Key(
        "minutes_life",
        "",
        "z",
        "Life of minutes",
        "To the chair, comments, approval, issue, amendments, copies.",
        shown=False,
    ),
    Key(
        "hand_over",
        "",
        "H",
        "Hand over",
        "Who holds the pen; the meeting to another desk and back.",
        shown=False,
    ),
    Key(
        "leave",
        "",
        "q",
        "Leave",
        "Back to the home screen; the meeting stays as it is.",
        shown=False,
    ),
)
"""Everything the chair can do with a key."""


def bindings(keys: tuple[Key, ...]) -> list[Binding]:
    """Bindings for a screen; priority, so that a text area never swallows them."""
    return [
        Binding(
            key.key, key.id, key.label, id=key.id, tooltip=key.tooltip, priority=True, show=False
        )
        for key in keys
        if key.key
    ] + [Binding(LEADER, "leader", "Keys", id="leader", priority=True, show=False)]


def everywhere() -> list[Binding]:
    """Bindings of the program itself: on every screen, whatever is open."""
    return for_the_program((MASK, LOCK))


def for_the_program(keys: tuple[Key, ...]) -> list[Binding]:
    """The same for keys that the program has and no screen of its own."""
    return [
        Binding(
            key.key, key.id, key.label, id=f"{key.id}-everywhere", tooltip=key.tooltip,
            priority=True, show=False,
        )
        for key in keys
    ]  # fmt: skip


PRACTICE_KEYS: Final[tuple[Key, ...]] = (
    Key("practice_said", "f6", "n", "Who speaks next", "What the next person says at this item."),
    Key("practice_how", "f7", "d", "How am I doing", "Item by item: what the record shows, and what a reader would miss."),
)  # fmt: skip
"""What a key does in a practice, beside those of the screen that is practised on."""


def by_letter(keys: tuple[Key, ...], letter: str) -> Key | None:
    """The key reached by the leader and ``letter``."""
    return next((key for key in keys if key.letter == letter), None)


MINUTE_DESK: Final = Key(
    "minute_desk", "f8", "d", "Desk", "The minute taker's desk: what is due, what waits."
)
"""On the home screen: opens the queue of the minute taker."""

DRAFT_KEYS: Final[tuple[Key, ...]] = (
    Key("help", "f1", "h", "Help", "What this screen is for, and every key."),
    Key("sections", "f2", "j", "Sections", "To the list of sections, and back to the words."),
    Key("back", "f3", "b", "Back", "The section before this one."),
    Key("next", "f4", "n", "Next", "The section after this one."),
    Key("write_up", "f5", "p", "Note to prose", "The next note of this section, as a sentence to edit."),
    Key("phrase", "f8", "i", "Phrase", "Words from the phrase book of this item."),
    Key("gap", "ctrl+n", "f", "Next gap", "To the next ... that is to be filled in."),
    Key("side", "f9", "v", "Preview/flags", "Beside the words: the preview, the flags, what changed."),
    Key("flag", "ctrl+g", "g", "Next flag", "To the next words that are pointed out."),
    Key("column", "ctrl+l", "l", "Column", "On a narrow screen: sections, words, preview in turn.", shown=False),
    Key("revisions", "ctrl+r", "r", "Revisions", "Every revision of these words: compare any two, restore one."),
    Key("correct", "f10", "c", "Correct", "Correct a fact in the record, with a reason."),
    Key("notes", "ctrl+t", "u", "Notes", "Every note: place one, or let one wait again."),
    MASK,
    LOCK,
    Key("confirm_carried", "", "y", "Confirm carried", "These carried words are current.", shown=False),
    Key("documents", "", "s", "Documents", "Write the minutes, the action schedule or the agenda.", shown=False),
    Key("history", "", "e", "Field history", "Who changed these words, when, each older text, and whether it is as journaled.", shown=False),
    Key("timeline", "", "t", "Timeline", "Everything that happened in this case, one list.", shown=False),
    Key("leave", "", "q", "Leave", "Back to the queue; everything typed is saved.", shown=False),
)  # fmt: skip
"""Everything a minute taker can do with a key at the desk of one meeting."""

AUDITS: Final = Key(
    "audits",
    "f7",
    "a",
    "Audit",
    "The coordinator's audits: what is drawn, letters, the board's page.",
)
"""On the home screen: opens the queue of audits."""

AUDIT_KEYS: Final[tuple[Key, ...]] = (
    Key("help", "f1", "h", "Help", "What this screen is for, and every key."),
    Key("back", "f3", "b", "Before", "The question before this one."),
    Key("next", "f4", "n", "Next open", "The next question that nobody has answered."),
    Key("evidence", "f5", "e", "Evidence", "The minutes go to the next words this answer rests on."),
    Key("finding", "ctrl+g", "g", "Finding", "The next finding in the minutes, with what would put it right."),
    Key("comment", "ctrl+n", "c", "Comment", "A comment beside this question; Esc goes back to the form."),
    Key("whole", "f8", "w", "Whole", "What you say of the whole, beside no single question."),
    Key("column", "ctrl+l", "l", "Minutes", "On a narrow screen: the form, or the minutes.", shown=False),
    Key("letters", "", "s", "Letters", "Feedback to the chair and to the minute taker: read them, write them.", shown=False),
    Key("compare", "", "x", "Two auditors", "Another auditor's answers beside yours.", shown=False),
    Key("finish", "f10", "f", "Finish", "Finish the audit, or open it again."),
    MASK,
    LOCK,
    Key("leave", "", "q", "Leave", "Back to the queue; everything is stored as it is typed.", shown=False),
)  # fmt: skip
"""Everything an auditor or an observer can do with a key."""

STATISTICS: Final = Key(
    "statistics",
    "ctrl+t",
    "f",
    "Figures",
    "The annual report's tables, who is behind a figure, what is still missing.",
)
"""On the home screen: opens the statistics screen."""

REFERRALS: Final = Key(
    "referrals",
    "f4",
    "e",
    "Referrals",
    "Referrals: which wait for an answer; record one, screen one.",
)
"""On the home screen: opens the list of referrals."""

CHASING: Final = Key(
    "chasing",
    "ctrl+g",
    "g",
    "Chasing",
    "Actions across meetings: which are late, reminders, escalations, who misses meetings.",
)
"""On the home screen: opens the list of actions across meetings."""

BOARD: Final = Key(
    "board_meetings",
    "",
    "b",
    "Board meetings",
    "Meetings of the Strategic Management Board, and who came.",
)
"""On the home screen: opens the list of the board's meetings."""

PUT_OFF: Final = Key(
    "put_off", "f3", "c", "Cancel/postpone",
    "Cancel or postpone the meeting under the cursor, undo it; why an emergency panel was called.",
)  # fmt: skip
"""On the home screen: opens the day of the meeting under the cursor."""

WHO_HAS: Final = Key(
    "who_has_what", "", "W", "Who has what",
    "Which coordinator has which referral and case, what that comes to, and what nobody has.",
)  # fmt: skip
"""On the home screen: opens the list of who has what."""

ANALYSIS: Final = Key(
    "referral_analysis", "", "R", "Referrals counted",
    "Referrals answered: asked against given, days to the answer, levels that changed afterwards.",
)  # fmt: skip
"""On the home screen: opens the analysis of referrals."""

HOME_KEYS: Final[tuple[Key, ...]] = (
    Key("new", "f5", "n", "New", "A case, a review, an emergency panel, a sitting, a live case from its Word minutes, a referral."),
    Key("take_on", "", "i", "From Word minutes", "Take on a live case from its last Word minutes, whoever wrote them: line by line."),
    Key("sittings", "f6", "t", "Sittings", "Sittings: plan one, or change its order."),
    Key("planning_board", "", "y", "Planning", "What is wanted of the weeks to come, what there is, and a case listed."),
    Key("find_words", "slash", "k", "Find words", "Any word in everything that is kept, as you type it."),
    Key("find", "ctrl+o", "o", "Find meeting", "Any meeting in the list, by its reference, day, level or kind."),
    Key("emergency", "ctrl+e", "m", "Emergency", "An emergency panel in a minute: the case, why, who called it; then ring round."),
    PUT_OFF,
    REFERRALS,
    WHO_HAS,
    ANALYSIS,
    CHASING,
    BOARD,
    Key("documents", "ctrl+s", "s", "Documents", "Documents of the meeting under the cursor."),
    Key("minutes_life", "f9", "v", "Life of minutes", "Life of its minutes: approval, issue, copies."),
    MINUTE_DESK,
    AUDITS,
    STATISTICS,
    Key("hand_over", "", "p", "Hand over", "Who holds the pen: hand a meeting over, take it back."),
    Key("receive", "", "r", "Receive", "Receive a file from another desk."),
    Key("practice", "", "x", "Practice", "An invented meeting to practise on, in a record of its own; this one is closed first."),
    Key("timeline", "", "l", "Timeline", "Timeline of the case under the cursor: all that happened, who opened it."),
    Key("supplied", "", "u", "Supplied by", "What one organisation supplied, for its subject access requests."),
    Key("changes", "", "j", "Guidance, forms", "Changes of guidance and forms: each accepted, or the words before kept."),
    Key("red_line", "", "w", "Red line", "What to do where a red line says that the record is not as it was."),
    Key("help", "f1", "h", "Help", "What this screen is for, and every key."),
)  # fmt: skip
"""Everything that a key does on the home screen."""

FIND_KEYS: Final[tuple[Key, ...]] = (
    Key("help", "f1", "h", "Help", "What this screen is for, and every key."),
    Key("this_case", "f5", "c", "This case", "Look in the case under the cursor alone; again for all."),
    Key("newest", "f7", "b", "Newest", "Back to the newest places."),
    Key("older", "f8", "o", "Older", "Places that are older than those listed."),
    LOCK,
    Key("leave", "", "q", "Home", "Back to the home screen.", shown=False),
)  # fmt: skip
"""Everything that a key does where words are found."""

CHASING_KEYS: Final[tuple[Key, ...]] = (
    Key("help", "f1", "h", "Help", "What this screen is for, and every key."),
    Key("reminder", "f5", "r", "Reminder", "Reminders to the organisation of the action under the cursor."),
    Key("outcome", "f6", "o", "Outcome", "What became of the action, told between meetings."),
    Key("escalate", "f7", "e", "Escalate", "Somebody was told that the action is late."),
    Key("log", "f8", "g", "Log", "Every escalation, and what was answered."),
    Key("missing", "f9", "m", "Who misses meetings", "Organisations that miss meetings, what was done about it, points of contact."),
    Key("uploads", "ctrl+g", "u", "ViSOR/MAPPS", "What closed meetings leave to be entered there, and a sheet to type from."),
    Key("write", "ctrl+s", "s", "Write list", "The list as a workbook, Word or a file of values."),
    LOCK,
    Key("leave", "", "q", "Home", "Back to the home screen.", shown=False),
)  # fmt: skip
"""Everything that a key does at the actions across meetings."""

STATISTICS_KEYS: Final[tuple[Key, ...]] = (
    Key("help", "f1", "h", "Help", "What this screen is for, and every key."),
    Key("years", "f2", "y", "Years", "Choose among the report years that the record has."),
    Key("earlier_year", "f3", "b", "Before", "The report year before this one."),
    Key("later_year", "f4", "n", "After", "The report year after this one."),
    Key("missing", "f5", "p", "Missing", "What is still missing; enter a figure, confirm one, publish."),
    Key("histories", "f6", "e", "Histories", "Level, category and whereabouts of a case from day to day, and events."),
    Key("quarter", "f7", "r", "Quarter", "The board's figures of a quarter beside the three before it."),
    Key("from_meetings", "f9", "w", "From meetings", "Work histories out from meetings held before the record kept them."),
    MASK,
    LOCK,
    Key("leave", "", "q", "Home", "Back to the home screen.", shown=False),
)  # fmt: skip
"""Everything a coordinator can do with a key at the annual tables."""

QUARTER_KEYS: Final[tuple[Key, ...]] = (
    Key("help", "f1", "h", "Help", "What this screen is for, and every key."),
    Key("quarters", "f2", "y", "Quarters", "Choose among the quarters that the record has."),
    Key("earlier_quarter", "f3", "b", "Before", "The quarter before this one."),
    Key("later_quarter", "f4", "n", "After", "The quarter after this one."),
    Key("missing", "f5", "p", "By hand", "Figures of the quarter that are entered by hand; enter one, confirm one."),
    Key("report", "f6", "r", "Report", "The board's report, to read and to write as Word."),
    Key("outside", "f7", "o", "Outside", "The same to leave the area: small numbers withheld."),
    LOCK,
    Key("leave", "", "q", "Back", "Back to the annual tables.", shown=False),
)  # fmt: skip
"""Everything a coordinator can do with a key at the board's figures."""
