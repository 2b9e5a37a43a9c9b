"""Referrals: received, screened, linked, listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelkit.commands.codes import must_be_day, term_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.domain.referrals import Claimed, Referral, Screened, ScreenedBecause
from panelkit.domain.screening import (
    TESTS,
    Answers,
    Check,
    EligibleBy,
    Found,
    answer_of,
    printed,
)
from panelkit.domain.vocabulary import AgeGroup, AgencyType, Category, Level
from panelkit.services.referral_words import file_lines
from panelkit.wiring import Settings, desk_in_use, record_in_use, who_works

if TYPE_CHECKING:
    from panelkit.documents.files import Written
    from panelkit.services.referrals import Referrals


@contextmanager
def _referrals(settings: Settings) -> Iterator[Referrals]:
    from panelkit.services.referrals import Referrals

    with record_in_use(settings) as record:
        yield Referrals(record, settings.clock, who_works(settings, record))


def add(
    settings: Settings, *, day: str, organisation: str, agency: str, level: str, category: str = "",
    eligible: str = "", age: str = "", tests: Sequence[str] = (), about: str = "",
) -> int:  # fmt: skip
    """A new referral; its reference is said."""
    on = must_be_day(day, "--on")
    of, asked = term_of(AgencyType, agency, "agency"), term_of(Level, level, "level")
    claimed = Claimed(
        term_of(Category, category, "category") if category else None,
        term_of(EligibleBy, eligible, "eligibility") if eligible else None,
        term_of(AgeGroup, age, "age") if age else None, _answers(tests, TESTS),
    )  # fmt: skip
    with _referrals(settings) as verbs:
        made = verbs.receive(on, organisation, of, asked, claimed=claimed, about=about)
    say(f"{made.ref}: {made.organisation} asks for {made.level_asked.label}.")
    say("No name is kept with it. What was decided: panelkit referral decide.")
    return 0


def _answers(tests: Sequence[str], among: Sequence[Check]) -> dict[Check, str]:
    """``high_risk=no: the plan holds``, each as its test. Raises BadInput."""
    found: dict[Check, str] = {}
    for one in tests:
        name, is_said, answer = one.partition("=")
        check = next((each for each in among if str(each) == name.strip().casefold()), None)
        if check is None or not is_said:
            remedy = f"Such as {among[0]}=yes, of {', '.join(among)}."
            raise BadInput("There is no such test.", remedy=remedy)
        said, _, words = answer.partition(":")
        found[check] = answer_of(term_of(Found, said, "answer"), words.strip())
    return found


def decide(
    settings: Settings, ref: str, decision: str, *, because: str, day: str, level: str, words: str,
    tests: Sequence[str] = (),
) -> int:  # fmt: skip
    """What was decided of it, and how it stands against the tests."""
    what = term_of(Screened, decision, "decision")
    why, on = term_of(ScreenedBecause, because, "reason"), must_be_day(day, "--on")
    given = term_of(Level, level, "level") if level else None
    with _referrals(settings) as verbs:
        done = verbs.decide(
            ref, what, why, on, level=given, words=words, answers=_answers(tests, tuple(Check))
        )
        return _said(verbs, done)


def undo(settings: Settings, ref: str, *, because: str) -> int:
    """The last decision taken back."""
    with _referrals(settings) as verbs:
        return _said(verbs, verbs.undo(ref, because))


def case(settings: Settings, ref: str, case_ref: str) -> int:
    """The case that came of it, or none after all."""
    with _referrals(settings) as verbs:
        return _said(verbs, verbs.led_to(ref, case_ref))


def withdraw(settings: Settings, ref: str, *, because: str) -> int:
    """One that never came."""
    with _referrals(settings) as verbs:
        return _said(verbs, verbs.withdraw(ref, because))


def clear(settings: Settings, ref: str) -> int:
    """Its words emptied."""
    with _referrals(settings) as verbs:
        return _said(verbs, verbs.without_words(ref))


def _said(verbs: Referrals, referral: Referral) -> int:
    _say_one(referral, verbs.case_refs([referral]))
    return 0


def every(settings: Settings, *, waiting: bool, as_json: bool) -> int:
    """All of them, or those that wait for an answer."""
    with _referrals(settings) as verbs:
        found: Sequence[Referral] = verbs.every()
        if waiting:
            found = [one for one in found if one.waits]
        refs = verbs.case_refs(found)
    if as_json:
        return say_json({"referrals": [_data(one, refs) for one in found]})
    for one in found:
        _say_one(one, refs)
    if not found:
        say("No referral is recorded." if not waiting else "No referral waits for an answer.")
    return 0


def _data(one: Referral, refs: dict[str, str]) -> dict[str, Any]:
    return {
        "ref": one.ref, "received_on": one.received_on.isoformat(), "organisation": one.organisation,
        "agency": str(one.agency), "level_asked": str(one.level_asked), "state": one.state,
        "category": str(one.category or ""), "eligible_by": str(one.eligible_by or ""),
        "age": str(one.age or ""), "claimed": _tests(one.answers),
        "case": refs.get(one.case_id, ""), "withdrawn": one.withdrawn,
        "screening": [
            {
                "decision": str(each.decision), "because": str(each.because),
                "decided_on": each.decided_on.isoformat(), "level_given": str(each.level_given or ""),
                "words": each.words, "tests": _tests(each.answers), "withdrawn": each.withdrawn,
            }
            for each in one.screening
        ],
    }  # fmt: skip


def _tests(answers: Answers) -> dict[str, str]:
    return {str(check): answer for check, answer in answers.items()}


def _say_one(one: Referral, refs: dict[str, str]) -> None:
    led = f", led to {refs[one.case_id]}" if one.case_id in refs else ""
    say(
        f"{one.ref}  {long_date(one.received_on)}  {one.organisation} ({one.agency.label}) asks for "
        f"{one.level_asked.label}: {one.state}{led}"
    )
    claims = [each.label for each in (one.category, one.eligible_by, one.age) if each]
    if claims:
        say(f"        The referrer says: {'; '.join(claims)}")
    _say_tests(one.answers)
    for each in one.screening:
        level = f" at {each.level_given.label}" if each.level_given else ""
        more = [each.words, f"Taken back: {each.withdrawn}" if each.withdrawn else ""]
        tail = "".join(f". {part}" for part in more if part)
        say(
            f"        {long_date(each.decided_on)}  {each.decision.label}{level}: "
            f"{each.because.label}{tail}"
        )
        _say_tests(each.answers)


def _say_tests(answers: Answers) -> None:
    for check, answer in answers.items():
        say(f"            {check.label}: {printed(answer)}")


# -- files --------------------------------------------------------------------------------------


def form(settings: Settings, output: Path, *, csv: bool) -> int:
    """The form to be filled in, or the headings of a table."""
    with desk_in_use(settings) as desk:
        if csv:
            from panelkit.documents.files import write_file

            written = write_file(output, f"{desk.referral_forms.headings()}\n".encode())
        else:
            written = desk.referral_forms.blank(output)
    return _written(written)


def read(settings: Settings, file: Path, *, day: str, keep: bool) -> int:
    """What a file says, kept where that is asked for; 1 where something in it is wrong."""
    on = must_be_day(day, "--on") if day else None
    with desk_in_use(settings) as desk:
        found = desk.referral_forms.read(file, on)
        for line in file_lines(found):
            say(line)
        made = desk.referral_forms.take_in(found) if keep and found.is_whole else ()
    if made:
        say(f"Kept: {', '.join(one.ref for one in made)}.")
        return 0
    if not found.is_whole:
        say("Nothing is kept. Correct what is wrong, and read it again.")
        return 1
    say("Nothing is kept yet. With --keep it is.")
    return 0


def letter(settings: Settings, ref: str, output: Path) -> int:
    """The answer in Word."""
    with desk_in_use(settings) as desk:
        written = desk.referral_forms.letter(ref, output)
    _written(written)
    say("Nothing is sent by panelkit: look at it, and send it by your secure route.")
    return 0


def _written(written: Written) -> int:
    if written.note:
        say(written.note)
    say(str(written.path))
    return 0
