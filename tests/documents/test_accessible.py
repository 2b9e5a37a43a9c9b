"""Every Word document that the program writes can be read by somebody who cannot see it well.

The check itself is tried on documents that each lack one thing, so that nothing passes unseen.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from panelkit.documents.accessible import READABLE, contrast, faults
from panelkit.documents.template_kinds import SECTION_KEYS
from panelkit.packs.reader import read_pack
from panelkit.paths import shipped
from panelkit.services.desk import Desk
from panelkit.services.minute_taking import KINDS
from panelkit.services.sample_papers import PAPERS
from panelkit.services.sampling import extension_of, sample
from panelkit.wiring import Settings, area_of
from tests.desk import SAMPLES, make_desk
from tests.tui.hostile_record import hostile_desk

MEETINGS = ("l2_initial", "l2_review_carried_actions", "l3_emergency_dissent")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = make_desk(tmp_path_factory.mktemp("record"), samples=MEETINGS)
    yield made
    made.caseload.record.close()


def test_every_template_is_for_a_document_that_is_looked_at() -> None:
    shown = {kind.template for kind in KINDS} | set(PAPERS)
    assert {folder.name for folder in shipped("templates").iterdir() if folder.is_dir()} <= shown
    assert set(SECTION_KEYS) <= shown


@pytest.mark.parametrize(
    "template",
    sorted(f.name for f in shipped("templates").iterdir() if f.is_dir() and f.name != "calendar"),
)
def test_every_document_by_its_template(template: str, desk: Desk) -> None:
    from panelkit.documents.shelf import Shelf

    head = Shelf(shipped("templates"), None).called(template)
    from panelkit.documents.templates import load_template

    loaded = load_template(head.folder)
    assert extension_of(loaded.id) == "docx"
    pack = read_pack(SAMPLES / "l2_review_carried_actions.toml", area_of(Settings())[1])
    assert faults(sample(desk.minute_taking, loaded, pack.meeting)) == ()


@pytest.mark.parametrize("ref", ["HM-0212-1", "WM-0143-3", "HM-0177-4"])
@pytest.mark.parametrize("kind", ["full", "actions", "agenda", "own_actions"])
def test_documents_of_the_sample_meetings(kind: str, ref: str, desk: Desk, tmp_path: Path) -> None:
    written = desk.minute_taking.write_all(desk.caseload.find(ref), kind, tmp_path)
    assert written
    for done in written:
        assert faults(done.path.read_bytes()) == (), done.path.name


def test_minutes_in_which_every_field_holds_something(tmp_path: Path) -> None:
    desk, ref, _texts = hostile_desk(tmp_path, ("R&D <12", "plain words", "[b]bold[/b]"))
    held = desk.caseload.find(ref.rsplit("-", 1)[0] + "-1")
    for done in desk.minute_taking.write_all(held, "full", tmp_path / "out"):
        assert faults(done.path.read_bytes()) == ()
    desk.caseload.record.close()


def test_a_lay_advisers_sheet(desk: Desk, tmp_path: Path) -> None:
    meeting = desk.caseload.find("WM-0143-3")
    written = desk.lay_sheets.write(meeting, tmp_path, observer="Gwen Harcastle")
    assert faults(written.file.path.read_bytes()) == ()


def test_what_an_organisation_supplied(desk: Desk, tmp_path: Path) -> None:
    from panelkit.services.supplied import Supplied
    from panelkit.services.supplied_paper import write

    name = "Harrowmere Police"
    found = Supplied(desk.caseload.record).by([name], None, None)
    assert found
    assert (
        faults(write(desk.minute_taking, name, ["Everything."], found, tmp_path).read_bytes()) == ()
    )


# -- the check itself ----------------------------------------------------------------------------

Change = Callable[[str], str]
SPOILT: dict[str, tuple[str, Change, str]] = {
    "title": ("docProps/core.xml", lambda x: re.sub(r"<dc:title>.*?</dc:title>", "<dc:title/>", x), "no title"),
    "language": ("word/styles.xml", lambda x: x.replace('w:val="en-GB"', 'w:val="de-DE"'), "de-DE"),
    "levels": ("word/document.xml", lambda x: x.replace('w:pStyle w:val="Heading1"', 'w:pStyle w:val="Heading2"'), "level 2 follows one of level 0"),
    "no heading": ("word/document.xml", lambda x: re.sub(r'w:pStyle w:val="Heading\d"', 'w:pStyle w:val="Normal"', x), "Nothing is marked"),
    "header row": ("word/document.xml", lambda x: x.replace("<w:tblHeader/>", ""), "not marked to repeat"),
    "no heads": ("word/document.xml", lambda x: x.replace('w:firstColumn="1"', 'w:firstColumn="0"'), "neither a header row nor"),
    "alt": ("word/document.xml", lambda x: re.sub(r"<w:tbl(Caption|Description) [^>]*>", "", x), "what it holds"),
    "frame": ("word/document.xml", lambda x: x.replace("<w:pPr>", '<w:pPr><w:framePr w:w="100"/>', 1), "a frame"),
    "merged": ("word/document.xml", lambda x: x.replace("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="2"/>', 1), "merged"),
    "colour": ("word/document.xml", lambda x: re.sub(r"<w:r>(<w:rPr>.*?</w:rPr>)?<w:t", '<w:r><w:rPr><w:color w:val="999999"/></w:rPr><w:t', x, count=1), "#999999 on #"),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_taken_away_is_missed(what: str, desk: Desk, tmp_path: Path) -> None:
    (done,) = desk.minute_taking.write_all(desk.caseload.find("WM-0143-3"), "full", tmp_path)
    name, change, wanted = SPOILT[what]
    spoilt = BytesIO()
    with zipfile.ZipFile(done.path) as good, zipfile.ZipFile(spoilt, "w") as bad:
        for each in good.namelist():
            text = good.read(each)
            changed = change(text.decode()).encode() if each == name else text
            assert each != name or changed != text, "nothing was taken away"
            bad.writestr(each, changed)
    assert any(wanted in fault for fault in faults(spoilt.getvalue())), faults(spoilt.getvalue())


@pytest.mark.parametrize(
    ("fore", "back", "ratio"), [("000000", "FFFFFF", 21.0), ("767676", "FFFFFF", 4.54), ("FFFFFF", "FFFFFF", 1.0), ("1F3864", "FFFFFF", 11.6)]
)  # fmt: skip
def test_contrast_is_that_of_the_guidelines(fore: str, back: str, ratio: float) -> None:
    assert contrast(fore, back) == pytest.approx(ratio, abs=0.1)
    assert contrast(fore, back) == contrast(back, fore)
    assert READABLE == 4.5
