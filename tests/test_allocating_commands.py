"""Who has what, and the analysis of referrals, as another program would use them. All invented."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain.errors import BadInput, PanelkitError
from panelkit.domain.referrals import Screened, ScreenedBecause
from panelkit.domain.spans import SpanKind
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.services.desk import Desk
from tests.desk import fresh_meeting, make_desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Four referrals of spring: accepted and raised later, rejected, referred again, waiting."""
    desk = make_desk(tmp_path, who="Dana Pryce")
    fresh_meeting(desk, "HM-0901")
    verbs = desk.referrals
    for day in (1, 5, 6, 7):
        verbs.receive(date(2026, 5, day), "Harrowmere Police", AgencyType.POL, Level.THREE)
    verbs.decide(
        "R-1",
        Screened.ANOTHER_LEVEL,
        ScreenedBecause.LOWER_ENOUGH,
        date(2026, 5, 8),
        level=Level.TWO,
    )
    verbs.led_to("R-1", "HM-0901")
    desk.histories.begin("HM-0901", SpanKind.LEVEL, "2", date(2026, 5, 20), because="b")
    desk.histories.begin("HM-0901", SpanKind.LEVEL, "3", date(2026, 7, 1), because="b")
    verbs.decide("R-2", Screened.REJECTED, ScreenedBecause.NO_PLAN, date(2026, 5, 18))
    verbs.decide(
        "R-3", Screened.ACCEPTED, ScreenedBecause.SENIOR, date(2026, 6, 1), level=Level.THREE
    )
    for name, said in {
        "PANELKIT_DB": tmp_path / "record.db", "PANELKIT_AS": "Dana Pryce",
        "XDG_STATE_HOME": tmp_path / "s", "XDG_CONFIG_HOME": tmp_path / "c",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, str(said))
    return desk


def run(*argv: str) -> str:
    result = CliRunner().invoke(cli.app, list(argv))
    if isinstance(result.exception, PanelkitError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def rows(figure: str, *argv: str) -> dict[str, dict[str, object]]:
    period = argv or ("--quarter", "2026-27-Q1")
    said = json.loads(run("referral", "analysis", "--json", *period))
    (one,) = [each for each in said["figures"] if each["id"] == figure]
    return {row["row"]: row for row in one["rows"]}


def test_allocated_from_one_to_another_and_back_to_nobody(desk: Desk) -> None:
    assert run("allocate", "R-4", "Joan Quill") == "R-0004 went to Joan Quill.\n"
    with pytest.raises(BadInput, match="say why"):
        run("allocate", "r-0004", "Gail Postern")
    said = run("allocate", "r-0004", "Gail Postern", "--because", "Joan is away")
    assert said == "R-0004 went from Joan Quill to Gail Postern.\n"
    assert run("allocate", "HM-0901", "Joan Quill") == "HM-0901 went to Joan Quill.\n"
    told = json.loads(run("allocated", "4", "--json"))
    assert (told["ref"], told["with"]) == ("R-0004", "Gail Postern")
    assert [(s["from"], s["to"], s["by"], s["because"]) for s in told["steps"]] == [
        ("", "Joan Quill", "Dana Pryce", ""),
        ("Joan Quill", "Gail Postern", "Dana Pryce", "Joan is away"),
    ]
    assert "from Joan Quill to Gail Postern, by Dana Pryce: Joan is away" in run("allocated", "R-4")
    run("allocate", "R-4", "--nobody", "--because", "Gail left")
    assert run("allocated", "R-4").startswith("R-0004 is with nobody.\n")
    for argv in (["allocate", "R-4"], ["allocate", "R-4", "Joan Quill", "--nobody"]):
        with pytest.raises(BadInput, match="or --nobody"):
            run(*argv)


def test_loads_by_name_after_what_nobody_has(desk: Desk) -> None:
    run("allocate", "HM-0901", "Joan Quill")
    said = json.loads(run("load", "--json"))
    assert [one["name"] for one in said["loads"]] == ["", "Dana Pryce", "Joan Quill"]
    nobody, dana, joan = said["loads"]
    assert (nobody["referrals"], nobody["answers_overdue"], dana["works"]) == (1, 1, [])
    assert (joan["level_3"], [one["ref"] for one in joan["works"]]) == (1, ["HM-0901"])
    assert said["meetings_weeks"] == 4
    assert "R-0004" in run("load", "nobody")
    assert "HM-0901" in run("load", "joan quill")
    assert "R-0004" not in run("load", "joan quill")
    with pytest.raises(PanelkitError, match="Nobody called Zoe"):
        run("load", "Zoe")


def test_the_analysis_names_the_referrals_behind_each_line(desk: Desk) -> None:
    given = rows("RA-GIVEN")
    assert given["Level 3 asked, Level 2 given"]["referrals"] == ["R-0001"]
    assert given["Level 3 asked, Rejected"]["referrals"] == ["R-0002"]
    assert rows("RA-AFTER")["Raised to another level"]["referrals"] == ["R-0001"]
    assert rows("RA-AFTER")["Cannot be followed"]["referrals"] == ["R-0003"]
    assert rows("RA-AGAIN")["Cannot be followed"]["referrals"] == ["R-0002"]
    said = run("referral", "again", "R-3", "R-2")
    assert said == "R-0003 is about the same individual as R-0002.\n"
    assert rows("RA-AGAIN")["Accepted on a later referral"]["referrals"] == ["R-0002"]
    assert "as far as the record says" in run("referral", "again", "R-3")
    assert rows("RA-AGAIN")["Cannot be followed"]["referrals"] == ["R-0002"]
    text = run("referral", "analysis", "--refs", "--quarter", "2026-27-Q1")
    assert "Level 3 asked, Rejected: R-0002" in text
    assert "Raised to another level" in text


def test_which_days_are_counted(desk: Desk) -> None:
    assert rows("RA-GIVEN", "--quarter", "2026-27-Q1")["Total"]["value"] == 3
    assert rows("RA-GIVEN", "--quarter", "2026-27-Q2")["Total"]["value"] == 0
    assert rows("RA-GIVEN", "--from", "2026-05-18", "--to", "2026-05-31")["Total"]["value"] == 1
    for argv, said in (
        (["--quarter", "2026-27-Q1", "--from", "2026-05-01"], "not both"),
        (["--from", "2099-06-01"], "is before"), (["--quarter", "2026"], "not a quarter"),
        (["--json", "--csv"], "Say --json or --csv"), (["--outside", "--refs"], "not named"),
        (["--quarter", "2098-99-Q1"], "still to come"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match=said):
            run("referral", "analysis", *argv)


def test_csv_and_what_leaves_the_area_name_no_referral(desk: Desk) -> None:
    lines = list(
        csv.DictReader(io.StringIO(run("referral", "analysis", "--csv", "--quarter", "2026-27-Q1")))
    )
    (one,) = [o for o in lines if o["figure"] == "RA-TIME" and o["row"] == "Police"]
    assert (one["value"], one["of"], one["percent"]) == ("1", "3", "33.3")
    assert one["how"] == "Answered within 5 working days of receipt, of those answered."
    outside = run("referral", "analysis", "--outside", "--json", "--quarter", "2026-27-Q1")
    assert "R-000" not in outside
    assert '"status": "withheld"' in outside or '"status":"withheld"' in outside
    assert "R-000" not in run("referral", "analysis", "--csv", "--quarter", "2026-27-Q1")
