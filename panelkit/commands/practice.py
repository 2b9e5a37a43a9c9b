"""Practices: a list of scenarios, one opened in a record of its own, a sheet, and thrown away again."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit import paths
from panelkit.commands.printing import say, say_json
from panelkit.commands.scene import SceneClock, moment
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.practice import MARKING, REF, Figures, Learner, Scenario, totals
from panelkit.domain.vocabulary import MeetingRole
from panelkit.opened.practised import asked_as_data, asked_lines, summary_lines
from panelkit.packs.scenarios import as_data
from panelkit.services.practising import (
    Attempt,
    Practising,
    Shelf,
    must_be_role,
    open_practice,
)
from panelkit.wiring import Settings, area_of, choosing_of

if TYPE_CHECKING:
    from panelkit.services.desk import Desk
    from panelkit.store.record import Record

FOLDER: Final = "panelkit-practice"
"""Where documents of a practice go, beside wherever somebody works."""
A_MOMENT: Final = timedelta(seconds=1)
"""After the story has begun: what is written from then on is the learner's."""


def shelf_of(settings: Settings) -> Shelf:
    """The scenarios that ship and the area's own. Nothing of a record is opened."""
    area, agenda = area_of(settings)
    folders = [paths.shipped("practice_scenarios")]
    if area.practice_folder:
        folders.append(Path(area.practice_folder))
    return Shelf(
        dataclasses.replace(area, marking=MARKING), agenda, paths.practice_folder(), folders,
        paths.shipped("sample_meetings"),
    )  # fmt: skip


# -- one attempt ---------------------------------------------------------------------------


def open_attempt(settings: Settings, shelf: Shelf, scenario: Scenario, *, again: bool) -> Desk:
    """The last attempt where it was left; a new one where there is none, or with ``again``.

    Raises Refused where what lies in the folder is no practice, NotSaved.
    """
    made = shelf.attempts(scenario.id)
    if again or not made:
        attempt = shelf.next_attempt(scenario.id)
        _make(settings, shelf, scenario, attempt)
    else:
        attempt = made[-1]
    return _desk(settings, shelf, scenario, attempt)


def _make(settings: Settings, shelf: Shelf, scenario: Scenario, attempt: Attempt) -> None:
    """A new practice: whole, with its mark, before it has its name."""
    from panelkit.store.arriving import arriving
    from panelkit.store.keys import Opened
    from panelkit.store.record import Record

    with arriving(attempt.path) as part:
        record = Record.open(part, opened=Opened(practice=True), create=True)
        try:
            record.mark_as_practice(scenario.id, By(scenario.you, _begins(scenario)))
            clock = SceneClock(pace=0.0)
            clock.set(_begins(scenario))
            _lay_out(_over(settings, shelf, scenario, attempt, record, clock), scenario)
        finally:
            record.close()


def _lay_out(desk: Desk, scenario: Scenario) -> None:
    ref, _new = desk.caseload.take_in(scenario.meetings)
    if scenario.role is Learner.MINUTE_TAKER:
        meeting = desk.caseload.find(ref)
        chair = meeting.role(MeetingRole.CHAIR)
        desk.acting_as(chair.name if chair else desk.who).chairing.close(meeting)


def _begins(scenario: Scenario) -> datetime:
    return moment(scenario.day, scenario.at)


def _desk(settings: Settings, shelf: Shelf, scenario: Scenario, attempt: Attempt) -> Desk:
    record = open_practice(attempt.path)
    try:
        if record.practised != scenario.id:
            msg = f"{attempt.path} is a practice of {record.practised}, and not of {scenario.id}."
            raise Refused(msg, remedy="It was left as it is. Give it back the name it had.")
        clock = SceneClock()
        clock.set(max(record.last_written() or _begins(scenario), _begins(scenario)) + A_MOMENT)
        return _over(
            settings, shelf, scenario, attempt, record, clock, before=shelf.ended(scenario.id, attempt.number),
        )  # fmt: skip
    except BaseException:
        record.close()
        raise


def _over(
    settings: Settings, shelf: Shelf, scenario: Scenario, attempt: Attempt, record: Record,
    clock: SceneClock, before: Sequence[tuple[int, Figures]] = (),
) -> Desk:  # fmt: skip
    """Whoever the story says, at a desk over a practice: no copies are made, nothing is remembered."""
    from panelkit.services.desk import Desk, services_of

    choosing = choosing_of(settings, record)
    return Desk(
        **services_of(
            record, shelf.area, shelf.agenda, clock, scenario.you, paths.shipped("templates"),
            settings.own_templates,
        ),
        area=shelf.area, clock=clock, who=scenario.you, encrypted=False, demo=True,
        documents=Path(FOLDER).absolute(),
        practice=Practising(
            record, shelf.area, scenario, clock, choosing, number=attempt.number,
            begun=_begins(scenario), before=before,
        ),
    )  # fmt: skip


def practised(desk: Desk) -> Meeting:
    """The meeting that is practised: the last one of the case."""
    found = desk.caseload.latest(REF)
    if found is None:
        raise NotFound(f"There is no meeting in {desk.caseload.record.path}.")
    return found


# -- commands ------------------------------------------------------------------------------


def practise(settings: Settings, called: str, role: str, *, plain: bool, again: bool) -> int:
    """Open a scenario on screen or line by line; without a name, the list of them on screen."""
    from panelkit.commands.screens import has_terminal

    shelf = shelf_of(settings)
    scenario = _chosen(shelf, called, role, needed=plain or again)
    if plain and scenario is not None:
        return _by_lines(open_attempt(settings, shelf, scenario, again=again))
    if not has_terminal():
        raise Refused(
            "This needs a terminal.",
            remedy="panelkit practice SCENARIO --plain takes lines; --list prints what there is.",
        )
    return _on_screen(settings, shelf, scenario, role, again=again)


def _chosen(shelf: Shelf, called: str, role: str, *, needed: bool) -> Scenario | None:
    if called:
        scenario = shelf.scenario(called)
        must_be_role(scenario, role)
        return scenario
    if not needed:
        return None
    if role:
        found, _unread = shelf.heads()
        head = next((one for one in found if str(one.role) == role), None)
        if head is None:
            msg = f"There is no scenario for a {Learner(role).label.lower()}."
            raise NotFound(msg, remedy="panelkit practice --list prints what there is.")
        return shelf.scenario(head.id)
    msg = "Say which scenario, or --as chair or --as minute-taker."
    raise BadInput(msg, remedy="panelkit practice --list prints them.")


def _on_screen(
    settings: Settings, shelf: Shelf, scenario: Scenario | None, role: str, *, again: bool
) -> int:
    from panelkit.tui.terminal import harden_process, scrub_environment

    scrub_environment()
    harden_process()
    from panelkit.tui.practising import PracticeApp

    def opens(called: str, anew: bool) -> Desk:  # noqa: FBT001 - as it is chosen
        return open_attempt(settings, shelf, shelf.scenario(called), again=anew)

    app = PracticeApp(
        shelf, opens, role=role, first=scenario, again=again, crash_folder=paths.log_folder(),
        settings_file=paths.settings_file(),
    )  # fmt: skip
    app.run()
    if app.desk is not None:
        app.desk.caseload.record.close()
    return app.return_code or 0


def _by_lines(desk: Desk) -> int:
    from panelkit.commands.plain import lead

    try:
        code = lead(desk, practised(desk).ref)
        if not code:
            for line in summary_lines(_practice(desk).ask(practised(desk))):
                say(line)
            say(f"panelkit practice {_practice(desk).scenario.id} --feedback says it item by item.")
    finally:
        desk.caseload.record.close()
    return code


def listing(settings: Settings, role: str, *, as_json: bool) -> int:
    """Every scenario, and the attempts that were made of it here."""
    shelf = shelf_of(settings)
    found, unread = shelf.scenarios()
    rows = []
    for one in found:
        if role and str(one.role) != role:
            continue
        rows.append((one, shelf.ended(one.id)))
    if as_json:
        say_json(
            {
                "scenarios": [
                    {
                        **as_data(one),
                        "attempts": [
                            {"number": number, "told": totals(figures) if figures else ""}
                            for number, figures in attempts
                        ],
                    }
                    for one, attempts in rows
                ],
                "not_read": [{"id": one.id, "why": one.why} for one in unread],
            }
        )
        return 1 if unread else 0
    for one, attempts in rows:
        say(f"{one.id:<12} {one.title}   as {one.role.label}, about {one.minutes} minutes")
        say(f"             {one.story}")
        for number, figures in attempts:
            say(f"             attempt {number}: {totals(figures) if figures else 'not asked yet'}")
    for wrong in unread:
        say(f"{wrong.id:<12} cannot be used: {wrong.why}")
    return 1 if unread else 0


def throw_away(settings: Settings, called: str) -> int:
    """Every attempt of a scenario is gone; documents that were written of it stay where they are."""
    if not called:
        raise BadInput(
            "Say which practice is thrown away.", remedy="panelkit practice SCENARIO --throw-away."
        )
    count = shelf_of(settings).throw_away(called.strip().casefold())
    say(f"{called}: {count} attempt{'' if count == 1 else 's'} thrown away.")
    return 0


def check(settings: Settings, file: Path) -> int:
    """Whether a scenario's file can be used. Raises BadInput, with the place."""
    shelf = shelf_of(settings)
    scenario = shelf.read(file)
    say(
        f"{scenario.id}: good. {scenario.title}, as {scenario.role.label}: {len(scenario.lines)} lines "
        f"said, {len(scenario.looks_for)} things looked for."
    )
    return 0


def how_am_i_doing(settings: Settings, called: str, out: Path | None, *, as_json: bool) -> int:
    """What the record of the last attempt shows, item by item; with ``out`` as a sheet in Word."""
    shelf = shelf_of(settings)
    if not called:
        raise BadInput("Say which practice.", remedy="panelkit practice SCENARIO --feedback.")
    scenario = shelf.scenario(called)
    made = shelf.attempts(scenario.id)
    if not made:
        raise NotFound(
            f"{scenario.id} was not practised yet.", remedy=f"panelkit practice {scenario.id}."
        )
    desk = _desk(settings, shelf, scenario, made[-1])
    try:
        meeting = practised(desk)
        if out is not None:
            written = _practice(desk).write(meeting, out)
            say(f"{written.path} {written.note}".rstrip())
            return 0
        asked = _practice(desk).ask(meeting)
        if as_json:
            return say_json(asked_as_data(scenario, made[-1].number, asked))
        for line in asked_lines(asked):
            say(line)
    finally:
        desk.caseload.record.close()
    return 0


def _practice(desk: Desk) -> Practising:
    if desk.practice is None:
        raise Refused("This is no practice.")
    return desk.practice
