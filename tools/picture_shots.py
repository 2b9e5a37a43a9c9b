"""Every picture of a screen: which record, what opens it, and which kind of screen it shows.

A test walks this list against the screens that the program has: a new one needs a line here and
a page in ``docs/screens`` with its picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from picture_desk_planned import planning
from picture_desk_returns import offered, returns
from picture_openers import (
    Stage,
    after_fault,
    answer_form,
    attest,
    conflict,
    curtain,
    draft,
    forms,
    home,
    listing_of,
    lock,
    masked,
    own_part,
    paper,
    receive,
    redaction,
    request,
    requests,
    revisions,
    sitting,
    take_back,
    two_texts,
    words_form,
)  # fmt: skip
from picture_openers_allocated import allocation
from picture_openers_chased import (
    calls,
    chasing,
    emergency,
    find,
    find_meeting,
    not_reached,
    waiting,
)
from picture_openers_guidance import guidance
from picture_openers_office import (
    annual,
    behind,
    behind_quarter,
    board,
    figure,
    history,
    quarter,
    referral,
)  # fmt: skip
from picture_openers_practice import practice
from picture_openers_taking_on import taking_on


@dataclass(frozen=True)
class Shot:
    """One picture."""

    name: str
    """Of its file, and of the page ``docs/screens/NAME.md`` unless ``page`` says another."""
    screen: str
    """The class of the screen that is on top."""
    desk: str
    """Which record: a name of ``make_pictures.MADE``."""
    opens: Callable[[Stage], Any] | None = None
    """Opens it over the first screen; None where the keys do."""
    keys: tuple[str, ...] = ()
    """Pressed after that."""
    page: str = ""
    """The page it belongs to, where that shows more than one."""

    alone: bool = False
    """Whether the program begins with it, nothing behind."""

    @property
    def on(self) -> str:
        """The page it is on."""
        return self.page or self.name


SHOTS: tuple[Shot, ...] = (
    # The meeting
    Shot("risk", "MeetingScreen", "scene", None, ("f2", "A", "1", "0", "enter"), "meeting"),
    Shot("round_table", "MeetingScreen", "scene", None, ("f2", "A", "7", "enter"), "meeting"),
    Shot("owed", "Listing", "scene", None, ("f9",), "lists"),
    Shot("action", "OneLine", "scene", None, ("f8",), "one_line"),
    Shot("decision", "DecisionForm", "scene", None, ("f2", "A", "1", "5", "enter", "f5")),
    Shot("entry", "EntryForm", "scene", forms("entry")),
    Shot("room", "RoomScreen", "scene", None, ("ctrl+t",)),
    Shot("help", "Page", "scene", None, ("f1",), "words_to_read"),
    Shot("leader", "Leader", "scene", None, ("ctrl+f",)),
    Shot("documents", "DocumentsScreen", "scene", None, ("ctrl+f", "s")),
    Shot("finish", "FinishNow", "scene", None, ("ctrl+f", "f")),
    Shot("conflict", "ConflictScreen", "scene", conflict),
    Shot("masked", "MeetingScreen", "scene", masked, (), "mask"),
    Shot("curtain", "Curtain", "scene", curtain, (), "mask"),
    Shot("lock", "LockScreen", "scene", lock),
    Shot("timeline", "TimelineList", "scene", None, ("ctrl+f", "T")),
    # Between desks
    Shot("hand_over", "HandOverScreen", "scene", None, ("ctrl+f", "H"), "hand_over"),
    Shot("hand_over_form", "HandOverForm", "scene", forms("hand over"), (), "hand_over"),
    Shot("receive", "ReceiveForm", "scene", receive, (), "hand_over"),
    Shot("two_texts", "TwoTexts", "scene", two_texts, (), "hand_over"),
    # Home and the beginning
    Shot("home", "HomeScreen", "scene", home),
    Shot("new_case", "NewCase", "scene", forms("case"), (), "new"),
    Shot("new_meeting", "NewMeeting", "scene", forms("meeting"), (), "new"),
    Shot("sitting_form", "SittingForm", "scene", forms("sitting"), (), "sitting"),
    Shot("sitting", "SittingScreen", "scene", sitting),
    Shot("first_start", "FirstStart", "scene", listing_of("first start"), alone=True),
    Shot("after_fault", "AfterFault", "scene", after_fault, alone=True),
    Shot("plain_list", "PlainMeetings", "scene", listing_of("plain"), (), "after_fault", alone=True),
    Shot("idle_times", "IdleTimes", "scene", listing_of("idle")),
    Shot("own_part", "OwnPart", "scene", own_part, alone=True),
    # The minute taker's desk
    Shot("queue", "MinuteQueue", "filled", draft("queue")),
    Shot("draft", "DraftScreen", "filled", draft(at="plan")),
    Shot(
        "flags", "DraftScreen", "filled", draft(of="HM-0188-3", at="diversity"), ("f9", "ctrl+g"),
        "draft",
    ),
    Shot("phrases", "Listing", "filled", draft(at="victims"), ("f8",), "lists"),
    Shot("correct", "AnswerForm", "filled", answer_form),
    Shot("revisions", "Revisions", "filled", revisions),
    Shot("take_back", "TakeBackScreen", "filled", take_back),
    Shot("minutes_life", "MinutesLifeScreen", "office", draft("life", of="HM-0212-1")),
    Shot("words_form", "WordsForm", "filled", words_form, (), "minutes_life"),
    Shot("approve", "Attest", "filled", attest, (), "minutes_life"),
    Shot("requests", "RequestsScreen", "office", requests),
    Shot("request", "RequestForm", "office", request, (), "requests"),
    Shot("redaction", "RedactionCheck", "office", redaction),
    # The coordinator
    Shot(
        "audit", "AuditScreen", "held", None,
        ("f7", "ctrl+o", *"HM-0188-3", "enter", "enter", *["down"] * 5, *["ctrl+g"] * 2),
    ),
    Shot("audits", "AuditQueue", "office", draft("audits")),
    Shot("key_figures", "FiguresScreen", "office", draft("figures")),
    Shot("letter", "Paper", "held", paper),
    Shot("referrals", "ReferralList", "office", referral("list")),
    Shot("referral", "ReferralForm", "office", referral("new"), (), "referrals"),
    Shot("referral_file", "FileForm", "office", referral("file"), (), "referrals"),
    Shot("referral_read", "ReadIn", "office", referral("read"), (), "referrals"),
    Shot("screening", "ScreenForm", "office", referral("screen"), (), "referrals"),
    Shot("led_to", "LedToForm", "office", referral("case"), (), "referrals"),
    Shot("who_has_what", "WhoHasWhat", "allocated", allocation("loads")),
    Shot("another_name", "NameForm", "allocated", allocation("name"), (), "who_has_what"),
    Shot("referrals_counted", "AnalysisScreen", "allocated", allocation("analysis")),
    Shot("put_off", "PutOffDays", "office", referral("days")),
    Shot("postpone", "PutOffForm", "office", referral("postpone"), (), "put_off"),
    Shot("cause", "CauseForm", "office", referral("cause"), (), "put_off"),
    Shot("because", "Because", "office", referral("because")),
    Shot("board", "BoardList", "office", board("list")),
    Shot("board_attendance", "AttendanceForm", "office", board("form"), (), "board"),
    # Figures
    Shot("annual_tables", "StatisticsScreen", "office", annual),
    Shot("behind_a_figure", "BehindScreen", "office", behind),
    Shot("missing_figures", "MissingScreen", "office", figure("missing")),
    Shot("enter_figure", "EnterFigure", "office", figure("enter"), (), "missing_figures"),
    Shot("quarter", "QuarterScreen", "office", quarter),
    Shot("behind_the_quarter", "BehindQuarterScreen", "office", behind_quarter, (), "quarter"),
    Shot("case_history", "HistoryScreen", "office", history("list")),
    Shot("history_add", "AddSpan", "office", history("add"), (), "case_history"),
    Shot("history_correct", "CorrectSpan", "office", history("correct"), (), "case_history"),
    Shot("history_leave", "LeaveForm", "office", history("leave"), (), "case_history"),
    Shot("history_event", "AddEvent", "office", history("event"), (), "case_history"),
    Shot("history_withdraw", "WithdrawForm", "office", history("withdraw"), (), "case_history"),
    # Looked for, chased
    Shot("find", "FindScreen", "chased", find),
    Shot("find_meeting", "FindMeeting", "chased", find_meeting, (), "find"),
    Shot("chasing", "ChasingScreen", "chased", chasing("list")),
    Shot("outcome", "OutcomeForm", "chased", chasing("outcome"), (), "chasing"),
    Shot("list_as_file", "ListForm", "chased", chasing("file"), (), "chasing"),
    Shot("escalations", "EscalationLog", "chased", chasing("log")),
    Shot("escalate", "EscalateForm", "chased", chasing("escalate"), (), "escalations"),
    Shot("escalation_answer", "AnswerForm", "chased", chasing("answer"), (), "escalations"),
    Shot("misses", "MissingList", "chased", chasing("missing")),
    Shot("contact", "SpocForm", "chased", chasing("contact"), (), "misses"),
    Shot("reminders", "ReminderList", "chased", chasing("reminders")),
    Shot("reminder_sent", "SentForm", "chased", chasing("sent"), (), "reminders"),
    Shot("nothing_to_report", "NilForm", "chased", chasing("nil"), (), "reminders"),
    Shot("workbook_back", "BackForm", "chased", chasing("back"), (), "reminders"),
    Shot("uploads", "UploadList", "chased", chasing("uploads")),
    Shot("upload_entered", "EnteredForm", "chased", chasing("entered"), (), "uploads"),
    # Guidance and forms
    Shot("changes", "ChangesScreen", "office", guidance("walk")),
    Shot("changes_decided", "DecidedList", "office", guidance("decided"), (), "changes"),
    # Emergency panels
    Shot("minutes_file", "MinutesFile", "day_one", taking_on("file"), (), "taking_on"),
    Shot("taking_on", "TakingOnScreen", "day_one", taking_on("lines")),
    Shot("correct_line", "LineForm", "day_one", taking_on("one"), (), "taking_on"),
    Shot("practice", "PracticeList", "chased", practice("list")),
    Shot("practice_told", "PracticeTold", "chased", practice("told"), (), "practice"),
    Shot("emergency", "EmergencyForm", "chased", emergency("form")),
    Shot("ring_round", "CallsScreen", "chased", calls, (), "emergency"),
    Shot("call_note", "CallNote", "chased", emergency("note"), (), "emergency"),
    Shot("owed_afterwards", "OwedAfterwards", "chased", emergency("owed"), (), "emergency"),
    Shot("settle", "SettleForm", "chased", emergency("settle"), (), "emergency"),
    # Planning
    Shot("planning", "PlanningBoard", "planned", planning("board")),
    Shot("sitting_papers", "SittingPapersScreen", "planned", planning("papers")),
    Shot("joining", "JoiningForm", "planned", planning("join"), (), "sitting_papers"),
    Shot("sent_out", "SentOutForm", "planned", planning("sent"), (), "sitting_papers"),
    # Returns before a meeting
    Shot("returns", "ReturnList", "returned", returns("list")),
    Shot("return_back", "ReturnFileForm", "returned", returns("file"), (), "returns"),
    Shot("return_says", "ReturnWords", "returned", returns("says"), (), "returns"),
    Shot("return_nil", "NilReturnForm", "returned", returns("nil"), (), "returns"),
    Shot("return_offered", "MeetingScreen", "returned", offered, ("f2", "A", "1", "0", "enter"), "returns"),
    # Where a server does not answer
    Shot("waiting", "Waiting", "chased", waiting),
    Shot("not_reached", "NotReached", "chased", not_reached, (), "waiting"),
)  # fmt: skip
"""In the order of the manual."""
