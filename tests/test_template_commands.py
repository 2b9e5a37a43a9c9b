"""``panelkit template``: what is wrong and where, the pages, the slots, what was used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from panelkit.cli import app
from panelkit.services.minute_taking import KINDS
from panelkit.services.sample_papers import PAPERS
from tests.documents.house_files import head, house, para
from tests.documents.reading import ROOT, part, said

run = CliRunner()


def own(folder: Path, docx: bytes, **changes: str) -> Path:
    """An area's own minutes."""
    toml = (ROOT / "templates" / "minutes" / "template.toml").read_text(encoding="utf-8")
    toml = toml.replace('version = "1.0"', 'version = "N1"')
    for was, becomes in changes.items():
        toml = toml.replace(was, becomes)
    made = folder / "our_minutes"
    made.mkdir(parents=True)
    (made / "template.toml").write_text(toml, encoding="utf-8")
    (made / "house.docx").write_bytes(docx)
    return made


def test_the_shipped_templates_are_good() -> None:
    done = run.invoke(app, ["template", "check"])
    assert done.exit_code == 0, done.output
    assert "REFUSED" not in done.output
    assert done.output.count("    good") == len(KINDS) + len(PAPERS)


def test_a_wrong_slot_is_named_with_the_paragraph_it_stands_in(tmp_path: Path) -> None:
    own(tmp_path, house(head(para("Ours"), para("Ref: [[refrence]]"))), Risk="Risc")
    done = run.invoke(app, ["template", "check", "--templates", str(tmp_path)])
    assert done.exit_code == 1
    said_ = (
        "REFUSED  house.docx, header, paragraph 3 “Ref: [[refrence]]”: there is no slot called "
        "refrence. Did you mean [[reference]]?"
    )
    assert said_ in done.output
    found = json.loads(
        run.invoke(app, ["template", "check", "--json", str(tmp_path / "our_minutes")]).output
    )
    assert not found["ok"]
    (only,) = found["templates"]
    assert (only["id"], only["version"], len(only["problems"])) == ("minutes", "N1", 1)


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    docx = house(head(para("[[a]] [[b]]")))
    own(tmp_path, docx, include="inclusion", form_label="label")
    done = run.invoke(app, ["template", "check", str(tmp_path / "our_minutes")])
    assert done.exit_code == 1
    (tmp_path / "our_minutes" / "template.toml").unlink()
    own(
        tmp_path / "more",
        docx,
        **{'key = "risk"': 'key = "risks"', "MAPPA minutes": "MAPPA C minutes"},
    )
    done = run.invoke(app, ["template", "check", str(tmp_path / "more" / "our_minutes")])
    assert done.output.count("REFUSED") == 4
    for words in ("no section risks", "national form", "slot called a", "slot called b"):
        assert words in done.output


def test_a_template_of_no_document_is_told(tmp_path: Path) -> None:
    made = own(tmp_path, house(), **{'id = "minutes"': 'id = "minuets"'})
    done = run.invoke(app, ["template", "check", str(made)])
    assert "no document is called minuets" in done.output
    assert done.exit_code == 1


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.template)
def test_a_sample_of_every_document_is_written(tmp_path: Path, kind: object) -> None:
    named = kind.template  # type: ignore[attr-defined]
    target = tmp_path / f"x.{kind.extension}"  # type: ignore[attr-defined]
    done = run.invoke(app, ["template", "sample", named, "-o", str(target)])
    assert done.exit_code == 0, done.output
    content = target.read_bytes()
    if target.suffix == ".docx":
        assert "FICTIONAL RECORD" in said(part(content, "word/header1.xml"))
    else:
        assert b"MAPPA" in content


@pytest.mark.parametrize("paper", PAPERS)
def test_a_sample_of_what_an_audit_gives_out_is_written(tmp_path: Path, paper: str) -> None:
    done = run.invoke(app, ["template", "sample", paper, "-o", str(tmp_path)])
    assert done.exit_code == 0, done.output
    content = (tmp_path / f"sample_{paper}.docx").read_bytes()
    if paper == "referral_form":
        return  # blank, about nobody: nothing in it is invented
    assert "FICTIONAL RECORD" in said(part(content, "word/header1.xml"))


def test_a_sample_of_an_areas_own_template(tmp_path: Path) -> None:
    made = own(tmp_path, house(head(para("Badge of [[area]], case [[reference]]"))))
    done = run.invoke(app, ["template", "sample", str(made), "-o", str(tmp_path)])
    assert done.exit_code == 0, done.output
    content = (tmp_path / "sample_minutes.docx").read_bytes()
    assert "Badge of West Midlands, case WM-0143" in said(part(content, "word/header1.xml"))


def test_the_own_folder_is_used_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own(tmp_path / "t", house(head(para("Our badge"))))
    pack = str(ROOT / "sample_meetings" / "l2_review_carried_actions.toml")
    target = tmp_path / "x.docx"
    for given in (
        ["--templates", str(tmp_path / "t"), "minutes"],
        ["minutes", "--templates", str(tmp_path / "t")],
    ):
        done = run.invoke(app, [*given, pack, "-o", str(target)])
        assert done.exit_code == 0, done.output
        assert "Our badge" in said(part(target.read_bytes(), "word/header1.xml"))
        target.unlink()
    monkeypatch.setenv("PANELKIT_TEMPLATES", str(tmp_path / "t"))
    run.invoke(app, ["minutes", pack, "-o", str(target)])
    assert "Our badge" in said(part(target.read_bytes(), "word/header1.xml"))
    assert json.loads(run.invoke(app, ["where", "--json"]).output)["own templates"] == str(
        tmp_path / "t"
    )


def test_fields_lists_every_slot_and_section() -> None:
    shown = run.invoke(app, ["template", "fields"]).output
    assert "[[reference]]" in shown
    assert "minutes: title, statement" in shown
    found = json.loads(run.invoke(app, ["template", "fields", "--json"]).output)
    assert {"slots", "sections", "wording"} == set(found)
    assert {"name", "about", "block", "templates"} == set(found["slots"][0])


def test_a_hostile_name_does_not_act_on_the_terminal(tmp_path: Path) -> None:
    made = own(tmp_path, house(head(para("[[\u009b2Jx]] \u202etxt"))))
    done = run.invoke(app, ["template", "check", str(made)])
    assert not {"\u009b", "\u202e", "\x1b"} & set(done.output)
