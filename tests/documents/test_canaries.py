"""RV14: what a template or a record says of people and machines is in no part of a document."""

from __future__ import annotations

import dataclasses
import re
from typing import Final

import pytest

from panelkit.documents import compose
from panelkit.documents.house_check import left_behind, problems
from panelkit.documents.pictures import bare_picture
from panelkit.documents.templates import load_template
from panelkit.documents.word_house import prepared
from panelkit.domain.errors import BadInput
from panelkit.domain.meeting import Meeting
from panelkit.packs.reader import read_pack
from tests.desk import SAMPLES

from .house_files import (
    W_URI,
    Change,
    head,
    house,
    linked,
    page,
    para,
    part_rels,
    parts_of,
    picture,
    run,
    settings,
    typed,
    with_picture,
)
from .reading import HOUSE, ROOT, W, body, part, said, small_document, written

W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
CP: Final = "http://schemas.openxmlformats.org/package/2006/metadata/"


def canary(number: int) -> str:
    return f"CANARY{number:02}"


def _core() -> bytes:
    parts = "".join(
        f"<{tag}>{canary(n)}</{tag}>"
        for n, tag in enumerate(
            ("dc:creator", "cp:lastModifiedBy", "dc:description", "cp:keywords", "dc:subject",
             "cp:category", "dc:identifier"), 1,
        )
    )  # fmt: skip
    return (
        f'<cp:coreProperties xmlns:cp="{CP}core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{parts}</cp:coreProperties>"
    ).encode()


def _beside() -> dict[str, Change]:
    """Parts beside the words: company, own properties, comments, people, a label, a thumbnail."""
    plain = "application/xml"
    return {
        "docProps/core.xml": _core(),
        "docProps/app.xml": f"<Properties><Company>{canary(8)}</Company><Manager>{canary(9)}</Manager></Properties>".encode(),
        "docProps/custom.xml": f"<Properties><property name='{canary(10)}'/></Properties>".encode(),
        "docProps/thumbnail.jpeg": canary(11).encode(),
        "docMetadata/LabelInfo.xml": f"<labelList><label siteId='{canary(12)}'/></labelList>".encode(),
        "word/comments.xml": f'<w:comments xmlns:w="{W_URI}"><w:comment w:id="0" w:author="{canary(13)}">{para(canary(14))}</w:comment></w:comments>'.encode(),
        "word/people.xml": f"<people author='{canary(15)}'/>".encode(),
        "customXml/item1.xml": f"<data>{canary(16)}</data>".encode(),
        "word/fonts/font1.odttf": canary(17).encode(),
        "word/printerSettings1.bin": canary(18).encode(),
        "word/glossary.xml": f'<w:glossaryDocument xmlns:w="{W_URI}">{para(canary(19))}</w:glossaryDocument>'.encode(),
        **typed(
            ("jpeg", "image/jpeg"), ("odttf", "application/x-font"), ("bin", "application/x"),
            ("/word/people.xml", plain),
        ),
        "_rels/.rels": lambda p: p.replace(b"</Relationships>", (
            f'<Relationship Id="r7" Type="{CP}core-properties" Target="docProps/core.xml"/>'
            '<Relationship Id="r8" Type="http://x/extended-properties" Target="docProps/app.xml"/>'
            '<Relationship Id="r9" Type="http://x/custom-properties" Target="docProps/custom.xml"/>'
            f'<Relationship Id="{canary(20)}" Type="http://x/thumbnail" Target="docProps/thumbnail.jpeg"/>'
            '<Relationship Id="r11" Type="http://x/classificationlabels" Target="docMetadata/LabelInfo.xml"/>'
            "</Relationships>"
        ).encode()),
        **linked(
            ("rId71", "comments", "comments.xml", False), ("rId72", "http://x/people", "people.xml", False),
            ("rId73", "customXml", "../customXml/item1.xml", False),
            ("rId74", "printerSettings", "printerSettings1.bin", False),
            ("rId75", "glossaryDocument", "glossary.xml", False),
        ),
        **part_rels("fontTable.xml", ("rId1", "font", "fonts/font1.odttf", False)),
        "word/fontTable.xml": lambda p: p.replace(
            b"</w:fonts>", (f'<w:font w:name="Arial"><w:embedRegular xmlns:r="x" r:id="rId1" w:fontKey="{canary(21)}"/></w:font></w:fonts>').encode(),
        ),
        "word/theme/theme1.xml": lambda p: re.sub(
            rb'(<a:theme [^>]*?)name="[^"]*"', rf'\1name="{canary(22)}" x="{canary(23)}"'.encode(), p,
        ),
    }  # fmt: skip


def _words() -> dict[str, Change]:
    """What stands among the words: tracked changes, hidden text, identifiers, controls."""
    tracked = (
        f'<w:ins w:id="1" w:author="{canary(24)}" w:date="2020-01-01T00:00:00Z">{run("kept")}</w:ins>'
        f'<w:del w:id="2" w:author="x"><w:r><w:delText>{canary(25)}</w:delText></w:r></w:del>'
        f'<w:r><w:rPr><w:vanish/></w:rPr><w:t>{canary(26)}</w:t></w:r>'
    )  # fmt: skip
    marked = f'<w:bookmarkStart w:id="3" w:name="{canary(27)}"/><w:bookmarkEnd w:id="3"/>'
    control = (
        f'<w:sdt><w:sdtPr><w:alias w:val="{canary(28)}"/></w:sdtPr><w:sdtContent>'
        f"{para('in a control')}</w:sdtContent></w:sdt>"
    )
    named = (
        f'<w:p xmlns:w14="{W14}" w:rsidR="{canary(29)}" w14:paraId="{canary(30)}">'
        f"<!-- {canary(31)} --><?x {canary(32)}?>{run('named')}</w:p>"
    )
    return page(
        para("[[title block]]"), para("[[sections]]"), para(tracked, marked), control, named
    )


def full_house() -> bytes:
    """A house file with a canary in every place that was ever known to leak."""
    badge = with_picture(
        picture(said=canary(33).encode()), name=f"C:\\{canary(34)}\\badge.png", alt="Our badge"
    )
    beside = _beside()
    types = beside.pop("[Content_Types].xml")
    assert callable(types)
    both = badge.pop("[Content_Types].xml")
    assert callable(both)
    return house(
        {
            **_words(), **badge, **beside,
            **settings(
                f'<w:rsids><w:rsidRoot w:val="{canary(35)}"/></w:rsids><w:docVars><w:docVar w:name="x" w:val="{canary(36)}"/></w:docVars>'
            ),
            "[Content_Types].xml": lambda p: both(types(p)),
        }
    )  # fmt: skip


@pytest.fixture
def meeting() -> Meeting:
    from panelkit.areas.loader import load_agenda

    return read_pack(
        SAMPLES / "l2_review_carried_actions.toml", load_agenda("west_midlands")
    ).meeting


def _leaks(package: bytes) -> list[tuple[str, str]]:
    return [
        (name, f"CANARY{data.split(b'CANARY', 1)[1][:2].decode()}")
        for name, data in ((n, n.encode() + d) for n, d in parts_of(package).items())
        if b"CANARY" in data
    ]


@pytest.mark.reliability
def test_rv14_no_canary_of_a_template_or_of_the_record_reaches_a_part(meeting: Meeting) -> None:
    made = full_house()
    planted = sum(f"CANARY{n:02}".encode() in b"".join(parts_of(made).values()) for n in range(99))
    assert planted >= 30
    assert problems(made, "minutes") == ()
    typed_by = {
        place: dataclasses.replace(answer, typed_by=canary(90))
        for place, answer in meeting.answers.items()
    }
    case = dataclasses.replace(meeting.case, id=canary(91))
    hidden = dataclasses.replace(meeting, id=canary(92), case=case, answers=typed_by)
    template = dataclasses.replace(load_template(ROOT / "templates" / "minutes"), house=made)
    from panelkit.areas.loader import load_area

    area = load_area("west_midlands")
    document = compose.compose_minutes(hidden, area, template, status="DRAFT", version=1)
    package = written(document, made)
    leaks = _leaks(package)
    print(f"RV14: {planted} canaries in the template, 3 in the record, {len(leaks)} found")
    assert leaks == []
    words = said(body(package))
    for kept in ("kept", "in a control", "named"):
        assert kept in words
    assert b"Our badge" in parts_of(package)["word/header1.xml"]
    for name, data in parts_of(package).items():
        assert b'TargetMode="External"' not in data, name
    for story, style in (("header1", "Marking"), ("footer1", "Marking")):
        root = part(package, f"word/{story}.xml")
        marked = [p for p in root.iter(f"{W}p") if said(p) == area.marking]
        assert len(marked) == 1, story
        assert marked[0].find(f"{W}pPr/{W}pStyle").get(f"{W}val") == style  # type: ignore[union-attr]
    for setup in body(package).iter(f"{W}sectPr"):
        kinds = [ref.get(f"{W}type") for ref in setup if str(ref.tag).endswith("Reference")]
        assert kinds == ["default", "default"]
        assert setup.find(f"{W}titlePg") is None


def test_the_canaries_are_seen_where_nothing_is_cleaned() -> None:
    assert len(_leaks(full_house())) >= 12


def test_a_remote_template_is_refused_so_that_nothing_of_it_is_printed() -> None:
    address = f"http://{canary(1)}.invalid/x.dotm"
    remote = house(part_rels("settings.xml", ("rId1", "attachedTemplate", address, True)))
    with pytest.raises(BadInput, match="another template"):
        written(small_document(), remote)


def test_what_is_left_behind_is_told() -> None:
    told = left_behind(full_house())
    for words in (
        "comments",
        "who edited it",
        "hidden text",
        "tracked changes (taken as accepted)",
    ):
        assert words in told
    assert left_behind(house(head(para("x")))) == left_behind(HOUSE)


def test_a_photograph_keeps_its_picture_and_nothing_else() -> None:
    start, end = b"\xff\xd8", b"\xff\xd9"
    place = b"\xff\xe1\x00\x0cExif\0\0GPS!"
    words = b"\xff\xfe\x00\x08CANARY"
    frame = b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x12\xff\x00\x34"
    whole = start + place + words + frame + scan + scan + end + b"after the end"
    assert bare_picture(whole) == start + frame + scan + scan + end


def test_the_cleaned_file_is_the_same_again() -> None:
    once = prepared(full_house(), "en-GB", "minutes")
    assert prepared(once.package, "en-GB", "minutes").width == once.width
    assert _leaks(once.package) == []
